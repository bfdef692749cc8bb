"""Which part of a department's minimums falls to which stay.

What is asked of a resident in a standard department is less by what was credited, and by leave:
days of leave in its stays that no longer or further stay makes up.  What is left is divided among
the stays by the days of each that were not leave.  While fewer months are placed than are asked,
their part falls to no stay yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from trainingbase.logbook.rules.completion import Completion, Key, Line, divided, spread

UNEXCUSED = ("absence",)
"""Kinds of leave after which as much is asked as before."""

MONTH_DAYS = Fraction(1461, 48)
"""Days of a month in the long run."""


@dataclass(frozen=True)
class Stay:
    """A placement that stands, and the days of leave in it."""

    id: int
    standard_department_id: int
    starts_on: date
    ends_on: date
    away: int = 0

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days


@dataclass(frozen=True)
class Part:
    """What is asked in one department: `left` of its minimums, divided by `weights`, one for each
    of its stays and the last for what no stay has been placed for.  `away` are the days of leave
    that ask for less."""

    months: Decimal
    credited: Decimal
    away: int
    left: Fraction
    stays: tuple[Stay, ...]
    weights: tuple[int, ...]

    def target_of(self, minimum: int) -> int:
        """Rounded up, so that nothing takes away more than its part."""
        return minimum if self.left == 1 else ceil(minimum * self.left)


def part_of(stays: Sequence[Stay], *, months: Decimal, credited: Decimal, leave_from: int) -> Part:
    """`leave_from` is the base's number of days of leave in the department below which nothing
    changes; with 0 leave changes nothing at all."""
    asked = max(Fraction(0), Fraction(months) - Fraction(credited))
    placed = _halves(sum(one.days for one in stays))
    away = sum(one.away for one in stays)
    if not leave_from or away < leave_from:
        away = 0
    made_up = ceil(max(Fraction(0), placed - asked) * MONTH_DAYS)
    unmade = max(0, away - made_up)
    left = max(Fraction(0), asked - unmade / MONTH_DAYS) / Fraction(months) if asked else asked
    weights = [100 * (one.days - (one.away if away else 0)) for one in stays]
    unplaced = max(Fraction(0), asked - placed)
    weights.append(ceil(100 * unplaced * MONTH_DAYS))
    return Part(months, credited, unmade, left, tuple(stays), tuple(weights))


def _halves(days: int) -> Fraction:
    """Months, to the half: a February is one, and so is a July."""
    return Fraction(round(Fraction(days) / MONTH_DAYS * 2), 2)


def department_lines(
    minimums: Iterable[tuple[Key, int]],
    parts: Mapping[int, Part],
    *,
    done: Mapping[Key, int],
    waiting: Mapping[Key, int],
) -> Completion:
    """One line for each minimum in a department of `parts`, in the order given."""
    found = []
    for key, minimum in minimums:
        part = parts.get(key[0])
        if part is not None:
            target = part.target_of(minimum)
            found.append(Line(*key, minimum, target, done.get(key, 0), waiting.get(key, 0)))
    return Completion(tuple(found))


def stay_lines(
    minimums: Iterable[tuple[Key, int]],
    parts: Mapping[int, Part],
    *,
    done: Mapping[int | None, Mapping[Key, int]],
    waiting: Mapping[int | None, Mapping[Key, int]],
) -> dict[int | None, Completion]:
    """The same lines by stay; under None what no stay stands for: months not placed yet, and work
    done in stays that were cancelled.  `done` and `waiting` by stay likewise."""
    found: dict[int | None, list[Line]] = {None: []}
    for part in parts.values():
        for stay in part.stays:
            found[stay.id] = []
    for key, minimum in minimums:
        part = parts.get(key[0])
        if part is None:
            continue
        ids: list[int | None] = [*(stay.id for stay in part.stays), None]
        target = part.target_of(minimum)
        targets = divided(target, part.weights)
        spared = divided(minimum - target, part.weights)
        did = [done.get(one, {}).get(key, 0) for one in ids]
        waits = [waiting.get(one, {}).get(key, 0) for one in ids]
        for i, (brought, waiting_here) in enumerate(spread(did, waits, targets)):
            asked = targets[i] + spared[i]
            line = Line(*key, asked, targets[i], did[i], waiting_here, brought)
            found[ids[i]].append(line)
    return {one: Completion(tuple(kept)) for one, kept in found.items()}
