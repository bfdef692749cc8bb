"""Weeks, fortnights and months, as the calendar has them."""

from datetime import date, timedelta

from trainingbase.months import months_later

FIRST_MONDAY = date(2024, 1, 1)
"""Fortnights are counted from here, so that they are the same in every base and year."""
DAYS = {"week": 7, "fortnight": 14}

Period = tuple[date, date]
"""First day, and the day after the last."""


def period_of(period: str, day: date) -> Period:
    """The week, fortnight or month in which this day lies."""
    if period == "month":
        first = day.replace(day=1)
        return first, months_later(first, 1)
    length = DAYS[period]
    begun = (day - FIRST_MONDAY).days // length
    first = FIRST_MONDAY + timedelta(days=begun * length)
    return first, first + timedelta(days=length)


def periods_ending_in(period: str, starts_on: date, ends_on: date) -> list[Period]:
    """Those whose last day lies in [starts_on, ends_on)."""
    found, one = [], period_of(period, starts_on)
    while one[1] - timedelta(days=1) < ends_on:
        found.append(one)
        one = period_of(period, one[1])
    return found


def periods_touching(period: str, starts_on: date, ends_on: date) -> list[Period]:
    """Those that share a day with [starts_on, ends_on)."""
    found, one = [], period_of(period, starts_on)
    while one[0] < ends_on:
        found.append(one)
        one = period_of(period, one[1])
    return found


def days_of(period: Period) -> list[date]:
    return [period[0] + timedelta(days=n) for n in range((period[1] - period[0]).days)]
