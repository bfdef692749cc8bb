"""Sums about workload: values in, values out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trainingbase.faculty.rules import Stay, at_once
from trainingbase.months import months_later

DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class Cell:
    """A month of a faculty member: the most residents at one time, and the limit."""

    month: date
    there: int
    most: int

    @property
    def level(self) -> int:
        """0 to 5 as in the map of places: 4 is all, 5 is too many."""
        if self.there > self.most:
            return 5
        if self.there == self.most:
            return 4 if self.most else 0
        return min(3, self.there * 4 // self.most)


def line(months: Sequence[date], spans: Iterable[tuple[date, date]], most: int) -> list[Cell]:
    spans = list(spans)
    return [
        Cell(month, at_once(spans, Stay(None, 0, month, months_later(month, 1))), most)
        for month in months
    ]


def resident_months(spans: Iterable[tuple[date, date]], starts_on: date, ends_on: date) -> float:
    """Months of residents within [starts_on, ends_on), to the tenth."""
    days = sum(max(0, (min(until, ends_on) - max(since, starts_on)).days) for since, until in spans)
    return round(days / DAYS_A_MONTH, 1)


def to_even_out(loads: Mapping[int, float], limits: Mapping[int, int]) -> float | None:
    """The share (percent) of all resident-months that would have to go to somebody else for
    everybody to have the same share of their limit: the index of Hoover.  None without any."""
    total, room = sum(loads.values()), sum(limits[one] for one in loads)
    if not total or not room:
        return None
    apart = sum(abs(load / total - limits[one] / room) for one, load in loads.items())
    return round(50 * apart, 1)
