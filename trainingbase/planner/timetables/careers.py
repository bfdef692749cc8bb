"""All that each resident could do: for every requirement still owed, every stay that is allowed.

Departments and residents are numbers here (their order in the problem). A `Stay` carries what it
costs by itself (wishes missed, ranks, previous placements kept as a saving); windows, leave,
eligibility, begun blocks and alignment are already in the list of stays, the rest is the model's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from trainingbase.planner.cost import rank_of
from trainingbase.planner.problem import (
    Placement,
    Problem,
    Requirement,
    Resident,
    begun_placements,
    blocks_met,
    eligible_departments,
)
from trainingbase.planner.rules import window_of
from trainingbase.planner.timetables.order import in_their_turn
from trainingbase.planner.timetables.stay import Stay, Task


@dataclass(frozen=True)
class Career:
    """What one resident still owes. `free` are periods neither on leave nor taken by begun blocks.

    `wish_constant` is lost whatever is planned; `slack` is free periods less periods owed.
    """

    number: int
    resident: Resident
    tasks: tuple[Task, ...]
    free: frozenset[int]
    slack: int
    choices: tuple[tuple[int, tuple[str, ...]], ...]
    pairs: tuple[tuple[str, str], ...]
    served_constant: float

    @cached_property
    def tasks_of(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for number, task in enumerate(self.tasks):
            found.setdefault(task.requirement.id, []).append(number)
        return {key: tuple(those) for key, those in found.items()}

    @cached_property
    def shape(self) -> tuple:
        """Equal for residents to whom the same timetables are open, whatever they wish."""
        one = self.resident
        return (
            one.programme,
            (one.from_period, one.until, one.training_start),
            (one.away, one.done, one.institutions),
            (one.in_progress, one.fixed),
        )

    @cached_property
    def is_elective(self) -> frozenset[str]:
        return frozenset(of for _, those in self.choices for of in those)


@dataclass(frozen=True)
class Careers:
    """`load` is what begun blocks take: [department][period]. `moved_constant` is in the cost."""

    problem: Problem
    careers: tuple[Career, ...]
    load: tuple[tuple[int, ...], ...]
    moved_constant: float
    department_number: dict[str, int] = field(repr=False, default_factory=dict)

    def placements(self, chosen: Iterable[tuple[int, int, Stay]]) -> list[Placement]:
        """Placements of (career, task, stay), and those already begun, in order."""
        names = [department.id for department in self.problem.departments]
        made = [
            Placement(
                self.careers[career].resident.id,
                self.careers[career].tasks[task].requirement.id,
                names[stay.department],
                stay.start,
                stay.length,
            )
            for career, task, stay in chosen
        ]
        return sorted([*made, *begun_placements(self.problem)])


def careers_of(problem: Problem) -> Careers:
    number = {department.id: i for i, department in enumerate(problem.departments)}
    load = [[0] * problem.periods for _ in problem.departments]
    for resident in problem.residents:
        for block in resident.in_progress:
            for period in range(block.start, block.start + block.length):
                if 0 <= period < problem.periods:
                    load[number[block.department]][period] += 1
    begun = {_key(one) for one in begun_placements(problem)}
    kept = {
        _key(one): problem.weights.moved
        for one in problem.previous
        if one.start >= 0 and _key(one) not in begun
    }
    return Careers(
        problem,
        tuple(
            _career(problem, i, resident, number, kept)
            for i, resident in enumerate(problem.residents)
        ),
        tuple(tuple(row) for row in load),
        sum(kept.values()),
        number,
    )


def _key(placement: Placement) -> tuple[str, str, str, int]:
    """What must be the same for a placement not to have moved."""
    return placement.resident, placement.requirement, placement.department, placement.start


def _career(
    problem: Problem,
    i: int,
    resident: Resident,
    number: dict[str, int],
    kept: dict[tuple[str, str, str, int], float],
) -> Career:
    programme = problem.programme_of(resident)
    met = blocks_met(resident)
    begun = {
        p for block in resident.in_progress for p in range(block.start, block.start + block.length)
    }
    free = frozenset(
        p
        for p in range(resident.from_period, resident.until)
        if p not in resident.away and p not in begun
    )
    choices = tuple(
        (
            max(0, choice.count - len(met.intersection(choice.of))),
            tuple(of for of in choice.of if of not in met),
        )
        for choice in programme.choose
    )
    tasks: list[Task] = []
    for requirement in programme.requirements:
        if requirement.id not in met:
            tasks += _tasks(problem, resident, requirement, free, number, kept)
    pairs = tuple(pair for pair in programme.before if pair[1] not in met and pair[0] not in met)
    elective = {of for _, those in choices for of in those}
    tasks = in_their_turn(tasks, [one for one in pairs if not elective.intersection(one)], free)
    return Career(
        i,
        resident,
        tuple(tasks),
        free,
        len(free) - _periods_owed(programme.by_id, tasks, choices),
        choices,
        pairs,
        _served_by_begun(problem, resident),
    )


def _periods_owed(
    by_id: dict[str, Requirement],
    tasks: list[Task],
    choices: tuple[tuple[int, tuple[str, ...]], ...],
) -> int:
    """At least so many; exactly so many when the electives of a choice are equally long."""
    elective = {of for _, those in choices for of in those}
    owed = sum(task.length for task in tasks if task.requirement.id not in elective)
    for count, those in choices:
        owed += sum(sorted(by_id[of].length for of in those)[:count])
    return owed


def _served_by_begun(problem: Problem, resident: Resident) -> float:
    total = 0.0
    begun = {block.requirement: block for block in resident.in_progress}
    for block in resident.in_progress:
        rank = rank_of(problem, resident, block.requirement, block.department)
        total += problem.weights.rank * rank
    for wish in resident.wishes:
        if wish.requirement not in begun or wish.requirement in resident.done:
            continue
        if not wish.start_from <= begun[wish.requirement].start < wish.start_to:
            total += problem.weights.wish * wish.weight
    return total


def _tasks(
    problem: Problem,
    resident: Resident,
    requirement: Requirement,
    free: frozenset[int],
    number: dict[str, int],
    kept: dict[tuple[str, str, str, int], float],
) -> list[Task]:
    first, last = window_of(resident, requirement)
    for early, late in problem.programme_of(resident).before:
        if late == requirement.id:
            for block in resident.in_progress:
                if block.requirement == early:
                    first = max(first, block.start + block.length)
    wishes = tuple(wish for wish in resident.wishes if wish.requirement == requirement.id)
    departments = eligible_departments(problem, resident, requirement)
    in_pieces = requirement.stretches is None
    tasks = []
    for stretch, length in enumerate(requirement.stretches or (requirement.length,)):
        lengths = _piece_lengths(requirement) if in_pieces else (length,)
        stays = []
        for one in lengths:
            for start in _starts(requirement, one, first, last, free):
                priced = () if in_pieces or stretch else wishes
                missed = sum(
                    wish.weight for wish in priced if not wish.start_from <= start < wish.start_to
                )
                for department in departments:
                    if min(department.places[start : start + one]) < 1:
                        continue
                    rank = rank_of(problem, resident, requirement.id, department.id)
                    key = (resident.id, requirement.id, department.id, start)
                    served = problem.weights.wish * missed + problem.weights.rank * rank
                    stays.append(
                        Stay(number[department.id], start, one, served, kept.get(key, 0.0))
                    )
        tasks.append(
            Task(requirement, stretch, length, in_pieces, stretch == 0, tuple(stays), wishes)
        )
    return tasks


def _piece_lengths(requirement: Requirement) -> tuple[int, ...]:
    least = requirement.min_stretch or 1
    return tuple(
        length
        for length in range(least, requirement.length + 1)
        if requirement.length - length == 0 or requirement.length - length >= least
    )


def _starts(
    requirement: Requirement, length: int, first: int, last: int, free: frozenset[int]
) -> list[int]:
    return [
        start
        for start in range(first, last - length + 1)
        if start % requirement.align == 0
        and all(period in free for period in range(start, start + length))
    ]
