"""How much of what a programme asks has been done.

A line is one item of one standard department: its target, what was confirmed, what still waits.
The target is for all stays in the department together, so that a split stay, a page about one stay
and the whole programme show the same figure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

Key = tuple[int, str, str]
"""Standard department, category, item."""


@dataclass(frozen=True)
class Line:
    """`minimum` is what the programme asks, `target` what is left of it for this resident."""

    standard_department_id: int
    category: str
    item: str
    minimum: int
    target: int
    done: int = 0
    waiting: int = 0

    @property
    def counted(self) -> int:
        """What counts: never more than the target."""
        return min(self.done, self.target)

    @property
    def missing(self) -> int:
        return self.target - self.counted

    @property
    def percent(self) -> Decimal:
        return share(self.counted, self.target)


@dataclass(frozen=True)
class Completion:
    """All lines of one resident."""

    lines: tuple[Line, ...]

    @property
    def counted(self) -> int:
        return sum(line.counted for line in self.lines)

    @property
    def target(self) -> int:
        return sum(line.target for line in self.lines)

    @property
    def waiting(self) -> int:
        return sum(min(line.waiting, line.missing) for line in self.lines)

    @property
    def percent(self) -> Decimal:
        return share(self.counted, self.target)

    def of(self, standard_department_ids: Iterable[int]) -> "Completion":
        """The part of some standard departments."""
        wanted = set(standard_department_ids)
        kept = (line for line in self.lines if line.standard_department_id in wanted)
        return Completion(tuple(kept))


def share(counted: int, target: int) -> Decimal:
    """Percent with one decimal, never above 100; rounded down, so that 100 means all of it.
    Where nothing is asked all of it is done."""
    if target <= 0:
        return Decimal("100.0")
    return Decimal(min(counted, target) * 1000 // target) / 10


def target_of(minimum: int, *, months: Decimal, credited: Decimal) -> int:
    """What is left of a minimum when `credited` of the `months` in the department need not be
    done; rounded up, so that a credit never takes away more than its part."""
    if months <= 0:
        return minimum
    left = max(Fraction(0), Fraction(months) - Fraction(credited)) / Fraction(months)
    return ceil(minimum * left)


def lines(
    minimums: Iterable[tuple[Key, int]],
    *,
    months: Mapping[int, Decimal],
    credited: Mapping[int, Decimal],
    done: Mapping[Key, int],
    waiting: Mapping[Key, int],
) -> tuple[Line, ...]:
    """One for each minimum in a department of `months`, in the order given."""
    return tuple(
        Line(
            *key,
            minimum=minimum,
            target=target_of(
                minimum, months=months[key[0]], credited=credited.get(key[0], Decimal(0))
            ),
            done=done.get(key, 0),
            waiting=waiting.get(key, 0),
        )
        for key, minimum in minimums
        if key[0] in months
    )
