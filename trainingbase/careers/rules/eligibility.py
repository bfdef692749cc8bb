"""Whether conditions are met, and how much is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from trainingbase.careers.rules.serving import years_later

PEOPLE = ("faculty", "residents", "graduates")
OPERATORS = (">=", "<=", "=")


@dataclass(frozen=True)
class Asked:
    figure: str
    operator: str
    threshold: Decimal
    window_months: int | None = None

    def since(self, today: date) -> date | None:
        if self.window_months is None:
            return None
        return years_later(today, Decimal(-self.window_months) / 12)


@dataclass(frozen=True)
class Found:
    """One figure of one person, and the rows behind it as (table, id); None: nothing is known."""

    value: Decimal | None
    rows: Sequence[tuple[str, int]] = field(default=())


@dataclass(frozen=True)
class Met:
    asked: Asked
    found: Found
    is_met: bool
    missing: Decimal
    """How much more (or, of a limit, how much less) it needs; 0 where it is met."""


def judged(asked: Sequence[Asked], found: Mapping[Asked, Found]) -> list[Met]:
    return [judge(one, found.get(one, Found(None))) for one in asked]


def judge(asked: Asked, found: Found) -> Met:
    """What is not known does not meet anything."""
    if found.value is None:
        return Met(asked, found, False, asked.threshold if asked.operator == ">=" else Decimal(0))
    over = found.value - asked.threshold
    is_met = {">=": over >= 0, "<=": over <= 0, "=": over == 0}[asked.operator]
    return Met(asked, found, is_met, Decimal(0) if is_met else abs(over))
