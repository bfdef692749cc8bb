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


@dataclass(frozen=True)
class Relief:
    """A decision that `number` of an item are not asked in a stay: not at all, or in another
    standard department instead."""

    stay_id: int
    key: Key
    number: int
    elsewhere: int | None = None


@dataclass(frozen=True)
class Easing:
    """What decisions take away from stays, and what they add to departments."""

    off: Mapping[tuple[Key, int | None], int]
    on: Mapping[Key, int]

    def off_of(self, key: Key) -> int:
        if not self.off:
            return 0
        return sum([number for (of, _stay), number in self.off.items() if of == key])

    def all_of(self, minimums: Sequence[tuple[Key, int]]) -> Sequence[tuple[Key, int]]:
        """The minimums, and items that are asked only because they were moved here."""
        if not self.on:
            return minimums
        have = {key for key, _minimum in minimums}
        return [*minimums, *((key, 0) for key in self.on if key not in have)]


NO_EASING = Easing({}, {})


def easing_of(
    reliefs: Iterable[Relief], minimums: Sequence[tuple[Key, int]], parts: Mapping[int, Part]
) -> Easing:
    """Nothing is taken away twice, nor more than falls to the stay.  A decision for a stay that
    was cancelled since, or in favour of a department that asks nothing any more, is void."""
    off: dict[tuple[Key, int | None], int] = {}
    on: dict[Key, int] = {}
    asked = dict(minimums)
    for relief in reliefs:
        part = parts.get(relief.key[0])
        stays = [stay.id for stay in part.stays] if part is not None else []
        if relief.stay_id not in stays or relief.key not in asked:
            continue
        if relief.elsewhere is not None and relief.elsewhere not in parts:
            continue
        own = divided(part.target_of(asked[relief.key]), part.weights)
        at = (relief.key, relief.stay_id)
        number = min(relief.number, own[stays.index(relief.stay_id)] - off.get(at, 0))
        if number > 0:
            off[at] = off.get(at, 0) + number
            if relief.elsewhere is not None:
                there = (relief.elsewhere, *relief.key[1:])
                on[there] = on.get(there, 0) + number
    return Easing(off, on)


def department_lines(
    minimums: Sequence[tuple[Key, int]],
    parts: Mapping[int, Part],
    *,
    done: Mapping[Key, int],
    waiting: Mapping[Key, int],
    easing: Easing = NO_EASING,
) -> Completion:
    """One line for each minimum in a department of `parts`, in the order given."""
    found = []
    for key, minimum in easing.all_of(minimums):
        part = parts.get(key[0])
        if part is not None:
            eased, more = easing.off_of(key), easing.on.get(key, 0)
            target = part.target_of(minimum) - eased + more
            did, waits = done.get(key, 0), waiting.get(key, 0)
            found.append(Line(*key, minimum, target, did, waits, 0, eased, more))
    return Completion(tuple(found))


def stay_lines(
    minimums: Sequence[tuple[Key, int]],
    parts: Mapping[int, Part],
    *,
    done: Mapping[int | None, Mapping[Key, int]],
    waiting: Mapping[int | None, Mapping[Key, int]],
    easing: Easing = NO_EASING,
) -> dict[int | None, Completion]:
    """The same lines by stay; under None what no stay stands for: months not placed yet, and work
    done in stays that were cancelled.  `done` and `waiting` by stay likewise."""
    found: dict[int | None, list[Line]] = {None: []}
    for part in parts.values():
        for stay in part.stays:
            found[stay.id] = []
    for key, minimum in easing.all_of(minimums):
        part = parts.get(key[0])
        if part is None:
            continue
        ids: list[int | None] = [*(stay.id for stay in part.stays), None]
        target = part.target_of(minimum)
        own = divided(target, part.weights)
        spared = divided(minimum - target, part.weights)
        more = divided(easing.on.get(key, 0), part.weights)
        off = [easing.off.get((key, one), 0) for one in ids]
        targets = [own[i] - off[i] + more[i] for i in range(len(ids))]
        did = [done.get(one, {}).get(key, 0) for one in ids]
        waits = [waiting.get(one, {}).get(key, 0) for one in ids]
        for i, (brought, waiting_here) in enumerate(spread(did, waits, targets)):
            line = Line(
                *key, own[i] + spared[i], targets[i], did[i], waiting_here, brought, off[i], more[i]
            )
            found[ids[i]].append(line)
    return {one: Completion(tuple(kept)) for one, kept in found.items()}
