"""On which day each waiting request is sent: never before its own, and never more to one teacher
in one day than the base allows.  The same answer sends them and tells when the others will go."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Turn:
    """A request that waits: `wanted_on` is its own day, `due_on` the day it has to be answered
    by, where the plan says so."""

    key: int
    teacher: int
    wanted_on: date
    due_on: date | None = None


def sending_days(
    waiting: Iterable[Turn], *, taken: Mapping[int, int], cap: int, today: date
) -> dict[int, date]:
    """By key.  `taken` is how many each teacher was given today already; a `cap` under one counts
    as one, since what is planned is sent in the end."""
    cap = max(1, cap)
    used: dict[tuple[int, date], int] = defaultdict(int)
    for teacher, number in taken.items():
        used[teacher, today] = number
    days = {}
    for turn in sorted(waiting, key=_in_turn):
        day = max(today, turn.wanted_on)
        while used[turn.teacher, day] >= cap:
            day += DAY
        used[turn.teacher, day] += 1
        days[turn.key] = day
    return days


def _in_turn(turn: Turn) -> tuple[date, date, int]:
    return turn.wanted_on, turn.due_on or date.max, turn.key
