"""Months of the calendar, as the first day of each."""

from datetime import date


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def months_later(day: date, months: int) -> date:
    """The first of the month that many months after the month of `day`; before it when negative."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def months_from(starts_on: date, ends_on: date) -> list[date]:
    """The months that [`starts_on`, `ends_on`) touches."""
    months, month_on = [], first_of_month(starts_on)
    while month_on < ends_on:
        months.append(month_on)
        month_on = months_later(month_on, 1)
    return months
