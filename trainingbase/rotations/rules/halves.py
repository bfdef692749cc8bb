"""Half months, the unit of planning: the first ends on the 15th.  Period 0 begins on a first."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from trainingbase.months import first_of_month, months_later

SECOND_HALF = 16


def start_of(begin: date, period: int) -> date:
    """The first day of a period; `begin` is the first of a month."""
    months, half = divmod(period, 2)
    first = months_later(begin, months)
    return first.replace(day=SECOND_HALF) if half else first


def period_of(begin: date, day: date) -> int:
    """The period a day lies in; before `begin` it is negative."""
    months = (day.year - begin.year) * 12 + day.month - begin.month
    return months * 2 + (day.day >= SECOND_HALF)


def end_period_of(begin: date, ends_on: date) -> int:
    """The first period after an exclusive end: a period that has begun counts as taken."""
    return period_of(begin, ends_on - timedelta(days=1)) + 1


def months_between(starts_on: date, ends_on: date) -> Iterator[date]:
    """The first of each month that shares a day with [starts_on, ends_on)."""
    month = first_of_month(starts_on)
    while month < ends_on:
        yield month
        month = months_later(month, 1)


def days_within(month: date, spans: Iterable[tuple[date, date]]) -> int:
    """How many days of the month lie in the spans (ends exclusive, not overlapping)."""
    after = month + timedelta(days=monthrange(month.year, month.month)[1])
    return sum(
        max(0, (min(ends_on, after) - max(starts_on, month)).days) for starts_on, ends_on in spans
    )


def whole_months(spans: Iterable[tuple[date, date]], days: int) -> list[date]:
    """The months in which the spans cover at least so many days."""
    spans = list(spans)
    months = {month for starts_on, ends_on in spans for month in months_between(starts_on, ends_on)}
    return sorted(month for month in months if days_within(month, spans) >= days)
