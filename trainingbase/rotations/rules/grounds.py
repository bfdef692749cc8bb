"""Why a placement is where it is: what it meets, what bound it, what else was open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainingbase.planner.problem import (
    Choice,
    Placement,
    Problem,
    Requirement,
    Resident,
    eligible_departments,
)
from trainingbase.planner.rules import check, window_of
from trainingbase.rotations.rules.pairs import narrowed


@dataclass(frozen=True)
class Opening:
    """A department, and the periods in which the placement could have begun there."""

    department: str
    starts: tuple[int, ...]


@dataclass(frozen=True)
class Grounds:
    """`window` is the first period allowed and the one by which it must have ended; `earlier`
    and `later` are requirements that must come before and after.  `alone` would have kept every
    rule with nothing else moved; for `besides` there was room, had other stays moved too."""

    placement: Placement
    requirement: Requirement
    window: tuple[int, int]
    choice: Choice | None
    earlier: tuple[str, ...]
    later: tuple[str, ...]
    alone: tuple[Opening, ...]
    besides: tuple[Opening, ...]


def grounds_of(
    problem: Problem, placements: Sequence[Placement], placement: Placement
) -> Grounds | None:
    """None for time beyond the programme."""
    resident = problem.resident_by_id[placement.resident]
    programme = problem.programme_of(resident)
    requirement = programme.by_id.get(placement.requirement)
    if requirement is None:
        return None
    choices = [one for one in programme.choose if requirement.id in one.of]
    alone, besides = _openings(problem, placements, resident, requirement, placement)
    return Grounds(
        placement,
        requirement,
        window_of(resident, requirement),
        choices[0] if choices else None,
        tuple(first for first, second in programme.before if second == requirement.id),
        tuple(second for first, second in programme.before if first == requirement.id),
        alone,
        besides,
    )


def _openings(
    problem: Problem,
    placements: Sequence[Placement],
    resident: Resident,
    requirement: Requirement,
    present: Placement,
) -> tuple[tuple[Opening, ...], tuple[Opening, ...]]:
    own = narrowed(problem, placements, {resident.id})
    others = [one for one in placements if one.resident == resident.id and one != present]
    stands = set(check(own, [*others, present]))
    first, last = window_of(resident, requirement)
    alone, besides = [], []
    for department in eligible_departments(own, resident, requirement):
        starts = [
            start
            for start in range(first, last - present.length + 1, requirement.align)
            if (department.id, start) != (present.department, present.start)
            and _is_free(department.places, resident, start, present.length)
        ]
        free = [
            start
            for start in starts
            if _keeps_the_rules(own, others, present, department.id, start, stands)
        ]
        rest = tuple(start for start in starts if start not in free)
        if free:
            alone.append(Opening(department.id, tuple(free)))
        if rest:
            besides.append(Opening(department.id, rest))
    return tuple(alone), tuple(besides)


def _is_free(places: Sequence[int], resident: Resident, start: int, length: int) -> bool:
    span = range(start, start + length)
    return all(period < len(places) and places[period] > 0 for period in span) and (
        resident.away.isdisjoint(span)
    )


def _keeps_the_rules(
    own: Problem,
    others: Iterable[Placement],
    present: Placement,
    department: str,
    start: int,
    stands: set,
) -> bool:
    moved = Placement(present.resident, present.requirement, department, start, present.length)
    return set(check(own, [*others, moved])) <= stands
