"""Proof by counting that there is no lawful plan: more must be there by then than there is room.

For a group of departments and a stretch of periods, every stay somebody could choose overlaps it
by some periods; the least overlap must be spent there. Where these sum to more than the places,
nothing lawful exists, whatever else is arranged.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from trainingbase.planner.problem import Block
from trainingbase.planner.situation import runs
from trainingbase.planner.timetables.careers import Career, Careers
from trainingbase.planner.timetables.stay import Task


@dataclass(frozen=True)
class Shortage:
    """`members` must spend `needed` periods in `departments` within [first, last): too many.

    Without any one of them `available` would do. `needed_by_all` counts everybody.
    """

    departments: tuple[int, ...]
    first: int
    last: int
    needed: int
    available: int
    members: tuple[int, ...]
    needed_by_all: int

    @property
    def missing(self) -> int:
        return self.needed_by_all - self.available


@dataclass(frozen=True)
class Hopeless:
    """One person's own: a fixed stay that cannot be, a requirement that fits nowhere, too little
    time by `missing` periods, or (none of these) an order and windows that together fit nowhere."""

    member: int
    requirement: str = ""
    missing: int = 0
    fixed: Block | None = None


def shortages(careers: Careers, lonely: Iterable[int] = ()) -> list[Shortage]:
    """One for each group of departments that is short, the one with fewest people in it."""
    left_out = set(lonely)
    tasks = [
        (career.number, task)
        for career in careers.careers
        if career.number not in left_out
        for task in _as_fixed(careers, career)
        if task.stays and _is_sure(career, task)
    ]
    groups = _groups(frozenset(stay.department for stay in task.stays) for _, task in tasks)
    found = [
        worst
        for group in sorted(groups, key=lambda group: (len(group), sorted(group)))
        if (worst := _shortest(careers, group, tasks)) is not None
    ]
    return _apart(found) + _decided_over(careers, found, left_out)


def _as_fixed(careers: Careers, career: Career) -> list[Task]:
    """What is fixed only there, and nothing else at that time."""
    tasks = list(career.tasks)
    for block in career.resident.fixed:
        number = careers.department_number[block.department]
        those = career.tasks_of.get(block.requirement, ())
        for k, task in enumerate(tasks):
            if len(those) == 1 and k == those[0] and not task.in_pieces:
                there = (number, block.start, block.length)
                stays = [s for s in task.stays if (s.department, s.start, s.length) == there]
            else:
                mine = task.requirement.id == block.requirement
                stays = [
                    s for s in task.stays if mine or s.end <= block.start or block.end <= s.start
                ]
            tasks[k] = replace(task, stays=tuple(stays) or task.stays)
    return tasks


def _groups(asked_for: Iterable[frozenset[int]]) -> set[frozenset[int]]:
    """What single tasks ask for, and all departments that somebody may choose between."""
    groups = set(asked_for)
    together: list[frozenset[int]] = []
    for group in groups:
        meeting = [one for one in together if one & group]
        together = [one for one in together if not one & group]
        together.append(group.union(*meeting))
    return groups.union(together)


def _apart(found: list[Shortage]) -> list[Shortage]:
    """Without those in a larger group of departments of which a smaller is short already."""
    return [
        one
        for one in found
        if not any(
            set(other.departments) < set(one.departments) and other.missing >= one.missing
            for other in found
        )
    ]


def _is_sure(career: Career, task: Task) -> bool:
    """Whether it is certain to be taken: not an elective among more than are wanted."""
    for count, of in career.choices:
        if task.requirement.id in of:
            return count >= len(of)
    return True


def _shortest(
    careers: Careers, group: frozenset[int], tasks: list[tuple[int, Task]]
) -> Shortage | None:
    periods = careers.problem.periods
    inside = [(who, task) for who, task in tasks if group >= {s.department for s in task.stays}]
    room = np.zeros(periods, dtype=int)
    for number in group:
        load = np.array(careers.load[number])
        room += np.maximum(0, np.array(careers.problem.departments[number].places) - load)
    before = np.concatenate([[0], np.cumsum(room)])
    first, last = np.triu_indices(periods + 1, 1)
    people = list(dict.fromkeys(who for who, _ in inside))
    row_of = {who: row for row, who in enumerate(people)}
    least = np.zeros((len(people), len(first)), dtype=int)
    for who, task in inside:
        least[row_of[who]] += _least_overlap(task, first, last)
    needed = least.sum(axis=0)
    available = before[last] - before[first]
    short = np.flatnonzero(needed > available)
    if not len(short):
        return None
    few = _fewest(least[:, short], available[short])
    pick = short[np.lexsort(((last - first)[short], few))[0]]
    members = _smallest_group(least[:, pick], int(available[pick]))
    return Shortage(
        tuple(sorted(group)),
        int(first[pick]),
        int(last[pick]),
        int(least[members, pick].sum()),
        int(available[pick]),
        tuple(people[row] for row in members),
        int(needed[pick]),
    )


def _fewest(least: np.ndarray, available: np.ndarray) -> np.ndarray:
    """Per window how many people, those bound longest first, are already too many."""
    summed = np.cumsum(-np.sort(-least, axis=0), axis=0)
    return (summed <= available).sum(axis=0) + 1


def _smallest_group(least: np.ndarray, available: int) -> list[int]:
    """Rows that together are too many, and without any one of them are not."""
    order = np.argsort(-least, kind="stable")
    count = int((np.cumsum(least[order]) <= available).sum()) + 1
    rows = sorted(int(row) for row in order[:count])
    for row in sorted(rows, key=lambda one: int(least[one])):
        rest = [one for one in rows if one != row]
        if int(least[rest].sum()) > available:
            rows = rest
    return rows


def _least_overlap(task: Task, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    if task.in_pieces:
        covered = np.zeros(int(last.max()) + 1, dtype=int)
        for stay in task.stays:
            covered[stay.start : stay.end] = 1
        summed = np.concatenate([[0], np.cumsum(covered)])
        outside = summed[-1] - (summed[last] - summed[first])
        return np.maximum(0, task.length - outside)
    least = np.full(len(first), task.length)
    for start, end in sorted({(stay.start, stay.end) for stay in task.stays}):
        overlap = np.maximum(0, np.minimum(end, last) - np.maximum(start, first))
        least = np.minimum(least, overlap)
    return least


def _decided_over(careers: Careers, found: list[Shortage], left_out: set[int]) -> list[Shortage]:
    """Begun and fixed stays that are by themselves more than the places."""
    there: dict[tuple[int, int], list[int]] = {}
    for career in careers.careers:
        fixed = () if career.number in left_out else career.resident.fixed
        for block in (*career.resident.in_progress, *fixed):
            number = careers.department_number[block.department]
            for period in range(block.start, block.start + block.length):
                if 0 <= period < careers.problem.periods:
                    there.setdefault((number, period), []).append(career.number)
    known = {
        (number, p)
        for one in found
        for number in one.departments
        for p in range(one.first, one.last)
    }
    over: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for (number, period), members in sorted(there.items()):
        places = careers.problem.departments[number].places[period]
        if len(members) > places and (number, period) not in known:
            over.setdefault((number, tuple(members)), []).append(period)
    made = []
    for (number, people), cells in over.items():
        for first, last in runs(cells):
            room = sum(careers.problem.departments[number].places[first : last + 1])
            needed = len(people) * (last - first + 1)
            made.append(Shortage((number,), first, last + 1, needed, room, people, needed))
    return made


def hopeless(careers: Careers, lonely: Iterable[int]) -> list[Hopeless]:
    """Why people have no lawful timetable even with every place to themselves."""
    found = []
    for member in sorted(lonely):
        career = careers.careers[member]
        impossible = _impossible_fixed(careers, career)
        if impossible:
            found += [Hopeless(member, fixed=block) for block in impossible]
            continue
        nowhere = [
            task.requirement.id
            for task in career.tasks
            if not task.stays and _is_sure(career, task)
        ]
        if nowhere:
            found += [Hopeless(member, one) for one in dict.fromkeys(nowhere)]
        elif career.slack < 0:
            found.append(Hopeless(member, missing=-career.slack))
        else:
            found.append(Hopeless(member))
    return found


def _impossible_fixed(careers: Careers, career: Career) -> list[Block]:
    """Fixed stays that are not among those open to the resident."""
    return [
        block
        for block in career.resident.fixed
        if not any(
            (careers.department_number[block.department], block.start, block.length)
            == (stay.department, stay.start, stay.length)
            for k in career.tasks_of.get(block.requirement, ())
            for stay in career.tasks[k].stays
        )
    ]
