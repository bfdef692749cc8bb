"""How full every department is in every month, of one plan beside another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Warmth:
    """Residents and places of a month, and how many residents the other plan has there; None
    where the other plan does not reach."""

    there: int
    places: int
    other: int | None

    @property
    def change(self) -> int:
        return 0 if self.other is None else self.there - self.other

    @property
    def level(self) -> int:
        """0 to 5: a quarter at most, a half, three quarters, less than all, all, too many."""
        if self.there > self.places:
            return 5
        if self.there == self.places:
            return 4
        return min(3, self.there * 4 // self.places)


Load = Mapping[date, tuple[int, int]]
"""(residents, places) by month."""


def heat(
    months: Sequence[date], here: Mapping[int, Load], there: Mapping[int, Load]
) -> list[tuple[int, list[Warmth]]]:
    """Of every department of either plan, in the order of their ids."""
    found = []
    for department in sorted(here.keys() | there.keys()):
        mine, other = here.get(department, {}), there.get(department, {})
        line = []
        for month in months:
            load, places = mine.get(month, (0, other.get(month, (0, 0))[1]))
            line.append(Warmth(load, places, other[month][0] if month in other else None))
        found.append((department, line))
    return found
