"""Who is due before the committee, and why.

A reason is (rule, facts); the numbers are the base's thresholds, where 0 switches a rule off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

RULES = ("returning", "flagged", "graduation", "year_end", "regular")
"""In the order in which they weigh."""

Reason = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Numbers:
    """`every_months` between two meetings about a resident, `year_end_days` to either side of the
    day on which a year of training ends, `graduation_days` before the last day of training."""

    every_months: int
    year_end_days: int
    graduation_days: int


@dataclass(frozen=True)
class Standing:
    """Of one resident on the day of the agenda: `met_on` is the last meeting about them, `plans`
    the committee's plans that are not closed and `signals` what was fired and is not over, as
    ids; `graduated` where the last decision was to let them graduate."""

    resident_id: int
    starts_on: date
    ends_on: date | None
    met_on: date | None = None
    graduated: bool = False
    plans: tuple[int, ...] = ()
    signals: tuple[int, ...] = ()


def due(one: Standing, held_on: date, numbers: Numbers) -> list[Reason]:
    """In the order of `RULES`; empty where the resident is not due."""
    found: list[Reason] = []
    if one.plans:
        found.append(("returning", {"plans": list(one.plans)}))
    if one.signals:
        found.append(("flagged", {"signals": list(one.signals)}))
    if _graduates(one, held_on, numbers):
        found.append(("graduation", {"ends_on": one.ends_on.isoformat()}))
    year = _year_ended(one, held_on, numbers)
    if year is not None:
        found.append(("year_end", {"year": year[0], "day": year[1].isoformat()}))
    since = one.met_on or one.starts_on
    if numbers.every_months and months_later(since, numbers.every_months) <= held_on:
        found.append(("regular", {"since": since.isoformat(), "met": one.met_on is not None}))
    return found


def _graduates(one: Standing, held_on: date, numbers: Numbers) -> bool:
    return (
        bool(numbers.graduation_days)
        and one.ends_on is not None
        and not one.graduated
        and held_on >= one.ends_on - timedelta(days=numbers.graduation_days)
    )


def _year_ended(one: Standing, held_on: date, numbers: Numbers) -> tuple[int, date] | None:
    """The number and last day of the year of training that ends about now, unless they were met
    about then already."""
    window = timedelta(days=numbers.year_end_days)
    if not window:
        return None
    for year in range(1, 12):
        ends_on = months_later(one.starts_on, 12 * year)
        if abs(ends_on - held_on) <= window:
            if one.met_on is not None and one.met_on >= ends_on - window:
                return None
            return year, ends_on - timedelta(days=1)
    return None


def months_later(day: date, months: int) -> date:
    """The same day of the month; the last one where the month has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    for last in range(day.day, 27, -1):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    return date(year, month, day.day)


def by_weight(reasons: Sequence[Reason]) -> int:
    """For sorting: the weightiest reason first."""
    return min((RULES.index(name) for name, _facts in reasons if name in RULES), default=len(RULES))
