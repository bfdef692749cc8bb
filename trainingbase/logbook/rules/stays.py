"""Which part of a department's minimums falls to which stay.

What is asked of a resident in a standard department is less by what was credited, and by leave:
days of leave in its stays that no longer or further stay makes up.  What is left is divided among
the stays by the days of each that were not leave.  While fewer months are placed than are asked,
their part falls to no stay yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from trainingbase.logbook.rules.completion import Completion, Key, Line, divided, share, spread

UNEXCUSED = ("absence",)
"""Kinds of leave after which as much is asked as before."""

MONTH = 1461
"""A month in the long run, in 48ths of a day: whole numbers only, for exactness and for speed."""
DAY = 48
HUNDRED = 100
"""Months come with two places."""


class Stay(NamedTuple):
    """A placement that stands: its days, and those of them that were leave."""

    id: int
    days: int
    away: int = 0


class Part(NamedTuple):
    """What is asked in one department: `left` of `whole` of its minimums, divided by `weights`, one
    for each of its stays and the last for what no stay has been placed for.  `away` are the days
    of leave that ask for less."""

    months: Decimal
    credited: Decimal
    away: int
    left: int
    whole: int
    stays: tuple[Stay, ...]
    weights: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        return self.left == self.whole

    def target_of(self, minimum: int) -> int:
        """Rounded up, so that nothing takes away more than its part."""
        return minimum if self.left == self.whole else -(-minimum * self.left // self.whole)


class Proportion(NamedTuple):
    """How the share of one department came about, as pages say it; of `Part`."""

    months: Decimal
    credited: Decimal
    away: int
    is_whole: bool


def proportion_of(part: Part) -> Proportion:
    return Proportion(part.months, part.credited, part.away, part.is_whole)


def part_of(stays: Sequence[Stay], *, months: Decimal, credited: Decimal, leave_from: int) -> Part:
    """`leave_from` is the base's number of days of leave in the department below which nothing
    changes; with 0 leave changes nothing at all."""
    whole = int(months * HUNDRED) * MONTH
    asked = max(0, whole - int(credited * HUNDRED) * MONTH) if credited else whole
    days = away = 0
    for one in stays:
        days += one.days
        away += one.away
    placed = _halves(days) * HUNDRED * MONTH // 2
    if not leave_from or away < leave_from:
        away = 0
    weights = [HUNDRED * DAY * (one.days - (one.away if away else 0)) for one in stays]
    weights.append(max(0, asked - placed))
    left = asked
    if away:
        made_up = -(-max(0, placed - asked) // (HUNDRED * DAY))
        away = max(0, away - made_up)
        left = max(0, asked - away * HUNDRED * DAY)
    return Part(months, credited, away, left, whole, tuple(stays), tuple(weights))


def _halves(days: int) -> int:
    """Half months, to the nearest: a February is two, and so is a July."""
    return (4 * DAY * days + MONTH) // (2 * MONTH)


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


class Sum(NamedTuple):
    """Of several lines together."""

    counted: int
    target: int
    waiting: int

    @property
    def percent(self) -> Decimal:
        return share(self.counted, self.target)


def sum_of(part: Completion) -> Sum:
    return Sum(part.counted, part.target, part.waiting)


def total_of(sums: Iterable[Sum]) -> Sum:
    counted = target = waiting = 0
    for one in sums:
        counted += one[0]
        target += one[1]
        waiting += one[2]
    return Sum(counted, target, waiting)


def department_sums(
    minimums: Sequence[tuple[Key, int]],
    parts: Mapping[int, Part],
    *,
    done: Mapping[Key, int],
    waiting: Mapping[Key, int],
    easing: Easing = NO_EASING,
) -> dict[int, Sum]:
    """What the lines of each department sum to, for tables of many residents."""
    found: dict[int, Sum] = {}
    counted = target = waits = 0
    before, part = None, None
    for key, minimum in sorted(easing.all_of(minimums)) if easing.on else minimums:
        if key[0] != before:
            if part is not None:
                found[before] = Sum(counted, target, waits)
            before, part = key[0], parts.get(key[0])
            counted, target, waits = found.get(before, (0, 0, 0))
        if part is None:
            continue
        asked = minimum if part.left == part.whole else part.target_of(minimum)
        if easing is not NO_EASING:
            asked += easing.on.get(key, 0) - easing.off_of(key)
        did = min(done.get(key, 0), asked)
        target += asked
        counted += did
        if key in waiting:
            waits += min(waiting[key], asked - did)
    if part is not None:
        found[before] = Sum(counted, target, waits)
    return found


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
    before, part = None, None
    for key, minimum in easing.all_of(minimums):
        if key[0] != before:
            before, part = key[0], parts.get(key[0])
            ids: list[int | None] = [*(stay.id for stay in part.stays), None] if part else []
            work = [(done.get(one, {}), waiting.get(one, {})) for one in ids]
            nothing = [0] * len(ids)
        if part is None:
            continue
        target = part.target_of(minimum)
        targets = own = divided(target, part.weights)
        spared = divided(minimum - target, part.weights) if minimum != target else nothing
        off = more = nothing
        if easing is not NO_EASING:
            more = divided(easing.on.get(key, 0), part.weights)
            off = [easing.off.get((key, one), 0) for one in ids]
            targets = [own[i] - off[i] + more[i] for i in range(len(ids))]
        did = [did_there.get(key, 0) for did_there, _waits in work]
        waits = [waits_there.get(key, 0) for _did, waits_there in work]
        for i, (brought, waiting_here) in enumerate(spread(did, waits, targets)):
            line = Line(
                *key, own[i] + spared[i], targets[i], did[i], waiting_here, brought, off[i], more[i]
            )
            found[ids[i]].append(line)
    return {one: Completion(tuple(kept)) for one, kept in found.items()}
