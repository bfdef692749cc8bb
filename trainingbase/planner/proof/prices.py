"""What one more place is worth, by department and period: the duals of the proof.

A marginal price of the relaxation that gave the bound: what the first further place would save if
timetables could be shared in parts. It is exact for the bound, a guide for the plan; several
places at once save less than their sum.
"""

from trainingbase.planner.plan import Bottleneck
from trainingbase.planner.problem import Problem
from trainingbase.planner.proof.master import Duals

LEAST_WORTH = 0.01


def bottlenecks(problem: Problem, duals: Duals) -> tuple[Bottleneck, ...]:
    """Dearest first; places that nobody waits for are left out."""
    found = [
        Bottleneck(department.id, period, round(float(price), 3))
        for department, row in zip(problem.departments, duals.prices, strict=True)
        for period, price in enumerate(row)
        if price >= LEAST_WORTH
    ]
    return tuple(sorted(found, key=lambda one: (-one.value, one.department, one.period)))
