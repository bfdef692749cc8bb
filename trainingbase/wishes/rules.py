"""Months of a round."""

from collections.abc import Iterator
from datetime import date


def months_later(day: date, months: int) -> date:
    """The first of the month that many months after the month of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def first_months(starts_on: date, ends_on: date) -> Iterator[date]:
    """The first day of each month in [`starts_on`, `ends_on`)."""
    month = months_later(starts_on, 0)
    while month < ends_on:
        yield month
        month = months_later(month, 1)
