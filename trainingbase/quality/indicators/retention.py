"""Graduates who work in the network a year after their training."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l

from trainingbase.careers.queries.staying import Graduate, graduates
from trainingbase.careers.queries.staying import retention as staying
from trainingbase.careers.rules.retaining import months_after, place_at
from trainingbase.careers.words import PLACES
from trainingbase.quality.indicators.indicator import Indicator
from trainingbase.quality.rules.facts import Fact

MONTHS = 12


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """In the year in which half of a cohort had been out for a year.  Cohorts too small to be
    shown stand together, as wherever graduates are counted: no two figures tell of fewer."""
    people = {one.id: one for one in graduates(today=today)}
    for group in staying(today=today, by="cohort").groups:
        members = [people[number] for number in group.members]
        year = _year(members)
        if starts_on <= year < ends_on:
            for one in members:
                place = place_at(one.free_on, one.worked, MONTHS, today)
                yield Fact(year, None, None, one.id, place, Decimal(1))


def _year(members: Sequence[Graduate]) -> date:
    ends = sorted(months_after(one.free_on, MONTHS) for one in members)
    return date(ends[len(ends) // 2].year, 1, 1)


INDICATOR = Indicator(
    key="retention",
    group="outcome",
    name=_l("Graduates in the network after a year"),
    definition=_l(
        "Of the graduates of whom it is known where they worked twelve months after their "
        "training: those at primary care or another institution of the network. A cohort counts "
        "in the year in which half of it had been out for a year; small cohorts stand together."
    ),
    numerator=_l("graduates in the network"),
    denominator=_l("graduates of whom it is known"),
    target="retention_target",
    facts=facts,
    parts=PLACES,
    kinds={
        "primary": "good",
        "network": "info",
        "outside": "warning",
        "unknown": "neutral",
        "ahead": "neutral",
    },
    top=("primary", "network"),
    bottom=("primary", "network", "outside"),
    splits=(),
    cases=True,
    yearly=True,
)
