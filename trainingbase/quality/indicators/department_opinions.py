"""What residents think of the departments they were in."""

from flask_babel import lazy_gettext as _l

from trainingbase.quality.indicators.opinions import opinions

INDICATOR = opinions(
    "department",
    key="department-opinions",
    group="teaching",
    name=_l("Satisfaction with departments"),
    definition=_l(
        "Mean of the anonymous answers about departments, from 0 (worst) to 100 (best). Only "
        "released batches of at least five answers count, in the month of the last day they are "
        "about."
    ),
)
