"""When somebody is expected, whether they came in time, and what beds say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from trainingbase.sites.rules.calendar import Calendar, each_day

Away = tuple[date, date]
"""Granted leave: first day, exclusive end."""

STATES = ("coming", "due", "away", "late", "missed", "arrived", "open")
"""Not begun; expected and not confirmed yet; begins with leave; late; did not come; there; over
without anybody having said who came."""

OPEN_TO_CONFIRM = frozenset({"due", "away", "late", "missed", "open"})


def expected_on(
    starts_on: date, ends_on: date, calendar: Calendar, away: Iterable[Away] = ()
) -> date | None:
    """The first working day in [starts_on, ends_on) without leave; None where there is none."""
    spans = [one for one in away if one[0] < ends_on and starts_on < one[1]]
    for day in each_day(starts_on, ends_on):
        if calendar.is_working(day) and not any(first <= day < end for first, end in spans):
            return day
    return None


@dataclass(frozen=True)
class Standing:
    """What is known of an arrival: when they are expected, and `state` (see `STATES`)."""

    expected_on: date | None
    state: str


def standing(
    starts_on: date,
    ends_on: date,
    *,
    arrived: bool,
    missed: bool,
    calendar: Calendar,
    away: Iterable[Away],
    today: date,
    grace: int,
) -> Standing:
    """`grace` is how many days after the expected one somebody is not late yet."""
    spans = [one for one in away if one[0] < ends_on and starts_on < one[1]]
    expected = expected_on(starts_on, ends_on, calendar, spans)
    if arrived:
        state = "arrived"
    elif ends_on <= today:
        state = "missed" if missed else "open"
    elif missed:
        state = "missed"
    elif expected is None:
        state = "away"
    elif today < expected:
        state = "away" if any(first < expected for first, _end in spans) else "coming"
    else:
        state = "late" if today > expected + timedelta(days=grace) else "due"
    return Standing(expected, state)


def in_time(arrived_on: date | None, expected: date | None, grace: int) -> bool:
    """Whether somebody came by the day expected and the days of grace."""
    if arrived_on is None or expected is None:
        return False
    return arrived_on <= expected + timedelta(days=grace)


@dataclass(frozen=True)
class Bounds:
    """Beds a resident should look after."""

    least: int
    most: int


def beds_against(beds: int | None, bounds: Bounds) -> str | None:
    """few, many, or None where nothing stands against the number."""
    if beds is None:
        return None
    return "few" if beds < bounds.least else "many" if beds > bounds.most else None


@dataclass(frozen=True)
class Punctual:
    """One placement that began: whether its resident came in time."""

    placement_id: int
    resident_id: int
    department_id: int
    month: date
    expected_on: date
    arrived_on: date | None
    in_time: bool


@dataclass(frozen=True)
class OnTime:
    """A figure with its rows."""

    rows: tuple[Punctual, ...]

    @property
    def numerator(self) -> int:
        return sum(one.in_time for one in self.rows)

    @property
    def denominator(self) -> int:
        return len(self.rows)

    def by_department_and_month(self) -> dict[tuple[int, date], "OnTime"]:
        found: dict[tuple[int, date], list[Punctual]] = {}
        for one in self.rows:
            found.setdefault((one.department_id, one.month), []).append(one)
        return {key: OnTime(tuple(rows)) for key, rows in found.items()}
