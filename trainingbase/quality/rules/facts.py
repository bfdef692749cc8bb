"""What an indicator is made of, and what its facts add up to."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)
BASE, SITE, DEPARTMENT, COHORT, CELL = "base", "site", "department", "cohort", "cell"
"""What monthly figures are kept by; a cell is a department's part of a cohort."""


class Fact(NamedTuple):
    """So much of one `part` in a month (its first day), at a department, of a cohort, about a
    person; None where a fact belongs to no department, cohort or person."""

    month: date
    department_id: int | None
    cohort_id: int | None
    person_id: int | None
    part: str
    amount: Decimal


class Kept(NamedTuple):
    """The sum of a part in a month; `level_id` is that of the level (0: none), and of a cell the
    department's; `cohort_id` is 0 but in cells."""

    month: date
    level: str
    level_id: int
    cohort_id: int
    part: str
    amount: Decimal


class Crowd(NamedTuple):
    """How many people a month's facts of a level are about."""

    month: date
    level: str
    level_id: int
    people: int


def rolled(facts: Iterable[Fact], sites_of: Mapping[int, int]) -> tuple[list[Kept], list[Crowd]]:
    """All levels at once, in order.  `sites_of` says whose site a department is.

    Facts may be millions: each is added once, to its cell, and the levels are added up of cells.
    """
    cells: dict[tuple, Decimal] = defaultdict(Decimal)
    inside: dict[tuple, set[int]] = defaultdict(set)
    for month, department, cohort, person, part, amount in facts:
        cells[month, department, cohort, part] += amount
        if person is not None:
            inside[month, department, cohort].add(person)
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    people: dict[tuple, set[int]] = defaultdict(set)
    for (month, department, cohort, part), amount in cells.items():
        for level, key in _levels(department, cohort, sites_of):
            sums[month, level, key, 0, part] += amount
        sums[month, CELL, department or 0, cohort or 0, part] += amount
    for (month, department, cohort), some in inside.items():
        for level, key in _levels(department, cohort, sites_of):
            people[month, level, key] |= some
    kept = [Kept._make((*key, amount)) for key, amount in sorted(sums.items()) if amount]
    crowds = [Crowd._make((*key, len(some))) for key, some in sorted(people.items())]
    return kept, crowds


def _levels(
    department: int | None, cohort: int | None, sites_of: Mapping[int, int]
) -> list[tuple[str, int]]:
    found = [(BASE, 0)]
    if department is not None:
        found += [(SITE, sites_of[department]), (DEPARTMENT, department)]
    if cohort is not None:
        found.append((COHORT, cohort))
    return found


Parts = Mapping[str, Decimal]


def added(some: Iterable[Parts]) -> dict[str, Decimal]:
    """Part by part."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for parts in some:
        for name, amount in parts.items():
            sums[name] += amount
    return dict(sums)


@dataclass(frozen=True)
class Sum:
    """The parts of a group, and what the indicator says of them.

    `bottom` is None of an indicator without a denominator; `value` is rounded as it is shown
    everywhere, and None of nothing.
    """

    parts: Parts = field(default_factory=dict)
    top: Decimal = ZERO
    bottom: Decimal | None = None
    value: float | None = None

    @property
    def is_empty(self) -> bool:
        return not any(self.parts.values())


def worth(
    parts: Parts, *, top: Iterable[str], bottom: Iterable[str], times: int, decimals: int
) -> Sum:
    """`top` and `bottom` are names of parts, or beginnings of names that end with a colon.
    Without `bottom` the value is the top itself."""
    over, below = list(top), list(bottom)
    upper = sum((amount for name, amount in parts.items() if is_one_of(name, over)), ZERO)
    if not below:
        return Sum(parts, upper, None, round(float(upper), decimals) if parts else None)
    lower = sum((amount for name, amount in parts.items() if is_one_of(name, below)), ZERO)
    value = round(float(upper * times / lower), decimals) if lower else None
    return Sum(parts, upper, lower, value)


def is_one_of(name: str, wanted: Iterable[str]) -> bool:
    return any(name == one or (one.endswith(":") and name.startswith(one)) for one in wanted)
