"""From a plan over its places to a lawful part of it, and words for what is left out."""

from collections.abc import Iterable

from ortools.sat.python import cp_model

from trainingbase.planner.plan import Unplaced
from trainingbase.planner.problem import Placement, Problem, blocks_met, eligible_departments
from trainingbase.planner.rules import check, window_of
from trainingbase.planner.search.search import FOUND, Search, new_solver
from trainingbase.planner.situation import runs
from trainingbase.planner.timetables.state import Chosen


def lawful_part(search: Search) -> None:
    """Takes out the stays that cost fewest periods until no department is over its places."""
    state = search.state
    decided = {
        (career.number, block.requirement, block.start)
        for career in search.careers.careers
        for block in career.resident.fixed
    }
    model = cp_model.CpModel()
    kept, prices, picks = [], [], []
    at: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    for member, those in sorted(state.chosen.items()):
        for task, stay in those:
            requirement = search.careers.careers[member].tasks[task].requirement.id
            variable = model.new_bool_var("")
            kept.append(variable)
            is_fixed = (member, requirement, stay.start) in decided
            prices.append(stay.length * (1000 if is_fixed else 1))
            picks.append((member, task, stay, variable))
            for period in range(stay.start, stay.end):
                at.setdefault((stay.department, period), []).append(variable)
    for (department, period), variables in at.items():
        room = state.places[department][period] - search.careers.load[department][period]
        if len(variables) > room:
            model.add(cp_model.LinearExpr.sum(variables) <= max(0, room))
    model.maximize(cp_model.LinearExpr.weighted_sum(kept, prices))
    solver = new_solver(search.limits, seed=1, effort=5)
    solver.parameters.max_time_in_seconds = 5  # also when time is up: a lawful part is owed
    if solver.solve(model) not in FOUND:
        return
    chosen: Chosen = {member: [] for member in state.chosen}
    for member, task, stay, variable in picks:
        if solver.boolean_value(variable):
            chosen[member].append((task, stay))
    state.put(chosen)


def unplaced_of(problem: Problem, placements: Iterable[Placement]) -> tuple[Unplaced, ...]:
    """What nobody could place, with the departments and periods whose places stand in the way."""
    placements = list(placements)
    full = _full(problem, placements)
    found = []
    for breach in check(problem, placements):
        if breach.rule == "choose" or (breach.rule == "whole" and breach.needed):
            resident = problem.resident_by_id[breach.residents[0]]
            for requirement in breach.requirements:
                if breach.rule == "choose" and requirement in blocks_met(resident):
                    continue
                because = _because(problem, resident.id, requirement, full)
                found.append(Unplaced(resident.id, requirement, because))
                if breach.rule == "choose":
                    break
    return tuple(found)


def _full(problem: Problem, placements: list[Placement]) -> set[tuple[str, int]]:
    load: dict[tuple[str, int], int] = {}
    for placement in placements:
        for period in range(placement.start, placement.end):
            load[placement.department, period] = load.get((placement.department, period), 0) + 1
    return {
        (department.id, period)
        for department in problem.departments
        for period, limit in enumerate(department.places)
        if load.get((department.id, period), 0) >= limit
    }


def _because(
    problem: Problem, resident_id: str, requirement_id: str, full: set[tuple[str, int]]
) -> tuple[str, ...]:
    resident = problem.resident_by_id[resident_id]
    requirement = problem.programme_of(resident).by_id[requirement_id]
    first, last = window_of(resident, requirement)
    if last - first < (requirement.min_stretch or min(requirement.stretches or (1,))):
        return (f"window:{first}..{last - 1}",)
    found = []
    for department in eligible_departments(problem, resident, requirement):
        blocked = [p for p in range(first, last) if (department.id, p) in full]
        found += [f"places:{department.id}@{one}..{other}" for one, other in runs(blocked)]
    return tuple(found) or ("one_place_at_a_time",)
