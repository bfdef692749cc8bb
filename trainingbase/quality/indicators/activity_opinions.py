"""What residents think of kinds of teaching activities, anonymously."""

from flask_babel import lazy_gettext as _l

from trainingbase.quality.indicators.opinions import opinions

INDICATOR = opinions(
    "activity",
    key="activity-opinions",
    group="teaching",
    name=_l("Residents' evaluation of teaching activities"),
    definition=_l(
        "Mean of the anonymous answers about kinds of teaching activities of departments, from 0 "
        "(worst) to 100 (best). Only released batches of at least five answers count, in the month "
        "of the last day they are about."
    ),
)
