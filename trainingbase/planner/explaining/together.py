"""Why some people together have no lawful timetables where counting shows nothing.

The part of the problem around the overfull places of the plan that comes closest is given to
CP-SAT: these people, the places of these departments, everything else open. If that alone cannot
be, people, departments and periods are left out in turn until nothing more can be left out.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from ortools.sat.python import cp_model

from trainingbase.planner.plan import Explanation, Fact
from trainingbase.planner.search.model import Part, PartModel
from trainingbase.planner.search.search import new_solver
from trainingbase.planner.timetables.careers import Careers
from trainingbase.planner.timetables.limits import Limits
from trainingbase.planner.timetables.state import Chosen, State

FIRST_EFFORT = 6.0  # deterministic seconds, about those of a clock
EFFORT = 2.0
MOST_STAYS = 12_000
Thing = TypeVar("Thing")
Cell = tuple[int, int]  # department, period


def joint_cause(
    careers: Careers, closest: Chosen, lonely: set[int], limits: Limits
) -> Explanation | None:
    """None where nothing could be proven in the time there is."""
    state = State(careers)
    state.put(closest)
    departments = {number for number, *_ in state.overfull()}
    inside = [
        career.number
        for career in careers.careers
        if career.number not in lonely
        and any(stay.department in departments for task in career.tasks for stay in task.stays)
    ]
    sizes = {one: sum(len(t.stays) for t in careers.careers[one].tasks) for one in inside}
    if not inside or sum(sizes.values()) > MOST_STAYS:
        return None
    cells = [(number, p) for number in sorted(departments) for p in range(careers.problem.periods)]
    if not _is_impossible(careers, inside, cells, limits, FIRST_EFFORT):
        return None
    there = {one for number, p, _ in state.overfull() for one in state.there(number, p, p + 1)}
    inside.sort(key=lambda one: (one in there, one))
    people = smallest(inside, lambda some: _is_impossible(careers, some, cells, limits))
    cells = smallest(cells, lambda some: _is_impossible(careers, people, some, limits))
    return None if limits.reached() else _worded(careers, sorted(people), cells)


def smallest(things: Sequence[Thing], is_enough: Callable[[list[Thing]], bool]) -> list[Thing]:
    """Of things that are enough a part of which nothing can be left out."""
    kept = list(things)
    size = max(1, len(kept) // 2)
    while True:
        at = 0
        while at < len(kept):
            fewer = kept[:at] + kept[at + size :]
            if is_enough(fewer):
                kept = fewer
            else:
                at += size
        if size == 1:
            return kept
        size //= 2


def _is_impossible(
    careers: Careers,
    people: Sequence[int],
    cells: Sequence[Cell],
    limits: Limits,
    effort: float = EFFORT,
) -> bool:
    """Proven: these people do not fit into the places of these cells, all others being open."""
    if not people or not cells or limits.reached():
        return False
    open_everywhere = len(careers.careers) + max(map(max, careers.load), default=0)
    room = [[open_everywhere] * careers.problem.periods for _ in careers.load]
    for department, period in cells:
        places = careers.problem.departments[department].places[period]
        room[department][period] = places - careers.load[department][period]
    built = PartModel(Part(careers, people, room, room, with_cost=False))
    solver = new_solver(limits, seed=1, effort=effort)
    with limits.minding(solver):
        return bool(solver.solve(built.model) == cp_model.INFEASIBLE)


def _worded(careers: Careers, people: Sequence[int], cells: Sequence[Cell]) -> Explanation:
    departments = careers.problem.departments
    periods: dict[int, list[int]] = {}
    for department, period in cells:
        periods.setdefault(department, []).append(period)
    return Explanation(
        rules=("places",),
        residents=tuple(careers.problem.residents[one].id for one in people),
        departments=tuple(departments[number].id for number in sorted(periods)),
        periods=tuple(sorted({period for _, period in cells})),
        proven=True,
        facts=tuple(
            Fact(
                "places",
                departments=(departments[number].id,),
                periods=tuple(sorted(those)),
                count=sum(departments[number].places[period] for period in those),
            )
            for number, those in sorted(periods.items())
        ),
    )
