"""The notice period: what a published plan begins soon stands, unless it has become impossible."""

from collections.abc import Iterable
from dataclasses import replace

from trainingbase.planner.explaining.bonds import has_no_timetable
from trainingbase.planner.problem import (
    Block,
    Placement,
    Problem,
    Resident,
)
from trainingbase.planner.rules import check
from trainingbase.planner.situation import Breach
from trainingbase.planner.standing import is_owed, standing_of
from trainingbase.planner.timetables.limits import Limits


def with_notice(
    problem: Problem, present: Iterable[Placement], periods: int, limits: Limits
) -> tuple[Problem, tuple[Placement, ...]]:
    """The problem with what begins before period `periods` fixed; and what of it cannot stand."""
    present = tuple(present)
    soon = [one for one in present if 0 <= one.start < periods and is_owed(problem, one)]
    standing = standing_of(problem, soon)
    fixed = _with_fixed(problem, standing)
    has_one = _with_timetable(problem, present)
    for resident in fixed.residents:
        if resident.id in has_one:
            continue
        while resident.fixed != problem.resident_by_id[resident.id].fixed and has_no_timetable(
            replace(fixed, residents=(resident,), previous=()), limits
        ):
            mine = [one for one in standing if one.resident == resident.id]
            standing.remove(max(mine, key=lambda one: one.start))
            resident = _with_fixed(problem, standing).resident_by_id[resident.id]
    kept = set(standing)
    return _with_fixed(problem, standing), tuple(one for one in soon if one not in kept)


def _with_timetable(problem: Problem, present: tuple[Placement, ...]) -> set[str]:
    """Those whose present plan is a timetable with all of it, were every place theirs."""
    wrong: set[str] = set()
    for breach in check(problem, present):
        if breach.rule != "places" or _is_closed(problem, breach):
            wrong.update(breach.residents)
    return set(problem.resident_by_id) - wrong


def _is_closed(problem: Problem, breach: Breach) -> bool:
    return any(
        problem.department_by_id[key].places[period] < 1
        for key in breach.departments
        for period in breach.periods
    )


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
