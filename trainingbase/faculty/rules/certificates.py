"""How long certificates are valid: days in, days out."""

from collections.abc import Iterable
from datetime import date


def lapse(issued_on: date | None, years: int, given: date | None = None) -> date | None:
    """The first day on which a certificate is no longer valid: the one `given` with it, else so
    many years after it was issued; None where neither day is known."""
    if given is not None:
        return given
    if issued_on is None:
        return None
    try:
        return issued_on.replace(year=issued_on.year + years)
    except ValueError:  # issued on a 29 February
        return date(issued_on.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """A certificate issued on or before this day has lapsed by `day`."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # a 29 February
        return date(day.year - years, 2, 28)


def covered_until(day: date, spans: Iterable[tuple[date, date]]) -> date | None:
    """The first day from `day` on that no span [from, until) covers; None where not even `day`
    is covered.  One certificate may follow on another."""
    spans, until = list(spans), day
    while True:
        further = max((end for start, end in spans if start <= until < end), default=None)
        if further is None:
            return until if until > day else None
        until = further


def reminder_due(lapses_on: date, today: date, steps: Iterable[int]) -> int | None:
    """Which reminder is due: the nearest of `steps` (days before) that has come, or 0 once it has
    lapsed; None before the first.  A certificate that lapsed before the portal looked is told of
    once."""
    left = (lapses_on - today).days
    return min((step for step in (*steps, 0) if left <= step), default=None)
