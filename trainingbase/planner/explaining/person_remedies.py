"""What would give one person a timetable who has none even with every place to themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from trainingbase.planner.change import (
    Change,
    add_places,
    changed,
    effort,
    extend,
    loosen,
    release,
    without,
)
from trainingbase.planner.explaining.bonds import has_no_timetable
from trainingbase.planner.problem import Problem, Resident, blocks_met, eligible_departments
from trainingbase.planner.rules import window_of
from trainingbase.planner.timetables.limits import Limits

STEPS = (1, 2, 3, 4, 6, 9, 12)  # periods longer, or wider
MOST_TRIED = 80


def person_remedies(problem: Problem, members: Sequence[int], limits: Limits) -> list[Change]:
    """One for each who has still no timetable when those before were helped.

    The least of the changes that work alone; not to be planned at all where none does.
    """
    made: list[Change] = []
    better = problem
    for member in members:
        resident = better.resident_by_id[problem.residents[member].id]
        if not has_no_timetable(_alone(better, resident), limits):
            continue
        change = _least(better, resident, limits) or without([resident.id])
        made.append(change)
        better = changed(better, change)
    return made


def _alone(problem: Problem, resident: Resident) -> Problem:
    return replace(problem, residents=(resident,), previous=())


def _least(problem: Problem, resident: Resident, limits: Limits) -> Change | None:
    ordered = sorted(_ways(problem, resident), key=lambda one: effort(problem, one))
    for change in ordered[:MOST_TRIED]:
        if limits.reached():
            return None
        if not has_no_timetable(changed(_alone(problem, resident), change), limits):
            return change
    return None


def _ways(problem: Problem, resident: Resident) -> Iterator[Change]:
    for step in STEPS:
        if resident.until + step <= problem.periods:
            yield extend(resident.id, step)
    for block in resident.fixed:
        places = problem.department_by_id[block.department].places
        periods = range(max(0, block.start), min(block.end, problem.periods))
        closed = [period for period in periods if not places[period]]
        if closed:
            yield add_places(block.department, closed, 1)
        yield release(resident.id, block.requirement, block.start)
    met = blocks_met(resident)
    programme = problem.programme_of(resident)
    for requirement in programme.requirements:
        if requirement.id in met:
            continue
        first, last = (max(0, one) for one in window_of(resident, requirement))
        for department in eligible_departments(problem, resident, requirement):
            closed = [p for p in range(first, last) if not department.places[p]]
            if closed:
                yield add_places(department.id, closed, 1)
        for step in STEPS:
            if requirement.earliest > 0:
                yield loosen(programme.id, requirement.id, earlier=min(step, requirement.earliest))
            if requirement.latest_end is not None:
                yield loosen(programme.id, requirement.id, later=step)
