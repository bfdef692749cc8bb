"""Months and half months.  A month has two halves, from the 1st and from the 16th."""

from datetime import date
from decimal import Decimal

from trainingbase.months import months_later

HALF = Decimal("0.5")
MIDDLE_DAYS = (8, 23)
"""Whoever is somewhere on the middle day of a half month has spent the half month there: no half
is paid twice, and none is lost, however the days fall."""


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
    first, last = max(starts_on, month_on), min(ends_on, months_later(month_on, 1))
    return max(0, (last - first).days)


def training_year(starts_on: date, day: date) -> int:
    """1 in the first twelve months of training."""
    months = (day.year - starts_on.year) * 12 + day.month - starts_on.month
    if day.day < starts_on.day:
        months -= 1
    return months // 12 + 1
