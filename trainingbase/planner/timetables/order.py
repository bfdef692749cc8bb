"""Stays that the order of a programme rules out, found without any solver."""

from collections.abc import Sequence
from dataclasses import replace

from trainingbase.planner.timetables.stay import Task


def in_their_turn(
    tasks: list[Task], pairs: Sequence[tuple[str, str]], free: frozenset[int]
) -> list[Task]:
    """Leaves out stays too early for what must come before them, or too late for what follows.

    All that must precede takes its sum of free periods, because one does one thing at a time. A
    task without any stay constrains nobody: it will be left unplaced.
    """
    before, after = _neighbours(tasks, pairs)
    for _ in range(4):
        start = [_earliest(tasks, before[k], sorted(free)) for k in range(len(tasks))]
        end = [_latest(tasks, after[k], sorted(free)) for k in range(len(tasks))]
        changed = False
        for k, task in enumerate(tasks):
            stays = tuple(s for s in task.stays if s.start >= start[k] and s.end <= end[k])
            if stays and len(stays) < len(task.stays):
                tasks[k] = replace(task, stays=stays)
                changed = True
        if not changed:
            break
    return tasks


def _neighbours(
    tasks: list[Task], pairs: Sequence[tuple[str, str]]
) -> tuple[list[set[int]], list[set[int]]]:
    """For each task the tasks that must precede and follow it, near and far."""
    of: dict[str, list[int]] = {}
    for k, task in enumerate(tasks):
        of.setdefault(task.requirement.id, []).append(k)
    before: list[set[int]] = [set() for _ in tasks]
    for first, second in pairs:
        for b in of.get(second, ()):
            before[b].update(of.get(first, ()))
    for those in of.values():
        for position, k in enumerate(those):
            before[k].update(those[:position])
    for _ in tasks:
        for k in range(len(tasks)):
            before[k] = before[k].union(*(before[one] for one in before[k]))
    after: list[set[int]] = [set() for _ in tasks]
    for k, those_before in enumerate(before):
        for one in those_before:
            after[one].add(k)
    return before, after


def _earliest(tasks: list[Task], before: set[int], free: list[int]) -> int:
    those = [tasks[k] for k in before if tasks[k].stays]
    if not those:
        return 0
    ends = max(min(stay.end for stay in task.stays) for task in those)
    opens = min(min(stay.start for stay in task.stays) for task in those)
    length = sum(task.length for task in those)
    usable = [period for period in free if period >= opens]
    filled = usable[length - 1] + 1 if length <= len(usable) else ends
    return max(ends if all(not task.in_pieces for task in those) else 0, filled)


def _latest(tasks: list[Task], after: set[int], free: list[int]) -> int:
    those = [tasks[k] for k in after if tasks[k].stays]
    if not those:
        return 10**9
    starts = min(max(stay.start for stay in task.stays) for task in those)
    shuts = max(max(stay.end for stay in task.stays) for task in those)
    length = sum(task.length for task in those)
    usable = [period for period in free if period < shuts]
    filled = usable[-length] if length <= len(usable) else starts
    return min(starts if all(not task.in_pieces for task in those) else 10**9, filled)
