"""What the engine hands back: a plan with its cost, bound, and words on what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trainingbase.planner.problem import Placement

STATUSES = ("optimal", "feasible", "partial", "infeasible")


@dataclass(frozen=True, slots=True)
class Cost:
    """Parts are already multiplied by their weights; `total` is their sum."""

    unplaced: float = 0
    minimum: float = 0
    wish: float = 0
    rank: float = 0
    worst_resident: float = 0
    moved: float = 0

    @property
    def total(self) -> float:
        return round(
            self.unplaced + self.minimum + self.wish + self.rank + self.worst_resident + self.moved,
            6,
        )

    def by_part(self) -> dict[str, float]:
        parts = ("unplaced", "minimum", "wish", "rank", "worst_resident", "moved")
        return {"total": self.total} | {part: getattr(self, part) for part in parts}


@dataclass(frozen=True, slots=True)
class Unplaced:
    """`because` names what is in the way, as `rule:department@first..last`."""

    resident: str
    requirement: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remedy:
    """A change to the problem, solved with: `then` is the status that came out, at `cost`.

    The changes there are stand in `change`. `effort` is in residents × periods: places added,
    training or windows made longer, or the whole training of somebody not admitted.
    """

    change: dict[str, Any]
    then: str
    cost: float | None = None
    effort: float | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing of several that cannot all be kept. `rule` is that of `rules` it belongs to.

    `places`: a department's places in these periods; `closed`: its having none; `whole`: the
    requirement, `count` periods of it; `window`, `before`, `away`, `fixed`, `eligible`, `choose`.
    """

    rule: str
    requirements: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    periods: tuple[int, ...] = ()
    count: int | None = None


@dataclass(frozen=True)
class Explanation:
    """Why there is no lawful plan. `zh` and `en` say the same; ids stand for names.

    `needed` counts those of `residents`, without any one of whom there would be enough;
    `needed_by_all` everybody who must be there. `facts` are, for other causes, a smallest set of
    things that exclude each other.
    """

    rules: tuple[str, ...]
    zh: str = ""
    en: str = ""
    residents: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    periods: tuple[int, ...] = ()
    requirements: tuple[str, ...] = ()
    needed: int | None = None
    available: int | None = None
    remedies: tuple[Remedy, ...] = ()
    proven: bool = False
    needed_by_all: int | None = None
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """One more place in this department and period would save `value`."""

    department: str
    period: int
    value: float


@dataclass(frozen=True)
class Plan:
    """`bound` is a cost below which no plan of this problem can be; None when none is known."""

    status: str
    placements: tuple[Placement, ...] = ()
    cost: Cost = field(default_factory=Cost)
    bound: float | None = None
    seconds: float = 0.0
    unplaced: tuple[Unplaced, ...] = ()
    explanation: tuple[Explanation, ...] = ()
    bottlenecks: tuple[Bottleneck, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)  # further keys of the file, as JSON

    @property
    def is_lawful(self) -> bool:
        return self.status in ("optimal", "feasible")
