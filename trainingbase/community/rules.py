"""When a month is owed, and what the numbers of the sites add up to."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from trainingbase.months import months_later

ENTERED, MISSING, LATE = "entered", "missing", "late"


class Worth(NamedTuple):
    """`value` is None of nothing; `sites` how many have entered of those asked."""

    numerator: Decimal
    denominator: Decimal
    value: float | None


def worth(rows: Iterable[tuple[Decimal | None, Decimal | None]], times: Decimal) -> Worth:
    """Of (numerator, denominator); one with only one of both does not count."""
    whole = [(a, b) for a, b in rows if a is not None and b is not None]
    top = sum((a for a, _b in whole), Decimal(0))
    bottom = sum((b for _a, b in whole), Decimal(0))
    return Worth(top, bottom, round(float(top * times / bottom), 2) if bottom else None)


def state(month_on: date, is_entered: bool, *, today: date, days: int) -> str:
    """Owed from the first of the next month, late `days` after it."""
    if is_entered:
        return ENTERED
    return LATE if today >= months_later(month_on, 1) + timedelta(days=days) else MISSING


def months_to_enter(today: date, count: int) -> list[date]:
    """The running month and those before it, the newest first."""
    return [months_later(today, -n) for n in range(count)]
