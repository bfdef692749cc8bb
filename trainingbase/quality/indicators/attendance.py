"""Days residents were there."""

from flask_babel import lazy_gettext as _l

from trainingbase.quality.indicators import days
from trainingbase.quality.indicators.indicator import Indicator

PARTS = {
    "present": _l("Present"),
    "leave": _l("On leave"),
    "absent": _l("Absent"),
    "unknown": _l("Not confirmed"),
}
KINDS = {"present": "good", "leave": "info", "absent": "bad", "unknown": "neutral"}

INDICATOR = Indicator(
    key="attendance",
    group="training",
    name=_l("Attendance"),
    definition=_l(
        "Days residents were present, of the days that counted and are confirmed, without days of "
        "granted leave; by the rule of counting the base has chosen."
    ),
    numerator=_l("days present"),
    denominator=_l("days present or absent"),
    facts=days.facts,
    parts=PARTS,
    kinds=KINDS,
    top=("present",),
    bottom=("present", "absent"),
    target="attendance_target",
)
