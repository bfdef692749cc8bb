"""A figure whole: the chart, its numbers as a table, what they are of, the target, the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from flask_babel import gettext as _

from trainingbase.i18n import number
from trainingbase.quality import words
from trainingbase.quality.queries import assessing, placements
from trainingbase.quality.queries.scope import Scope
from trainingbase.quality.rules import Asked, Done, Place
from trainingbase.thresholds import queries as thresholds

MOST_PLACES = 12
"""Places a chart of bars shows; its table shows them all."""


@dataclass(frozen=True)
class Figure:
    """`chart` is Plotly's, None where there is nothing to draw; `of` says what is counted,
    `trust` how far it can be trusted."""

    name: str
    title: str
    chart: dict | None
    columns: list[str]
    rows: list[list[Any]]
    of: str
    rows_of: str | None = None
    target: str | None = None
    trust: str | None = None


@dataclass
class Asking:
    """What the figures are asked with, and the numbers that several of them show."""

    scope: Scope
    places: dict[int, Place]
    today: date

    @cached_property
    def done(self) -> dict[tuple[date, int], Done]:
        return placements.done_against_plan(self.scope, today=self.today)

    @cached_property
    def limits(self) -> dict[str, Decimal]:
        return thresholds.values()

    @cached_property
    def asked(self) -> dict[int, Asked]:
        return assessing.asked_by_department(self.scope, today=self.today)


def shown_percent(share: float | None) -> str:
    return "—" if share is None else f"{number(share)} %"


def parts_of(names: Sequence[str], values: Sequence[Any]) -> list[tuple[str, str, list[Any]]]:
    """The parts of bars; one that never occurs is not drawn."""
    drawn = [(name, [getattr(one, name) for one in values]) for name in names]
    return [
        (str(words.PARTS[name]), words.PATTERNS[name], counts)
        for name, counts in drawn
        if any(counts)
    ]


def in_order(found: dict[int, Any], asking: Asking, size: Callable) -> list[tuple[int, Any]]:
    """The largest first; equal ones in the order of the network."""
    order = {place: position for position, place in enumerate(asking.places)}
    return sorted(found.items(), key=lambda pair: (-size(pair[1]), order.get(pair[0], 0)))


def only_the_first(ordered: Sequence) -> str:
    if len(ordered) <= MOST_PLACES:
        return ""
    return " " + _(
        "The chart shows the first %(shown)s of %(all)s, the table all.",
        shown=MOST_PLACES,
        all=len(ordered),
    )
