"""Which days are worked: the week, but for holidays, make-up workdays and what a place has entered.

Ends are exclusive.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEKEND = 5  # Saturday, as `date.weekday` counts


@dataclass(frozen=True)
class Calendar:
    """`differs` says of public holidays and make-up workdays whether one works on them; every
    other day follows the week."""

    differs: Mapping[date, bool]

    def is_working(self, day: date) -> bool:
        return self.differs.get(day, day.weekday() < WEEKEND)

    def days(self, starts_on: date, ends_on: date, *, working: bool) -> int:
        """Days in [starts_on, ends_on): all of them, or the working ones."""
        if not working:
            return max(0, (ends_on - starts_on).days)
        return sum(self.is_working(day) for day in each_day(starts_on, ends_on))


def each_day(starts_on: date, ends_on: date) -> Iterator[date]:
    for number in range((ends_on - starts_on).days):
        yield starts_on + timedelta(days=number)
