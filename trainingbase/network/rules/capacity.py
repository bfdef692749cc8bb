"""How full a department is in a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trainingbase.sites.rules.places import MonthPlaces, Span, halves


@dataclass(frozen=True)
class Placed:
    """A resident's stay with the granted leave that falls into it; ends are exclusive."""

    starts_on: date
    ends_on: date
    leaves: tuple[Span, ...] = ()

    def is_away(self, span: Span) -> bool:
        """On leave for at least half of what this stay has of the span."""
        first, after = max(self.starts_on, span[0]), min(self.ends_on, span[1])
        away = sum(
            max(0, (min(ends, after) - max(starts, first)).days) for starts, ends in self.leaves
        )
        return away > 0 and away * 2 >= (after - first).days


@dataclass(frozen=True)
class Cell:
    """`planned` and `absent` are those of the fuller half of the month; of two as full, of that
    with more absent."""

    places: MonthPlaces
    planned: int
    absent: int
    is_over: bool

    @property
    def present(self) -> int:
        return self.planned - self.absent

    @property
    def free(self) -> int:
        return max(0, self.places.most - self.planned)

    @property
    def state(self) -> str:
        """over, closed, full, free or empty (of residents, not of places)."""
        if self.is_over:
            return "over"
        if self.places.is_closed:
            return "closed"
        if self.planned >= self.places.most:
            return "full"
        return "free" if self.planned else "empty"


def cell_of(month: date, there: MonthPlaces, stays: Sequence[Placed]) -> Cell:
    """Of the stays of one department those of this month are counted."""
    counted, over = [], False
    for span, most in zip(halves(month), there.halves, strict=True):
        inside = [one for one in stays if one.starts_on < span[1] and span[0] < one.ends_on]
        away = sum(one.is_away(span) for one in inside)
        counted.append((len(inside), away))
        over = over or len(inside) > most
    planned, absent = max(counted)
    return Cell(there, planned, absent, over)
