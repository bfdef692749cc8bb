"""Residents who came to their department in time."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from trainingbase.entering.queries.standings import on_time
from trainingbase.quality.indicators.cohorts import cohorts_of
from trainingbase.quality.indicators.indicator import Indicator
from trainingbase.quality.rules.facts import Fact


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the month the placement begins; of placements that have begun."""
    until = min(ends_on, today)
    if starts_on >= until:
        return
    rows = on_time(starts_on, until).rows
    cohorts = cohorts_of(one.resident_id for one in rows)
    for one in rows:
        part = "in_time" if one.in_time else "late" if one.arrived_on else "missing"
        cohort_id = cohorts[one.resident_id]
        yield Fact(one.month, one.department_id, cohort_id, one.resident_id, part, Decimal(1))


INDICATOR = Indicator(
    key="entered-on-time",
    group="training",
    name=_l("Entering on time"),
    definition=_l(
        "Placements whose resident came to the department by the day that was expected, of those "
        "that have begun; the days of grace are a threshold, and granted leave is no delay."
    ),
    numerator=_l("placements entered in time"),
    denominator=_l("placements that have begun and have a working day without leave"),
    facts=facts,
    parts={
        "in_time": _l("Came in time"),
        "late": _l("Came late"),
        "missing": _l("No arrival on record"),
    },
    kinds={"in_time": "good", "late": "warning", "missing": "bad"},
    top=("in_time",),
    bottom=("in_time", "late", "missing"),
    target="entered_on_time_target",
    cases=True,
)
