"""What one more place is worth, by department and period: the duals of the proof.

A marginal price of the relaxation that gave the bound: what the first further place would save if
timetables could be shared in parts. It is exact for the bound, a guide for the plan; several
places at once save less than their sum.
"""

from collections.abc import Iterable

import numpy as np

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


def by_department(problem: Problem, found: Iterable[Bottleneck]) -> dict[str, tuple[float, ...]]:
    """The same as a table: department -> value in each period; only rows that have one."""
    table = {one.id: np.zeros(problem.periods) for one in problem.departments}
    for one in found:
        table[one.department][one.period] = one.value
    rows = {key: row for key, row in table.items() if row.any()}
    dearest_first = sorted(rows, key=lambda key: (-rows[key].sum(), key))
    return {key: tuple(float(value) for value in rows[key]) for key in dearest_first}


def scarce_cells(problem: Problem, duals: Duals, most: int = 20) -> tuple[tuple[str, int], ...]:
    """Where places are dearest: where nothing lawful exists, the proof rests on these."""
    return tuple((one.department, one.period) for one in bottlenecks(problem, duals)[:most])
