"""A plan of activities from how often each kind is due: which days, and who speaks."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trainingbase.training.rules.periods import Period, days_of


@dataclass(frozen=True)
class Need:
    """`missing` activities of a kind in one period, usually held on `weekday` (0 Monday)."""

    department_id: int
    kind: str
    period: Period
    missing: int
    weekday: int
    starts_at: str
    minutes: int
    room: str | None
    taken: frozenset[date]
    """Days on which the department holds one of this kind already."""
    later: bool = False
    """Of two weeks rather the second, so that kinds take turns."""


@dataclass(frozen=True)
class Proposed:
    department_id: int
    kind: str
    held_on: date
    starts_at: str
    minutes: int
    room: str | None
    speaker_id: int | None


@dataclass(frozen=True)
class Outcome:
    """`without_day` are needs for which no working day was left."""

    proposed: list[Proposed]
    without_day: list[Need]


def arranged(
    needs: Iterable[Need],
    *,
    span: Period,
    faculty: Mapping[int, Sequence[int]],
    load: Mapping[int, int],
    busy: Iterable[tuple[int, date]],
    is_working: Callable[[int, date], bool],
) -> Outcome:
    """Days within `span` on which the department works, as near to the usual weekday as the period
    allows; the speaker who has spoken least (`load`, and what is proposed here), and not twice on
    a day.

    The same answers come of the same questions: nothing is drawn by lot.
    """
    spoken, taken = Counter(load), set(busy)
    proposed, without = [], []
    for need in sorted(needs, key=lambda one: (one.period[0], one.department_id, one.kind)):
        days = _days(need, span, is_working)
        if len(days) < need.missing:
            without.append(need)
        for day in days[: need.missing]:
            speaker = _speaker(faculty.get(need.department_id, ()), spoken, taken, day)
            if speaker is not None:
                spoken[speaker] += 1
                taken.add((speaker, day))
            proposed.append(
                Proposed(
                    need.department_id, need.kind, day, need.starts_at, need.minutes, need.room,
                    speaker,
                )
            )  # fmt: skip
    return Outcome(sorted(proposed, key=lambda one: (one.held_on, one.department_id)), without)


def _days(need: Need, span: Period, is_working: Callable[[int, date], bool]) -> list[date]:
    """The working days left in the period, the usual weekday first."""
    open_ = [
        day
        for day in days_of(need.period)
        if span[0] <= day < span[1]
        and day not in need.taken
        and is_working(need.department_id, day)
    ]
    return sorted(open_, key=lambda day: _distance(need, day))


def _distance(need: Need, day: date) -> tuple:
    away = abs(day.weekday() - need.weekday)
    week = (day - need.period[0]).days // 7
    return away, -week if need.later else week, day


def _speaker(
    among: Sequence[int], spoken: Counter, taken: set[tuple[int, date]], day: date
) -> int | None:
    free = [one for one in among if (one, day) not in taken]
    return min(free, key=lambda one: (spoken[one], one), default=None)
