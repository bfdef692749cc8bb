"""The problem of a few residents, in the places that all others leave: judged at once."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from trainingbase.planner.problem import Department, Placement, Problem


def narrowed(
    problem: Problem, placements: Sequence[Placement], residents: Collection[str]
) -> Problem:
    """What keeps the rules in it keeps them in the whole, as far as these residents go."""
    taken: dict[str, dict[int, int]] = {}
    for one in placements:
        if one.resident not in residents:
            there = taken.setdefault(one.department, {})
            for period in range(one.start, one.end):
                there[period] = there.get(period, 0) + 1
    return replace(
        problem,
        departments=tuple(_left(one, taken.get(one.id)) for one in problem.departments),
        residents=tuple(problem.resident_by_id[one] for one in sorted(residents)),
    )


def _left(department: Department, taken: dict[int, int] | None) -> Department:
    if not taken:
        return department
    places = tuple(max(0, n - taken.get(p, 0)) for p, n in enumerate(department.places))
    return replace(department, places=places)
