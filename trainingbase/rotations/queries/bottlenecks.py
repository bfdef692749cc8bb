"""What one more place would be worth, by department and month."""

from dataclasses import dataclass
from datetime import date

from trainingbase.rotations.models import Plan
from trainingbase.rotations.rules.halves import start_of


@dataclass(frozen=True)
class Price:
    """What the cheapest plan would cost less with one more place there in that month."""

    department: int
    month: date
    value: float


def prices_of(plan: Plan) -> list[Price]:
    """The dearest first; the halves of a month are one."""
    found: dict[tuple[int, date], float] = {}
    for department, period, value in plan.bottlenecks or ():
        key = (department, start_of(plan.starts_on, period).replace(day=1))
        found[key] = found.get(key, 0.0) + value
    prices = [Price(*key, round(value, 2)) for key, value in found.items() if value > 0.004]
    return sorted(prices, key=lambda one: (-one.value, one.month, one.department))
