"""What binds one person, and the smallest part of it that leaves no timetable.

Everything that binds is left out in turn, by ever smaller portions; what cannot be left out
remains. Each step asks CP-SAT for one timetable of the one person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from trainingbase.planner.explaining.together import smallest
from trainingbase.planner.plan import Fact
from trainingbase.planner.problem import Problem, Programme, Resident, blocks_met
from trainingbase.planner.rules import window_of
from trainingbase.planner.search.model import Part
from trainingbase.planner.search.search import solve_part
from trainingbase.planner.timetables.careers import careers_of
from trainingbase.planner.timetables.limits import Limits

EFFORT = 1.0  # deterministic seconds to look for one timetable
ALWAYS = 10**6  # periods by which a window is opened to both sides


@dataclass(frozen=True)
class _Bond:
    """Something that can be left out: of requirement or department `id`, of a pair, of a number."""

    kind: str
    id: str = ""
    pair: tuple[str, str] = ("", "")
    number: int = 0


def smallest_conflict(problem: Problem, resident: Resident, limits: Limits) -> tuple[Fact, ...]:
    """Facts that exclude each other; without any one of them there is a timetable."""
    bonds = smallest(
        _bonds(problem, resident),
        lambda some: has_no_timetable(_bound_by(problem, resident, some), limits),
    )
    if limits.reached():
        return ()
    return tuple(_fact(problem, resident, one) for one in bonds)


def _bonds(problem: Problem, resident: Resident) -> list[_Bond]:
    """Those an office would rather not hear of come first: they are left out where they can."""
    programme, met = problem.programme_of(resident), blocks_met(resident)
    owed = [one for one in programme.requirements if one.id not in met]
    found = [_Bond("eligible")] if resident.institutions is not None else []
    found += [_Bond("closed", one.id) for one in problem.departments if min(one.places) < 1]
    found += [_Bond("whole", one.id) for one in owed if one.id not in programme.elective_ids]
    found += [_Bond("choose", number=number) for number in range(len(programme.choose))]
    found += [_Bond("same_department", one.id) for one in owed if one.same_department]
    found += [
        _Bond("window", one.id) for one in owed if one.earliest > 0 or one.latest_end is not None
    ]
    found += [_Bond("before", pair=pair) for pair in programme.before]
    found += [_Bond("away")] if resident.away else []
    found += [_Bond("fixed", number=number) for number in range(len(resident.fixed))]
    return found


def _bound_by(problem: Problem, resident: Resident, bonds: Sequence[_Bond]) -> Problem:
    """The problem of this one person, who is bound by no more than these."""
    kept = set(bonds)
    programme = _programme(problem.programme_of(resident), blocks_met(resident), kept)
    fixed = tuple(
        block
        for i, block in enumerate(resident.fixed)
        if _Bond("fixed", number=i) in kept and block.requirement in programme.by_id
    )
    one = replace(
        resident,
        away=resident.away if _Bond("away") in kept else frozenset(),
        institutions=resident.institutions if _Bond("eligible") in kept else None,
        fixed=fixed,
        wishes=(),
        rank={},
    )
    departments = tuple(
        d
        if _Bond("closed", d.id) in kept
        else replace(d, places=tuple(max(1, places) for places in d.places))
        for d in problem.departments
    )
    return replace(
        problem,
        departments=departments,
        programmes={programme.id: programme},
        residents=(one,),
        previous=(),
    )


def _programme(programme: Programme, met: frozenset[str], kept: set[_Bond]) -> Programme:
    choose = tuple(c for i, c in enumerate(programme.choose) if _Bond("choose", number=i) in kept)
    elective = {of for choice in choose for of in choice.of}
    requirements = []
    for one in programme.requirements:
        if one.id not in met and one.id not in elective and _Bond("whole", one.id) not in kept:
            continue
        if _Bond("window", one.id) not in kept:
            one = replace(one, earliest=-ALWAYS, latest_end=None)
        same = one.same_department and _Bond("same_department", one.id) in kept
        requirements.append(replace(one, same_department=same))
    ids = {one.id for one in requirements}
    before = tuple(
        pair
        for pair in programme.before
        if _Bond("before", pair=pair) in kept and ids.issuperset(pair)
    )
    return Programme(programme.id, tuple(requirements), before, choose)


def has_no_timetable(alone: Problem, limits: Limits) -> bool:
    """Proven for a problem of one person; False also when time is up."""
    careers = careers_of(alone)
    (career,) = careers.careers
    if any(
        not task.stays and task.requirement.id not in career.is_elective for task in career.tasks
    ):
        return True
    if not career.tasks:
        return bool(career.resident.fixed) or any(count > 0 for count, _ in career.choices)
    everywhere = [[1 + one for one in row] for row in careers.load]
    part = Part(careers, [0], everywhere, everywhere, with_cost=False)
    return solve_part(part, limits, effort=EFFORT, seed=1).status == cp_model.INFEASIBLE


def _fact(problem: Problem, resident: Resident, bond: _Bond) -> Fact:
    programme = problem.programme_of(resident)
    if bond.kind == "closed":
        places = problem.department_by_id[bond.id].places
        closed = tuple(p for p, n in enumerate(places) if n < 1)
        return Fact("closed", departments=(bond.id,), periods=closed)
    if bond.kind == "before":
        return Fact("before", requirements=bond.pair)
    if bond.kind == "away":
        return Fact("away", periods=tuple(sorted(resident.away)))
    if bond.kind == "eligible":
        return Fact("eligible")
    if bond.kind == "fixed":
        block = resident.fixed[bond.number]
        periods = tuple(range(block.start, block.end))
        return Fact("fixed", (block.requirement,), (block.department,), periods)
    if bond.kind == "choose":
        choice = programme.choose[bond.number]
        return Fact("choose", requirements=choice.of, count=choice.count)
    requirement = programme.by_id[bond.id]
    first, last = window_of(resident, requirement)
    periods = tuple(range(max(0, first), last)) if bond.kind == "window" else ()
    length = requirement.length if bond.kind == "whole" else None
    return Fact(bond.kind, (requirement.id,), periods=periods, count=length)
