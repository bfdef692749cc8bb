"""What a month of a resident costs in incentives."""

from collections.abc import Iterator
from datetime import date

from flask_babel import lazy_gettext as _l

from trainingbase.quality.indicators import cost, places_used
from trainingbase.quality.indicators.indicator import MONEY, Indicator
from trainingbase.quality.rules.facts import Fact


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """Only months with an approved run: a month that is not paid yet is no cheap one."""
    paid = list(cost.facts(starts_on, ends_on, today))
    months = {one.month for one in paid}
    yield from (one._replace(part="paid") for one in paid)
    for one in places_used.facts(starts_on, ends_on, today):
        if one.part == "used" and one.month in months:
            yield one._replace(department_id=None, cohort_id=None, part="months")


INDICATOR = Indicator(
    key="cost-per-month",
    group="money",
    name=_l("Incentive cost per resident-month"),
    definition=_l(
        "Yuan of approved runs by the months residents spent in placements, in the months that "
        "have an approved run."
    ),
    numerator=_l("yuan of approved runs"),
    denominator=_l("months spent by residents"),
    facts=facts,
    parts={"paid": _l("Paid"), "months": _l("Resident-months")},
    shown=("paid",),
    top=("paid",),
    bottom=("months",),
    unit=MONEY,
    unit_name=_l("yuan"),
    splits=(),
    high=None,
)
