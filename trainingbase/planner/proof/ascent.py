"""A lower bound for every lawful plan, by column generation: prices up, cheapest timetables in.

Any prices give a bound: what the cheapest timetables come to at them, less what the places are
worth. It is computed in whole numbers, so that no rounding lifts it above the optimum.
"""

import math
from collections.abc import Iterable

import numpy as np
from ortools.math_opt.python import mathopt

from trainingbase.planner.proof.master import Column, Duals, Master, Solved, column_of
from trainingbase.planner.proof.pricing import Priced, Pricing
from trainingbase.planner.proof.sweeps import SCALE
from trainingbase.planner.timetables.careers import Careers

SMOOTHING = 0.7
MET = 0.02  # of cost, between what the columns allow and what is proven


class Ascent:
    """`bound` holds for every lawful plan; `best` are the duals that proved it."""

    def __init__(self, careers: Careers, pricing: Pricing) -> None:
        self.careers = careers
        self.pricing = pricing
        self.master = Master(careers, pricing)
        self.grid = grid_of(pricing, careers)
        self.smoothing = SMOOTHING
        self.best = self._nothing()
        self.raw = -math.inf
        self.worst_alone = 0
        self.parameters = mathopt.SolveParameters(
            threads=1, presolve=mathopt.Emphasis.OFF, scaling=mathopt.Emphasis.OFF
        )
        self.solved: Solved | None = None
        self.is_converged = False
        self.dearest = dearest(careers)

    def _nothing(self) -> Duals:
        return Duals(
            np.zeros(self.master.demand.room.shape),
            np.zeros(len(self.careers.careers)),
            [np.zeros(len(one.tasks)) for one in self.careers.careers],
        )

    @property
    def bound(self) -> float:
        """`raw` rounded up to what a cost can be."""
        if self.grid and math.isfinite(self.raw):
            return math.ceil(self.raw / self.grid - 1e-6) * self.grid
        return self.raw

    def begin(self, columns: Iterable[Column] = ()) -> None:
        """Everybody alone, with every place theirs; and the timetables of a plan."""
        alone = self._price(self.best)
        columns = list(columns) + self._columns(alone)
        served = [column.served for column in self._columns(alone)]
        self.worst_alone = max([*served, *self.pricing.constant], default=0)
        self._judge(self.best, alone)
        self.master.add(columns)

    def step(self) -> bool:
        """One round; False when nothing more is to be had."""
        self.solved = self.master.solve(self.parameters)
        if self.solved is None:
            return False
        share = self.smoothing
        while True:
            duals = self.best.between(self.solved.duals, share)
            priced = self._price(duals)
            self._judge(duals, priced)
            new = self.master.add(self._columns(priced))
            if new or share == 0 or self._is_met():
                break
            share = share / 2 if share > 0.3 else 0.0
        if not new or self._is_met():
            if self.solved.over > 1e-6 and self.master.raise_penalty():
                return True
            self.is_converged = True
            return False
        return True

    def is_hopeless(self) -> bool:
        """Whether the bound is above what the dearest lawful plan could cost."""
        return self.raw > self.dearest

    def _is_met(self) -> bool:
        return self.solved is not None and self.raw >= self.solved.value - MET

    def _columns(self, priced: Priced) -> list[Column]:
        return [column_of(self.pricing, member, rows) for member, rows in priced.rows.items()]

    def _price(self, duals: Duals) -> Priced:
        return self.pricing.price(*self._whole(duals))

    def _whole(self, duals: Duals) -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
        """The same in whole numbers within their limits."""
        demand = self.master.demand
        lowest = np.where(demand.least > 0, -math.floor(SCALE * demand.minimum), 0)
        prices = np.maximum(np.round(SCALE * duals.prices).astype(np.int64), lowest)
        extra = np.floor(SCALE * duals.extra).astype(np.int64)
        tolls = [np.round(SCALE * one).astype(np.int64) for one in duals.tolls]
        return prices, extra, tolls

    def _judge(self, duals: Duals, priced: Priced) -> None:
        demand = self.master.demand
        prices, extra, _ = self._whole(duals)
        worth = int((prices * np.where(prices > 0, demand.room, demand.least)).sum())
        left = math.floor(SCALE * demand.worst) - int(extra.sum())
        if left < 0:
            return
        value = (priced.value - worth) / SCALE + demand.constant
        value += left * self.worst_alone / SCALE**2
        if value > self.raw:
            self.raw, self.best = value, duals


def grid_of(pricing: Pricing, careers: Careers) -> float:
    """Every cost is a multiple of it; 0 where that is not known."""
    weights = careers.problem.weights
    served = {float(one.served_constant) for one in careers.careers}
    kept = {weights.moved, careers.moved_constant}
    for career in careers.careers:
        for task in career.tasks:
            served.update(stay.served for stay in task.stays)
            served.update(weights.wish * wish.weight for wish in task.wishes)
    units = _units(served)
    worst = weights.worst_resident * len(careers.careers) * units / SCALE
    return _units({units / SCALE, worst, weights.minimum, *kept}) / SCALE


def _units(values: Iterable[float]) -> int:
    """Greatest common measure in thousandths; 0 where some value is no whole number of them."""
    common = 0
    for value in values:
        if abs(SCALE * value - round(SCALE * value)) > 1e-6:
            return 0
        common = math.gcd(common, round(SCALE * value))
    return common


def dearest(careers: Careers) -> float:
    """No lawful plan costs as much."""
    weights = careers.problem.weights
    served, worst = 0.0, 0.0
    for career in careers.careers:
        most = career.served_constant + sum(
            (task.length if task.in_pieces else 1)
            * max((stay.served for stay in task.stays), default=0.0)
            + weights.wish * sum(wish.weight for wish in task.wishes)
            for task in career.tasks
        )
        served, worst = served + most, max(worst, most)
    least = sum(sum(department.minimum) for department in careers.problem.departments)
    total = served + weights.worst_resident * len(careers.careers) * worst
    return total + weights.minimum * least + careers.moved_constant + 1
