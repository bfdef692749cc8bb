"""Months and half months.  A month has two halves, from the 1st and from the 16th."""

from datetime import date, timedelta
from decimal import Decimal

HALF = Decimal("0.5")
MIDDLE_DAYS = (8, 23)
"""Whoever is somewhere on the middle day of a half month has spent the half month there: no half
is paid twice, and none is lost, however the days fall."""


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def next_month(month_on: date) -> date:
    return (month_on.replace(day=28) + timedelta(days=4)).replace(day=1)


def months_before(month_on: date, count: int) -> date:
    number = month_on.year * 12 + month_on.month - 1 - count
    return date(number // 12, number % 12 + 1, 1)


def middles(month_on: date) -> tuple[date, ...]:
    return tuple(month_on.replace(day=day) for day in MIDDLE_DAYS)


def middles_within(starts_on: date, ends_on: date | None, month_on: date) -> tuple[date, ...]:
    """The middle days of this month that lie in [starts_on, ends_on)."""
    return tuple(
        day for day in middles(month_on) if starts_on <= day and (ends_on is None or day < ends_on)
    )


def months_within(starts_on: date, ends_on: date | None, month_on: date) -> Decimal:
    """0, 0.5 or 1."""
    return HALF * len(middles_within(starts_on, ends_on, month_on))


def days_within(starts_on: date, ends_on: date, month_on: date) -> int:
    first, last = max(starts_on, month_on), min(ends_on, next_month(month_on))
    return max(0, (last - first).days)


def training_year(starts_on: date, day: date) -> int:
    """1 in the first twelve months of training."""
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    if day.day < starts_on.day:
        months -= 1
    return months // 12 + 1
