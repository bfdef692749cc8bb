"""Days as workbooks write them (`2026-09` or `2026-09-01`, ends included) and as the base keeps
them (dates, ends excluded)."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from trainingbase.months import months_later


def begins(text: str | None) -> date | None:
    """The first day of a month or the day itself."""
    if not text:
        return None
    return date.fromisoformat(text if len(text) > 7 else f"{text}-01")


def ends(text: str | None) -> date | None:
    """The day after the last one."""
    if not text:
        return None
    if len(text) > 7:
        return date.fromisoformat(text) + timedelta(days=1)
    return months_later(date.fromisoformat(f"{text}-01"), 1)


def years_after(day: date, months: int) -> date:
    """The same day `months` later; the last day of a shorter month's following day otherwise."""
    first = months_later(day, months)
    try:
        return first.replace(day=day.day)
    except ValueError:
        return months_later(first, 1)


def merged(months: Iterable[str]) -> list[tuple[date, date]]:
    """Months as whole stretches of time: 2026-10, 2026-11 → [(2026-10-01, 2026-12-01)]."""
    found: list[tuple[date, date]] = []
    for month in sorted(set(months)):
        starts_on, ends_on = begins(month), ends(month)
        if found and found[-1][1] == starts_on:
            found[-1] = (found[-1][0], ends_on)
        else:
            found.append((starts_on, ends_on))
    return found


def exact(value: float | int | str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
