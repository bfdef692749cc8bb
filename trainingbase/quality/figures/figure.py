"""A figure whole: the chart, its numbers as a table, what they are of, the target, the rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from trainingbase.quality import words
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.queries.counted import Book
from trainingbase.quality.rules.facts import COHORT, DEPARTMENT, SITE, Sum
from trainingbase.quality.rules.hiding import NOTHING, Hidden
from trainingbase.quality.rules.intervals import (
    Interval,
    Scores,
    between_means,
    between_shares,
    of_mean,
    wilson,
)
from trainingbase.quality.rules.numbers import Place
from trainingbase.quality.scope import Scope
from trainingbase.thresholds import queries as thresholds

MOST_PLACES = 12
"""Places a chart of bars shows; its table shows them all."""


@dataclass(frozen=True)
class Figure:
    """`chart` is Plotly's, None where there is nothing to draw; `title` says what was found, `of`
    what is counted, `trust` how far it can be trusted."""

    key: str
    view: str
    title: str
    chart: dict | None
    columns: list[str]
    rows: list[list[Any]]
    of: str
    target: str | None = None
    trust: str | None = None

    @property
    def name(self) -> str:
        return f"{self.key}-{self.view}"


@dataclass
class Asking:
    """What figures are asked with, and what several of them need.  Who `sees_names` sees small
    groups; for others the scope is whole quarters."""

    scope: Scope
    places: dict[int, Place]
    today: date
    sees_names: bool = True
    cohorts: dict[int, str] = field(default_factory=dict)

    @cached_property
    def book(self) -> Book:
        return Book(self.today)

    @cached_property
    def limits(self) -> dict[str, Decimal]:
        return thresholds.values()

    @cached_property
    def sites(self) -> dict[int, Place]:
        """A place of each site, in the order of the network."""
        found: dict[int, Place] = {}
        for place in self.places.values():
            found.setdefault(place.institution_id, place)
        return found

    def hidden(self, indicator: Indicator, scope: Scope | None = None) -> Hidden:
        if self.sees_names:
            return NOTHING
        return self.book.hidden(indicator, scope or self.scope)

    def is_hidden(self, indicator: Indicator, scope: Scope | None = None) -> bool:
        """Whether the figure of the whole scope is of too few people to be shown."""
        if self.sees_names or not indicator.personal:
            return False
        asked = indicator.narrowed(scope or self.scope)
        hidden, months = self.hidden(indicator, asked), asked.months
        if asked.type_id:
            found = self.book.typed(indicator, asked)
            return hidden.base(months) or found.hides(asked.type_id, fewest=self.book.fewest())
        narrowed = (
            (DEPARTMENT, asked.department_id),
            (SITE, asked.site_id),
            (COHORT, asked.cohort_id),
        )
        if asked.is_whole and asked != asked.quarters and hidden.months.intersection(months):
            return True
        return hidden.base(months) or any(
            key and hidden.has(level, key, months) for level, key in narrowed
        )

    def crosses(self, indicator: Indicator, by: str) -> bool:
        """Whether this split would show a cohort at a place, of which nothing is hidden."""
        if self.sees_names or not indicator.personal:
            return False
        asked = indicator.narrowed(self.scope)
        return bool(asked.site_id or asked.department_id if by == COHORT else asked.cohort_id)

    def sum(self, indicator: Indicator, scope: Scope | None = None) -> Sum:
        """Of the scope; empty where it is hidden."""
        asked = scope or self.scope
        if self.is_hidden(indicator, asked):
            return Sum()
        return self.book.sum(indicator, asked)

    def target(self, indicator: Indicator) -> float | None:
        """None where the base has set none, which it says by 0."""
        return float(self.limits[indicator.target]) or None if indicator.target else None

    def label(self, by: str, key: int) -> str:
        """Short, for charts."""
        if by == DEPARTMENT:
            return words.department(self.places.get(key))
        return self.full(by, key)

    def full(self, by: str, key: int) -> str:
        """For tables."""
        if by == DEPARTMENT:
            return words.in_full(self.places.get(key))
        if by == SITE:
            return words.site(self.sites[key]) if key in self.sites else "—"
        return self.cohorts.get(key, "—")

    def ordered(self, by: str, keys: Iterable[int]) -> list[int]:
        """In the order of the network or of the cohorts; nobody is ranked."""
        known = {
            DEPARTMENT: list(self.places),
            SITE: list(self.sites),
            COHORT: list(self.cohorts),
        }[by]
        order = {key: n for n, key in enumerate(known)}
        return sorted(keys, key=lambda key: (order.get(key, len(order)), key))


def interval(indicator: Indicator, one: Sum) -> Interval | None:
    """What chance alone may make of a figure: of 95 in 100."""
    if indicator.cases and one.bottom:
        return wilson(float(one.top), float(one.bottom))
    if indicator.unit == "mean" and one.bottom:
        return of_mean(*_scores(one))
    return None


def difference(indicator: Indicator, one: Sum, other: Sum) -> Interval | None:
    """What chance alone may make of one less the other, of 95 in 100."""
    if not one.bottom or not other.bottom:
        return None
    if indicator.cases:
        return between_shares(
            (float(one.top), float(one.bottom)), (float(other.top), float(other.bottom))
        )
    if indicator.unit == "mean":
        return between_means(_scores(one), _scores(other))
    return None


def _scores(one: Sum) -> Scores:
    squares = sum(v for name, v in one.parts.items() if name.startswith("squares:"))
    return float(one.top), float(squares), float(one.bottom or 0)


def part_names(indicator: Indicator) -> dict[str, Any]:
    """What is stacked, by name; of prefixes what `names` gives."""
    if indicator.parts:
        wanted = indicator.shown if indicator.shown is not None else tuple(indicator.parts)
        return {name: indicator.parts[name] for name in wanted}
    prefix = indicator.top[0]
    return {f"{prefix}{code}": label for code, label in indicator.names().items()}


def only_the_first(ordered: Sequence) -> str:
    if len(ordered) <= MOST_PLACES:
        return ""
    return " " + _(
        "The chart shows the first %(shown)s of %(all)s, the table all.",
        shown=MOST_PLACES,
        all=len(ordered),
    )


View = Callable[[Indicator, Asking], Figure]
