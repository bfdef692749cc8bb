"""What residents think of their teachers."""

from flask_babel import lazy_gettext as _l

from trainingbase.quality.indicators.opinions import TEACHER, opinions

INDICATOR = opinions(
    TEACHER,
    key="teacher-opinions",
    group="faculty",
    name=_l("Residents' evaluation of teachers"),
    definition=_l(
        "Mean of the anonymous answers about teachers, from 0 (worst) to 100 (best). Only released "
        "batches of at least five answers count, in the month of the last day they are about."
    ),
)
