"""The nouns of planning. Periods count from 0, the first day of `Problem.starts_on`; ends exclude.

Everything is frozen and comparable; ids are strings without meaning to the engine.
"""

from dataclasses import dataclass, field
from functools import cached_property

UNITS = ("month", "half-month", "week")


class UnknownId(KeyError):
    """A problem was asked for a department, programme or resident it does not have."""


@dataclass(frozen=True, slots=True)
class Department:
    """Where one can be in a period. `places[p]` is the hard maximum, `minimum[p]` a wish."""

    id: str
    standards: tuple[str, ...]
    institution: str
    places: tuple[int, ...]
    minimum: tuple[int, ...]
    primary_care: bool = False


@dataclass(frozen=True, slots=True)
class Requirement:
    """`length` periods, in `stretches` (in this order), or in pieces of at least `min_stretch`.

    Exactly one of the two is set. `earliest` and `latest_end` count from the training start of the
    resident. Every stretch starts at a period divisible by `align`.
    """

    id: str
    standard: tuple[str, ...]
    length: int
    stretches: tuple[int, ...] | None = None
    min_stretch: int | None = None
    earliest: int = 0
    latest_end: int | None = None
    same_department: bool = False
    align: int = 1


@dataclass(frozen=True, slots=True)
class Choice:
    """Exactly `count` of the requirements `of` are taken."""

    id: str
    of: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Programme:
    id: str
    requirements: tuple[Requirement, ...]
    before: tuple[tuple[str, str], ...] = ()
    choose: tuple[Choice, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Requirement]:
        return {requirement.id: requirement for requirement in self.requirements}

    @cached_property
    def elective_ids(self) -> frozenset[str]:
        return frozenset(of for choice in self.choose for of in choice.of)


@dataclass(frozen=True, slots=True)
class Block:
    """A stay of a resident that is already decided: begun, or fixed by the office."""

    requirement: str
    department: str
    start: int
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Wish:
    """`weight` is lost when the requirement does not start in [`start_from`, `start_to`)."""

    requirement: str
    start_from: int
    start_to: int
    weight: float = 1


@dataclass(frozen=True)
class Resident:
    """May be placed in periods `from_period` <= p < `until`, not in those of `away`."""

    id: str
    programme: str
    from_period: int
    until: int
    training_start: int = 0
    away: frozenset[int] = frozenset()
    done: frozenset[str] = frozenset()
    in_progress: tuple[Block, ...] = ()
    fixed: tuple[Block, ...] = ()
    institutions: frozenset[str] | None = None
    wishes: tuple[Wish, ...] = ()
    rank: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """`requirement` "" is time spent beyond the programme: it takes a place and meets nothing."""

    resident: str
    requirement: str
    department: str
    start: int
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Weights:
    unplaced: float = 1000
    minimum: float = 1
    wish: float = 1
    rank: float = 1
    worst_resident: float = 0.1
    moved: float = 3


@dataclass(frozen=True)
class Problem:
    """`previous` is the published plan: a placement of it that changes costs `weights.moved`.

    What of it begins before period `notice` is not to move at all, unless it must.
    """

    unit: str
    starts_on: str
    periods: int
    departments: tuple[Department, ...]
    programmes: dict[str, Programme]
    residents: tuple[Resident, ...]
    previous: tuple[Placement, ...] = ()
    weights: Weights = Weights()
    name: str = ""
    notes: tuple[str, ...] = ()
    notice: int = 0

    @cached_property
    def department_by_id(self) -> dict[str, Department]:
        return {department.id: department for department in self.departments}

    @cached_property
    def resident_by_id(self) -> dict[str, Resident]:
        return {resident.id: resident for resident in self.residents}

    @cached_property
    def departments_of_standard(self) -> dict[str, tuple[Department, ...]]:
        found: dict[str, list[Department]] = {}
        for department in self.departments:
            for standard in department.standards:
                found.setdefault(standard, []).append(department)
        return {standard: tuple(those) for standard, those in found.items()}

    def programme_of(self, resident: Resident) -> Programme:
        return self.programmes[resident.programme]


def eligible_departments(
    problem: Problem, resident: Resident, requirement: Requirement
) -> tuple[Department, ...]:
    """Departments in which this resident may meet this requirement, in the problem's order."""
    wanted = set(requirement.standard)
    return tuple(
        department
        for department in problem.departments
        if wanted.intersection(department.standards) and may_go(resident, department)
    )


def may_go(resident: Resident, department: Department) -> bool:
    """Primary-care sites are open only to residents of `institutions`; None opens all."""
    if not department.primary_care or resident.institutions is None:
        return True
    return department.institution in resident.institutions


def blocks_met(resident: Resident) -> frozenset[str]:
    """Requirements met without any new placement: done, or what is left of them is under way."""
    return resident.done | {block.requirement for block in resident.in_progress}


def begun_placements(problem: Problem) -> list[Placement]:
    return [
        Placement(resident.id, block.requirement, block.department, block.start, block.length)
        for resident in problem.residents
        for block in resident.in_progress
    ]


def fixed_placements(problem: Problem) -> list[Placement]:
    return [
        Placement(resident.id, block.requirement, block.department, block.start, block.length)
        for resident in problem.residents
        for block in resident.fixed
    ]
