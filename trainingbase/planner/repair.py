"""Driving a plan into its places: guided local search over everybody's row of blocks.

A resident in an overfull place takes the cheapest rearrangement of their own time; places that
stay overfull grow dearer until somebody gives way.
"""

import random
from collections.abc import Callable, Iterable

import numpy as np

from trainingbase.planner.line import Line
from trainingbase.planner.search import Search

NOISE = 0.01


class Repair:
    """`zeal`: what one unit of cost weighs against one place too many for one period.

    In `forgiven` departments (numbers) too many are let be, few rather than many: to learn how
    many places they lack.
    """

    def __init__(
        self,
        search: Search,
        *,
        zeal: float = 0.0,
        seed: int = 1,
        forgiven: Iterable[int] = (),
    ) -> None:
        self.search = search
        self.limits = search.limits
        self.zeal = zeal
        self.random = random.Random(seed)  # noqa: S311 - a search, not a secret
        self.noise = np.random.default_rng(seed)
        state = search.state
        problem = search.careers.problem
        self.load = np.array(state.load)
        self.places = np.array([list(row) for row in state.places])
        self.least = np.array([department.minimum for department in problem.departments])
        self.short_price = zeal * problem.weights.minimum
        self.weight = np.ones(self.load.shape)
        self.dearer = np.full(self.load.shape, 0.2)
        self.counted = np.ones(self.load.shape, dtype=int)
        for number in forgiven:
            self.weight[number] = 0.5
            self.dearer[number] = 0.0
        self.counted[self.dearer > 0] = 1000 if self.dearer.min() == 0 else 1
        self.lines = {
            member: Line(search.careers, search.careers.careers[member], those, zeal)
            for member, those in state.chosen.items()
            if those
        }
        self.everyone = sorted(self.lines)
        self.best_over = self.over()
        self.best = self.chosen()

    def over(self) -> int:
        """Places too many, those not forgiven a thousandfold where some are."""
        return int((np.maximum(self.load - self.places, 0) * self.counted).sum())

    def chosen(self) -> dict:
        return {who: line.chosen() for who, line in self.lines.items()}

    def run(self, steps: int, tell: Callable[[int], None], until: Callable[[], bool]) -> None:
        """Ends lawful, after so many steps to no avail, or when told.

        Leaves the best it saw in the search's state.
        """
        idle = 0
        while idle < steps:
            if idle % 32 == 0 and until():
                break
            idle += 1
            member = self._somebody()
            if member is None:
                break
            if self._rearrange(member):
                over = self.over()
                if over < self.best_over:
                    self.best_over = over
                    idle = 0
                    self.best = self.chosen()
                    tell(over)
        self.search.state.put(self.best)

    def _somebody(self) -> int | None:
        """Someone in an overfull place, at random; mostly in one that is not forgiven."""
        over = self.load > self.places
        strict = over & (self.dearer > 0)
        cells = np.argwhere(strict if strict.any() and self.random.random() < 0.9 else over)
        while len(cells):
            pick = self.random.randrange(len(cells))
            department, period = cells[pick]
            there = [
                member
                for member, line in self.lines.items()
                if any(
                    stay is not None
                    and stay.department == department
                    and stay.start <= period < stay.end
                    for stay in line.stays
                )
            ]
            if there:
                return self.random.choice(there)
            cells = np.delete(cells, pick, axis=0)
        return None

    def _rearrange(self, member: int) -> bool:
        line = self.lines[member]
        self._count(line, -1)
        price = np.where(self.load >= self.places, self.weight, 0.0)
        if self.short_price:
            price -= self.short_price * (self.load < self.least)
        rows = line.prices(price)
        gains, _ = line.moves(rows, price)
        gains += self.noise.random(gains.shape) * NOISE
        flat = gains.ravel()
        moved = False
        i, j = line.upper(len(line.order))
        for pick in self._cheapest(flat, min(24, len(flat) - 1)):
            if flat[pick] > NOISE:
                break
            kind, pair = divmod(int(pick), gains.shape[1])
            order = line.rearranged(kind, int(i[pair]), int(j[pair]))
            starts = line.starts_in(order)
            if line.keeps_order(starts) and line.settle(order, starts, rows):
                moved = True
                break
        self._count(line, 1)
        self._make_dearer(line)
        return moved

    def _cheapest(self, flat: np.ndarray, count: int) -> np.ndarray:
        if count < 1:
            return np.arange(len(flat))
        some = np.argpartition(flat, count)[: count + 1]
        return some[np.argsort(flat[some])]

    def _make_dearer(self, line: Line) -> None:
        for stay in line.stays:
            if stay is not None:
                at = slice(stay.start, stay.end)
                full = self.load[stay.department, at] > self.places[stay.department, at]
                self.weight[stay.department, at] += self.dearer[stay.department, at] * full

    def _count(self, line: Line, sign: int) -> None:
        for stay in line.stays:
            if stay is not None:
                self.load[stay.department, stay.start : stay.end] += sign


def repair(
    search: Search,
    tell: Callable[[int], None],
    until: Callable[[], bool],
    steps: int | None = None,
) -> None:
    """First minding wishes, then, where that leads nowhere, places alone.

    `steps` to no avail end it; without them it goes on until it is told to end.
    """
    mindful = min(20 * len(search.careers.careers) + 2000, steps or 10**9)
    for number, (zeal, most) in enumerate(((0.4, mindful), (0.0, steps or 10**9))):
        work = Repair(search, zeal=zeal, seed=search.limits.seed + number)
        if work.best_over == 0 or until():
            return
        work.run(most, tell, until)
