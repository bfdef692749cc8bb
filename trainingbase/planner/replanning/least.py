"""The lawful plan that moves fewest stays of an earlier one, by CP-SAT.

First those who must be planned anew and whoever sits where they could go are planned together.
Then everybody at once, with at most so many moves that nearly every stay is settled before the
search begins: the allowance is one less than what was found, or grows until something is found.
What is left standing is then proven to be the least.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from trainingbase.planner.problem import Placement
from trainingbase.planner.search.model import Part, PartModel
from trainingbase.planner.search.search import FOUND, new_solver
from trainingbase.planner.timetables.careers import Careers
from trainingbase.planner.timetables.counting import shortages
from trainingbase.planner.timetables.limits import Limits
from trainingbase.planner.timetables.state import Chosen, State, chosen_from
from trainingbase.planner.timetables.whole import is_complete

MOST_STAYS = 150_000
CIRCLE = 16  # people planned anew together at first, more while there is time
WIDER = 2
GROWTH = 3  # times as many moves as were too few
SHARE = 0.5  # of the time for the circle


@dataclass(frozen=True)
class Least:
    """`is_proven`: no lawful plan moves fewer."""

    placements: tuple[Placement, ...]
    is_proven: bool


def least_change(
    careers: Careers, present: Sequence[Placement], limits: Limits, effort: float | None = None
) -> Least | None:
    """None when none was found: there is none, or time is up. Costs but moves are not looked at.

    `effort` limits each step in deterministic time instead of the clock.
    """
    if sum(len(task.stays) for one in careers.careers for task in one.tasks) > MOST_STAYS:
        return None
    state = State(careers)
    state.put(chosen_from(careers, present))
    hint = dict(state.chosen)
    anew = _to_plan_anew(careers, state)
    if not anew:
        return Least(tuple(state.placements()), is_proven=True)
    if shortages(careers):
        return None
    kept = _kept(hint)
    found = _in_circle(careers, state, anew, limits, effort)
    fewest = kept - _kept(found) if found is not None else None
    allowance = 2 * len(anew) + 2 if fewest is None else min(fewest - 1, 2 * len(anew) + 2)
    while not limits.reached():
        if fewest is not None and allowance < 0:
            return _least(careers, found, is_proven=True)
        status, better = _solved(
            careers, state, _everyone(careers), kept - allowance, limits, effort
        )
        if better is not None:
            return _least(careers, better, is_proven=status == cp_model.OPTIMAL)
        if status != cp_model.INFEASIBLE or allowance >= kept:
            break
        if fewest is not None and allowance == fewest - 1:
            return _least(careers, found, is_proven=True)
        allowance *= GROWTH
        if fewest is not None:
            allowance = min(allowance, fewest - 1)
    return _least(careers, found, is_proven=False)


def _everyone(careers: Careers) -> list[int]:
    return [one.number for one in careers.careers]


def _least(careers: Careers, chosen: Chosen | None, is_proven: bool) -> Least | None:
    if chosen is None:
        return None
    state = State(careers)
    state.put(chosen)
    return Least(tuple(state.placements()), is_proven)


def _kept(chosen: Chosen) -> int:
    return sum(stay.kept > 0 for those in chosen.values() for _, stay in those)


def _to_plan_anew(careers: Careers, state: State) -> list[int]:
    """Whose plan is not whole, or who is where there are too many."""
    found = {
        one.number
        for one in careers.careers
        if not is_complete(careers, one.number, state.chosen.get(one.number, []))
    }
    for department, period, _ in state.overfull():
        found |= state.there(department, period, period + 1)
    return sorted(found)


def _in_circle(
    careers: Careers, state: State, anew: list[int], limits: Limits, effort: float | None
) -> Chosen | None:
    """Everybody's stays, when only a few people had to move; the circle grows while it must."""
    ordered = anew + _rivals(careers, state, anew)
    count = len(anew) + CIRCLE
    end = limits.left() * (1 - SHARE)
    while limits.left() > end and not limits.should_stop():
        members = ordered[:count]
        share = effort if effort is not None else max(0.1, (limits.left() - end) / 2)
        _, chosen = _solved(careers, state, members, 0, limits, share)
        if chosen is not None:
            return {**state.chosen, **chosen}
        if count >= len(ordered):
            break
        count = len(anew) + WIDER * (count - len(anew))
    return None


def _rivals(careers: Careers, state: State, anew: list[int]) -> list[int]:
    """Others, those first who sit most often where those to be planned anew could go."""
    wanted: Counter[tuple[int, int]] = Counter()
    for member in anew:
        for task in careers.careers[member].tasks:
            for stay in task.stays:
                wanted.update((stay.department, p) for p in range(stay.start, stay.end))
    counted = {
        member: sum(
            wanted[stay.department, p] for _, stay in those for p in range(stay.start, stay.end)
        )
        for member, those in state.chosen.items()
        if member not in anew and those
    }
    return sorted(counted, key=lambda member: (-counted[member], member))


def _solved(
    careers: Careers,
    state: State,
    members: Sequence[int],
    least_kept: int,
    limits: Limits,
    effort: float | None,
) -> tuple[cp_model.CpSolverStatus, Chosen | None]:
    """These people's stays beside the others', as many kept as can be and no fewer than that."""
    load = state.load_without(members)
    part = Part(
        careers,
        members,
        state.room_beside(load),
        load,
        with_cost=False,
        hint={member: state.chosen.get(member, []) for member in members},
    )
    built = PartModel(part)
    kept = cp_model.LinearExpr.sum([variable for *_, stay, variable in built.picks if stay.kept])
    if least_kept > 0:
        built.model.add(kept >= least_kept)
    built.model.maximize(kept)
    solver = new_solver(limits, seed=limits.seed, effort=effort)
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_presolve = False  # takes longer than all the rest
    with limits.minding(solver):
        status = solver.solve(built.model)
    return status, built.chosen(solver) if status in FOUND else None
