"""How many residents a department takes at a time: the one rule for planning, pages and figures.

Time is counted in half months, as plans are; the second half begins on the 16th.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from trainingbase.months import months_later

SECOND_HALF = 16

Span = tuple[date, date]


@dataclass(frozen=True)
class Opening:
    """`most` and `fewest` until the first of `changes` (first of a month, most, fewest; in order
    of time).  `closed` are spans, `opens_on` and `shuts_on` bound the agreement; ends are
    exclusive."""

    most: int
    fewest: int = 0
    changes: tuple[tuple[date, int, int], ...] = ()
    closed: tuple[Span, ...] = ()
    opens_on: date | None = None
    shuts_on: date | None = None


@dataclass(frozen=True)
class MonthPlaces:
    """Places in the two halves of a month."""

    halves: tuple[int, int]
    fewest: int

    @property
    def most(self) -> int:
        return max(self.halves)

    @property
    def is_closed(self) -> bool:
        return self.most == 0

    @property
    def is_whole(self) -> bool:
        return self.halves[0] == self.halves[1]


def halves(month: date) -> tuple[Span, Span]:
    """The two halves of the month that begins on `month`."""
    middle = month.replace(day=SECOND_HALF)
    return (month, middle), (middle, months_later(month, 1))


def offered(one: Opening, day: date) -> tuple[int, int]:
    """Most and fewest that are set for a day, open or not."""
    most, fewest = one.most, one.fewest
    for from_on, then, least in one.changes:
        if from_on <= day:
            most, fewest = then, least
    return most, fewest


def is_open(one: Opening, first: date, after: date) -> bool:
    """Within the agreement all of [first, after), and closed for less than half of it."""
    if one.opens_on is not None and first < one.opens_on:
        return False
    if one.shuts_on is not None and after > one.shuts_on:
        return False
    return days_in(merged(one.closed), first, after) * 2 < (after - first).days


def days_in(spans: Iterable[Span], first: date, after: date) -> int:
    """How many days of [first, after) lie in the spans, which do not overlap."""
    return sum(max(0, (min(ends, after) - max(starts, first)).days) for starts, ends in spans)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days in spans that neither touch nor overlap."""
    found: list[Span] = []
    for starts, ends in sorted(spans):
        if found and starts <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((starts, ends))
    return found


def places(one: Opening, first: date, after: date) -> tuple[int, int]:
    """Most and fewest residents in [first, after), one half month or less."""
    if not is_open(one, first, after):
        return 0, 0
    return offered(one, first)


def places_of_month(one: Opening, month: date) -> MonthPlaces:
    (early, _few), (late, fewest) = (places(one, *half) for half in halves(month))
    return MonthPlaces((early, late), max(_few, fewest))


def clashing(spans: Sequence[Span], starts_on: date, ends_on: date) -> Span | None:
    """The first of the spans that shares a day with [starts_on, ends_on)."""
    return next((one for one in sorted(spans) if one[0] < ends_on and starts_on < one[1]), None)
