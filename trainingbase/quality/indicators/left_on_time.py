"""Leavings done by the day they are due."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from trainingbase.leaving.queries.on_time import each_on_time
from trainingbase.months import first_of_month
from trainingbase.quality.indicators.indicator import Indicator
from trainingbase.quality.rules.facts import Fact


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month of the last day; of placements that have ended."""
    for one, part in each_on_time(starts_on, min(ends_on, today)):
        yield Fact(
            first_of_month(one.ends_on - timedelta(days=1)),
            one.department_id,
            one.resident.cohort_id,
            one.resident_id,
            part,
            Decimal(1),
        )


INDICATOR = Indicator(
    key="left-on-time",
    group="training",
    name=_l("Leaving on time"),
    definition=_l(
        "Placements whose leaving (examination, review, signatures) was done by the day it was "
        "due, of those that have ended; the days of grace are a threshold."
    ),
    numerator=_l("leavings done by the day they were due"),
    denominator=_l("placements that have ended"),
    facts=facts,
    parts={
        "on_time": _l("Left in time"),
        "late": _l("Left late"),
        "open": _l("Leaving not done"),
    },
    kinds={"on_time": "good", "late": "warning", "open": "bad"},
    top=("on_time",),
    bottom=("on_time", "late", "open"),
    target="left_on_time_target",
    cases=True,
)
