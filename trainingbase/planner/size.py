"""How large a problem is before anything is built from it, and the size that is refused."""

from itertools import accumulate

from trainingbase.planner.problem import (
    Department,
    Problem,
    Requirement,
    blocks_met,
    eligible_departments,
)
from trainingbase.planner.rules import window_of

MOST_STAYS = 1_000_000  # 1,000 residents with 66 half months before them have 900,000


class TooLarge(ValueError):
    """The message says how large the problem is and how large it may be."""


def refuse_too_large(problem: Problem, most: int = MOST_STAYS) -> None:
    stays = number_of_stays(problem)
    if stays > most:
        raise TooLarge(
            f"the problem is too large to be planned at once: {len(problem.residents):,} residents"
            f" have {stays:,} possible stays (requirement, department and start),"
            f" the most is {most:,}; plan cohorts or bases one by one"
        )


def number_of_stays(problem: Problem) -> int:
    """Of all residents; leave and begun blocks, which make them fewer, are not looked at."""
    opening = _Opening(problem)
    eligible: dict[tuple, tuple[Department, ...]] = {}
    total = 0
    for resident in problem.residents:
        met = blocks_met(resident)
        for requirement in problem.programme_of(resident).requirements:
            if requirement.id in met:
                continue
            key = (resident.institutions, requirement.standard)
            if key not in eligible:
                eligible[key] = eligible_departments(problem, resident, requirement)
            first, last = window_of(resident, requirement)
            total += sum(
                opening.starts(department, length, requirement.align, first, last)
                for length in _lengths(requirement)
                for department in eligible[key]
            )
    return total


def _lengths(requirement: Requirement) -> tuple[int, ...]:
    if requirement.stretches is not None:
        return requirement.stretches
    return tuple(range(requirement.min_stretch or 1, requirement.length + 1))


class _Opening:
    """Counts the starts at which a department is open for so many periods in a row."""

    def __init__(self, problem: Problem) -> None:
        self.periods = problem.periods
        self.counts: dict[tuple[str, int, int], list[int]] = {}

    def starts(self, at: Department, length: int, align: int, first: int, last: int) -> int:
        first, behind = max(0, first), min(last, self.periods) - length + 1
        if behind <= first:
            return 0
        counts = self._counts(at, length, align)
        return counts[behind] - counts[first]

    def _counts(self, at: Department, length: int, align: int) -> list[int]:
        key = (at.id, length, align)
        if key not in self.counts:
            closed = [0, *accumulate(places < 1 for places in at.places)]
            opened = (
                start % align == 0 and closed[start + length] == closed[start]
                for start in range(self.periods - length + 1)
            )
            self.counts[key] = [0, *accumulate(opened)]
        return self.counts[key]
