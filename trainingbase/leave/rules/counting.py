"""Counting days: by the calendar, or the working days of it.  Ends are exclusive."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from trainingbase.sites.rules.calendar import Calendar


@dataclass(frozen=True)
class Span:
    """Leave that stands: it waits or is granted.  `until_on` is the end of the days taken."""

    id: int | None
    kind: str
    starts_on: date
    until_on: date

    def overlaps(self, starts_on: date, ends_on: date) -> bool:
        return self.starts_on < ends_on and starts_on < self.until_on


def years_of(starts_on: date, ends_on: date) -> range:
    """The calendar years that share a day with [starts_on, ends_on)."""
    return range(starts_on.year, (ends_on - timedelta(days=1)).year + 1)


def within(year: int, starts_on: date, ends_on: date) -> tuple[date, date]:
    """The part of a span that lies in a calendar year; empty when the end is not after it."""
    return max(starts_on, date(year, 1, 1)), min(ends_on, date(year + 1, 1, 1))


def days_in_year(
    spans: Iterable[Span], kind: str, year: int, calendar: Calendar, *, working: bool
) -> int:
    """Days of one kind that lie in one calendar year."""
    parts = (within(year, one.starts_on, one.until_on) for one in spans if one.kind == kind)
    return sum(calendar.days(first, end, working=working) for first, end in parts if first < end)


def event(spans: Iterable[Span], kind: str, starts_on: date, ends_on: date) -> tuple[date, date]:
    """[starts_on, ends_on) with the leave of the same kind that touches it before and after:
    three days asked for, and then three more, are six days of one leave."""
    same = [one for one in spans if one.kind == kind and one.starts_on < one.until_on]
    grew = True
    while grew:
        grew = False
        for one in same:
            if one.until_on == starts_on:
                starts_on, grew = one.starts_on, True
            elif one.starts_on == ends_on:
                ends_on, grew = one.until_on, True
    return starts_on, ends_on
