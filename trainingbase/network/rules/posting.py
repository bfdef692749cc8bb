"""Sessions of posted experts, and courses long enough to count."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from trainingbase.months import months_later

WORKDAYS = range(5)


def days_of(
    weekday: int | None, starts_on: date, ends_on: date | None, *, first: date, after: date
) -> list[date]:
    """The days of [first, after) on which a posting has a session: its weekday, or every
    Monday to Friday of one without."""
    end = after if ends_on is None else min(after, ends_on)
    day, found = max(first, starts_on), []
    while day < end:
        if day.weekday() == weekday or (weekday is None and day.weekday() in WORKDAYS):
            found.append(day)
        day += timedelta(days=1)
    return found


def hours_in(sessions: Iterable[tuple[date, Decimal]], first: date, after: date) -> Decimal:
    """The hours held in [first, after)."""
    return sum((hours for day, hours in sessions if first <= day < after), Decimal(0))


def lasts_months(starts_on: date, ends_on: date, months: int) -> bool:
    """Whether [starts_on, ends_on) is at least so many calendar months long."""
    reached = months_later(starts_on, months)
    last = months_later(reached, 1) - timedelta(days=1)
    return ends_on >= reached.replace(day=min(starts_on.day, last.day))
