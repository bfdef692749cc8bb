"""The notice period: what a published plan begins soon stands, unless it has become impossible."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from trainingbase.planner.bonds import has_no_timetable
from trainingbase.planner.limits import Limits
from trainingbase.planner.problem import (
    Block,
    Placement,
    Problem,
    Resident,
    begun_placements,
    blocks_met,
    fixed_placements,
)
from trainingbase.planner.rules import check

UNFINISHED = ("whole", "choose", "fixed")  # rules that a part of a plan may break


def with_notice(
    problem: Problem, present: Iterable[Placement], periods: int, limits: Limits
) -> tuple[Problem, tuple[Placement, ...]]:
    """The problem with what begins before period `periods` fixed; and what of it cannot stand."""
    soon = [one for one in present if 0 <= one.start < periods and _is_owed(problem, one)]
    standing = _standing(problem, soon)
    fixed = _with_fixed(problem, standing)
    for resident in fixed.residents:
        while resident.fixed != problem.resident_by_id[resident.id].fixed and has_no_timetable(
            replace(fixed, residents=(resident,), previous=()), limits
        ):
            mine = [one for one in standing if one.resident == resident.id]
            standing.remove(max(mine, key=lambda one: one.start))
            resident = _with_fixed(problem, standing).resident_by_id[resident.id]
    kept = set(standing)
    return _with_fixed(problem, standing), tuple(one for one in soon if one not in kept)


def _is_owed(problem: Problem, placement: Placement) -> bool:
    """Not what is begun or fixed anyway, nor what somebody no longer there would do."""
    resident = problem.resident_by_id.get(placement.resident)
    if resident is None or not placement.requirement:
        return False
    decided = {*begun_placements(problem), *fixed_placements(problem)}
    met = placement.requirement in blocks_met(resident)
    return placement not in decided and not met


def _standing(problem: Problem, soon: list[Placement]) -> list[Placement]:
    """Those that break no rule together, as many as may be: the most in the way goes first."""
    decided = [*begun_placements(problem), *fixed_placements(problem)]
    standing = list(soon)
    already = set(check(problem, decided))
    while True:
        breaches = [one for one in check(problem, [*decided, *standing]) if one not in already]
        in_the_way = Counter(
            placement
            for one in breaches
            if not _is_unfinished(one.rule, one.needed, one.found)
            for placement in one.placements
            if placement in standing
        )
        if not in_the_way:
            return standing
        standing.remove(max(standing, key=lambda one: (in_the_way[one], one.start, one)))


def _is_unfinished(rule: str, needed: int | None, found: int | None) -> bool:
    """What only lacks the rest of the plan."""
    if rule == "whole" and needed is not None and found is not None:
        return found < needed
    return rule in UNFINISHED


def _with_fixed(problem: Problem, placements: Iterable[Placement]) -> Problem:
    more: dict[str, list[Block]] = {}
    for one in placements:
        block = Block(one.requirement, one.department, one.start, one.length)
        more.setdefault(one.resident, []).append(block)

    def bound(resident: Resident) -> Resident:
        if resident.id not in more:
            return resident
        return replace(resident, fixed=(*resident.fixed, *more[resident.id]))

    return replace(problem, residents=tuple(bound(one) for one in problem.residents))
