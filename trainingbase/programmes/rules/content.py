"""What a version says, as plain values: standard departments by name, instruments by code."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Rotation:
    """Months in a standard department; halves are 0.5.  `group`: the elective group, or None."""

    standard: str
    months: Decimal
    may_split: bool
    shortest: Decimal
    at_primary: bool
    group: str | None = None


@dataclass(frozen=True)
class Order:
    """See `models.OrderRule`; `after` in order of names."""

    kind: str
    standard: str
    months: Decimal | None = None
    within: int | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Least:
    standard: str
    category: str
    item: str
    count: int
    note: str | None = None


@dataclass(frozen=True)
class Assessed:
    """`standard` None: in every rotation."""

    instrument: str
    timing: str
    times: int
    standard: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Served:
    """`subject` is the name of a standard department or, with `is_instrument`, a code;
    `competency` is framework code and own code."""

    subject: str
    is_instrument: bool
    competency: tuple[str, str]


@dataclass(frozen=True)
class Content:
    months: Decimal
    rotations: tuple[Rotation, ...] = ()
    groups: tuple[tuple[str, Decimal], ...] = ()
    orders: frozenset[Order] = frozenset()
    leasts: frozenset[Least] = frozenset()
    assessed: frozenset[Assessed] = frozenset()
    served: frozenset[Served] = frozenset()
    frameworks: frozenset[str] = frozenset()

    @property
    def required(self) -> tuple[Rotation, ...]:
        return tuple(one for one in self.rotations if one.group is None)

    @property
    def total(self) -> Decimal:
        """Months in all, each elective group counted once."""
        return sum((one.months for one in self.required), Decimal(0)) + sum(
            (months for _name, months in self.groups), Decimal(0)
        )

    def options(self, group: str) -> tuple[Rotation, ...]:
        return tuple(one for one in self.rotations if one.group == group)
