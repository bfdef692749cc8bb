"""Driving a plan into its places: guided local search over everybody's row of blocks.

A resident in an overfull place takes the cheapest rearrangement of their own time; places that
stay overfull grow dearer until somebody gives way.
"""

import random
import time
from collections.abc import Callable, Iterable

import numpy as np

from trainingbase.planner.line import Line
from trainingbase.planner.search import Search

NOISE = 0.01
WAYS = 8


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

    def polish(self, rounds: int, until: Callable[[], bool]) -> None:
        """Everybody in turn takes what is best for the cost and lawful; equal changes too."""
        self.weight[:] = 1000.0
        for _ in range(rounds):
            self.random.shuffle(self.everyone)
            for member in self.everyone:
                if until():
                    break
                self._rearrange(member)
        self.search.state.put(self.chosen())

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
        moved = self._best_move(line, line.prices(price), price)
        self._count(line, 1)
        self._make_dearer(line)
        return moved

    def _best_move(self, line: Line, rows: np.ndarray, price: np.ndarray) -> bool:
        moves = line.moves(rows, price)
        flat = moves.flat + self.noise.random(len(moves.flat)) * NOISE
        for pick in self._cheapest(flat, min(24, len(flat) - 1)):
            if flat[pick] > NOISE:
                return False
            order = moves.rearranged(int(pick))
            starts = line.starts_in(order)
            if line.keeps_order(starts) and line.settle(
                order, starts, rows, moves.switched(int(pick))
            ):
                return True
        return False

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

    `steps` to no avail end it; without them it goes on until it is told to end. A plan made before
    is repaired several ways, and the one that moves least is taken.
    """
    start, begun = dict(search.state.chosen), time.monotonic()
    best, least = start, float("inf")
    for go in range(WAYS if search.careers.problem.previous else 1):
        search.state.put(start)
        _repair_once(search, tell, until, steps, search.limits.seed + 10 * go)
        if search.state.overfull():
            break
        total = search.state.cost().total
        if total < least:
            best, least = dict(search.state.chosen), total
        spent = time.monotonic() - begun
        if until() or (search.limits.rounds is None and spent > 0.1 * search.limits.left()):
            break
    if least < float("inf"):
        search.state.put(best)


def _repair_once(
    search: Search,
    tell: Callable[[int], None],
    until: Callable[[], bool],
    steps: int | None,
    seed: int,
) -> None:
    mindful = min(20 * len(search.careers.careers) + 2000, steps or 10**9)
    for number, (zeal, most) in enumerate(((0.4, mindful), (0.0, steps or 10**9))):
        work = Repair(search, zeal=zeal, seed=seed + number)
        if work.best_over == 0 or until():
            return
        work.run(most, tell, until)


def polish(search: Search, until: Callable[[], bool], rounds: int = 12) -> None:
    """Cheap gains, one person at a time, before neighbourhoods are solved."""
    before, old = search.state.cost().total, dict(search.state.chosen)
    Repair(search, zeal=1.0, seed=search.limits.seed).polish(rounds, until)
    if search.state.overfull() or search.state.cost().total > before:
        search.state.put(old)
