"""Placements of a problem, indexed as the rules look at them, and the breach they report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from trainingbase.planner.problem import Block, Placement, Problem, Requirement, Resident


@dataclass(frozen=True)
class Breach:
    """One rule broken: which, by which placements, concerning whom, where and when.

    `needed` and `found` are counts where the rule counts: residents against places, periods of a
    requirement against periods placed, electives to take against electives taken.
    """

    rule: str
    placements: tuple[Placement, ...]
    residents: tuple[str, ...]
    departments: tuple[str, ...] = ()
    periods: tuple[int, ...] = ()
    requirements: tuple[str, ...] = ()
    needed: int | None = None
    found: int | None = None


class Situation:
    """A problem and placements, indexed the ways the rules look at them."""

    def __init__(self, problem: Problem, placements: Iterable[Placement]) -> None:
        self.problem = problem
        self.placements = tuple(placements)
        self.strangers: list[Placement] = []
        self.of_resident: dict[str, list[Placement]] = {one.id: [] for one in problem.residents}
        for placement in self.placements:
            if self._is_known(placement):
                self.of_resident[placement.resident].append(placement)
            else:
                self.strangers.append(placement)
        for those in self.of_resident.values():
            those.sort(key=lambda placement: (placement.start, placement.length))

    def _is_known(self, placement: Placement) -> bool:
        resident = self.problem.resident_by_id.get(placement.resident)
        if resident is None or placement.department not in self.problem.department_by_id:
            return False
        if is_begun(resident, placement):
            return True
        if placement.start < 0 or placement.end > self.problem.periods or placement.length < 1:
            return False
        if not placement.requirement:
            return True
        return placement.requirement in self.problem.programme_of(resident).by_id

    def per_resident(self) -> Iterator[tuple[Resident, list[Placement]]]:
        for resident in self.problem.residents:
            yield resident, self.of_resident[resident.id]

    def per_requirement(self) -> Iterator[tuple[Resident, Requirement, list[Placement]]]:
        """Every requirement of everyone, with its placements in order of start, maybe none."""
        for resident, placements in self.per_resident():
            mine: dict[str, list[Placement]] = {}
            for placement in placements:
                mine.setdefault(placement.requirement, []).append(placement)
            for requirement in self.problem.programme_of(resident).requirements:
                yield resident, requirement, mine.get(requirement.id, [])


def is_begun(resident: Resident, placement: Placement) -> bool:
    return any(is_block(block, placement) for block in resident.in_progress)


def is_block(block: Block, placement: Placement) -> bool:
    return (
        block.start == placement.start
        and block.department == placement.department
        and block.requirement == placement.requirement
        and block.length == placement.length
    )


def missing_block(rule: str, resident: Resident, block: Block) -> Breach:
    return Breach(
        rule,
        (),
        (resident.id,),
        (block.department,),
        tuple(range(block.start, block.start + block.length)),
        (block.requirement,),
    )


def count_breach(
    resident: Resident, requirement: Requirement, placements: list[Placement], needed: int
) -> Breach:
    return Breach(
        "whole",
        tuple(placements),
        (resident.id,),
        tuple(dict.fromkeys(one.department for one in placements)),
        tuple(sorted({p for one in placements for p in periods_of(one)})),
        (requirement.id,),
        needed=needed,
        found=sum(one.length for one in placements),
    )


def breach(rule: str, placements: list[Placement], periods: Iterable[int] | None = None) -> Breach:
    if periods is None:
        periods = {p for one in placements for p in periods_of(one)}
    return Breach(
        rule,
        tuple(placements),
        tuple(dict.fromkeys(one.resident for one in placements)),
        tuple(dict.fromkeys(one.department for one in placements)),
        tuple(sorted(periods)),
        tuple(dict.fromkeys(one.requirement for one in placements if one.requirement)),
    )


def periods_of(placement: Placement) -> range:
    return range(placement.start, placement.end)


def runs(periods: Iterable[int]) -> list[tuple[int, int]]:
    """(first, last) of each run of consecutive periods."""
    ordered = sorted(set(periods))
    found = []
    for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        those = [period for _, period in run]
        found.append((those[0], those[-1]))
    return found
