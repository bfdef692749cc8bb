"""Why one person has no lawful timetable even with every place to themselves: a smallest cause.

Reasons that can be read off come first: a fixed stay against a rule, a requirement that fits
nowhere, too little time. Else everything that binds the person is left out in turn, by ever
smaller portions, and what cannot be left out remains: all of it together is the cause, and
without any one thing of it there is a timetable.
"""

from collections.abc import Iterable
from dataclasses import replace

from trainingbase.planner.explaining.bonds import smallest_conflict
from trainingbase.planner.plan import Explanation, Fact
from trainingbase.planner.problem import (
    Block,
    Placement,
    Problem,
    Resident,
    begun_placements,
    eligible_departments,
)
from trainingbase.planner.rules import check, window_of
from trainingbase.planner.timetables.careers import Careers
from trainingbase.planner.timetables.counting import Hopeless, hopeless
from trainingbase.planner.timetables.limits import Limits


def personal_causes(careers: Careers, lonely: Iterable[int], limits: Limits) -> list[Explanation]:
    """One for each cause; people with the same cause share it."""
    shared: dict[Explanation, list[str]] = {}
    facts_of: dict[tuple, tuple[Fact, ...]] = {}
    for one in hopeless(careers, lonely):
        career = careers.careers[one.member]
        if one.fixed is None and not one.missing and not one.requirement:
            if career.shape not in facts_of:
                facts_of[career.shape] = smallest_conflict(careers.problem, career.resident, limits)
            cause = _of_facts(facts_of[career.shape], tuple(sorted(career.free)))
        else:
            cause = _cause(careers, one)
        shared.setdefault(cause, []).append(career.resident.id)
    return [replace(cause, residents=tuple(people)) for cause, people in shared.items()]


def _of_facts(facts: tuple[Fact, ...], free: tuple[int, ...]) -> Explanation:
    if not facts:
        return Explanation(("before", "window", "away"), periods=free, proven=True)
    return Explanation(
        rules=tuple(dict.fromkeys(fact.rule for fact in facts if fact.rule != "whole")),
        requirements=tuple(dict.fromkeys(r for fact in facts for r in fact.requirements)),
        departments=tuple(dict.fromkeys(d for fact in facts for d in fact.departments)),
        periods=free,
        proven=True,
        facts=facts,
    )


def _cause(careers: Careers, one: Hopeless) -> Explanation:
    problem = careers.problem
    career = careers.careers[one.member]
    resident, free = career.resident, tuple(sorted(career.free))
    if one.fixed is not None:
        block = one.fixed
        return Explanation(
            ("fixed", *rules_broken_by_fixed(problem, resident, block)),
            requirements=(block.requirement,),
            departments=(block.department,),
            periods=tuple(range(block.start, block.end)),
            proven=True,
        )
    if one.missing:
        return Explanation(
            ("one_place_at_a_time",),
            needed=len(free) + one.missing,
            available=len(free),
            periods=free,
            proven=True,
        )
    requirement = problem.programme_of(resident).by_id[one.requirement]
    departments = eligible_departments(problem, resident, requirement)
    first, last = window_of(resident, requirement)
    rule = "window"
    if not departments:
        rule = "eligible"
    elif fits_in_window(careers, one):
        rule = "places"
    return Explanation(
        (rule,),
        requirements=(one.requirement,),
        departments=tuple(department.id for department in departments),
        periods=tuple(range(max(0, first), max(0, last))),
        proven=True,
    )


def rules_broken_by_fixed(problem: Problem, resident: Resident, block: Block) -> tuple[str, ...]:
    """The rules, but for what is not placed yet, against which this stay alone is."""
    alone = replace(problem, residents=(resident,))
    stay = Placement(resident.id, block.requirement, block.department, block.start, block.length)
    found = check(alone, [stay, *begun_placements(alone)])
    broken = [one.rule for one in found if stay in one.placements or one.rule == "known"]
    return tuple(dict.fromkeys(rule for rule in broken if rule != "choose"))


def fits_in_window(careers: Careers, one: Hopeless) -> bool:
    """Whether the window would do, were the departments open."""
    career = careers.careers[one.member]
    requirement = careers.problem.programme_of(career.resident).by_id[one.requirement]
    length = requirement.min_stretch or max(requirement.stretches or (1,))
    first, last = window_of(career.resident, requirement)
    return any(
        start % requirement.align == 0
        and all(period in career.free for period in range(start, start + length))
        for start in range(first, last - length + 1)
    )
