"""What residents think of the base as a whole."""

from flask_babel import lazy_gettext as _l

from trainingbase.quality.indicators.opinions import opinions

INDICATOR = opinions(
    "base",
    key="base-opinions",
    group="outcome",
    name=_l("Satisfaction with the base"),
    definition=_l(
        "Mean of the anonymous answers about the base as a whole, from 0 (worst) to 100 (best). "
        "Only released batches of at least five answers count, in the month of the last day they "
        "are about."
    ),
    splits=(),
)
