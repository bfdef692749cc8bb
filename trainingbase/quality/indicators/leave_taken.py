"""Days residents were on leave."""

from flask_babel import lazy_gettext as _l

from trainingbase.quality.indicators import days
from trainingbase.quality.indicators.attendance import KINDS, PARTS
from trainingbase.quality.indicators.indicator import Indicator

INDICATOR = Indicator(
    key="leave-taken",
    group="training",
    name=_l("Days on leave"),
    definition=_l("Days of granted leave, of the days that counted and are confirmed."),
    numerator=_l("days on leave"),
    denominator=_l("days present, on leave or absent"),
    facts=days.facts,
    parts=PARTS,
    kinds=KINDS,
    top=("leave",),
    bottom=("present", "leave", "absent"),
    high=None,
)
