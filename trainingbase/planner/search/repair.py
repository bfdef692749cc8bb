"""Driving a plan into its places: guided local search over everybody's row of blocks.

A resident in an overfull place takes the cheapest rearrangement of their own time; places that
stay overfull grow dearer until somebody gives way.
"""

import time
from collections.abc import Callable, Iterable

import numpy as np

from trainingbase.planner.search.driving import anneal, drive
from trainingbase.planner.search.pressing import press
from trainingbase.planner.search.rows import Rows
from trainingbase.planner.search.search import Search

WAYS = 8
FADE = 0.97  # of what a place too many counts more, in one turn of everybody
SPELL = 500  # turns of everybody
MINDFUL = 0.4  # zeal at first
MINDFUL_OF_MOVES = 0.1  # zeal later, where an earlier plan is changed
ONE_MOVE = 3.0  # of cost: were it dearer, nobody would move for a place
AT_ONCE = 1000  # steps between looks at the clock: some hundredths of a second


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
        self.rows = Rows(search.book, search.state)
        self.desk = self.rows.desk(seed, zeal)
        self.strict = 1
        for number in forgiven:
            self.desk.weights[0, number] = 0.5
            self.desk.weights[1, number] = 0.0
            self.strict = 1000
        self.best_over = self.over()

    def over(self) -> int:
        """Places too many, those not forgiven a thousandfold where some are."""
        load, places, _ = self.rows.cells
        counted = np.where(self.desk.weights[1] > 0, self.strict, 1)
        return int((np.maximum(load - places, 0) * counted).sum())

    def run(self, steps: int, tell: Callable[[int], None], until: Callable[[], bool]) -> None:
        """Ends lawful, after so many steps to no avail, or when told.

        Leaves the best it saw in the search's state.
        """
        if not self.rows.members:
            return
        best = self.rows.blocks[:, 7:].copy()
        idle = 0
        while idle < steps and self.best_over and not until():
            count = min(AT_ONCE, steps - idle)
            over, since = drive(self.desk, best, count, self.strict, self.best_over)
            idle = since if over < self.best_over else idle + since
            self._forget(count / len(self.rows.members), idle)
            if over < self.best_over:
                self.best_over = over
                tell(over)
        self.rows.put(best)
        self.search.state.put(self.rows.chosen())

    def _forget(self, turns: float, idle: int) -> None:
        """What grew dear fades, but for every other time that this has long been to no avail."""
        if idle // (SPELL * len(self.rows.members)) % 2 == 0:
            base = np.where(self.desk.weights[1] > 0, 1.0, 0.5)
            self.desk.weights[0] = base + (self.desk.weights[0] - base) * FADE**turns

    def polish(self, rounds: int, until: Callable[[], bool]) -> None:
        """Everybody in turn takes what is best for the cost and lawful; equal changes too."""
        self.desk.weights[0] = 1000.0
        for _ in range(rounds):
            if until():
                break
            anneal(self.desk, len(self.rows.members), 0.0, 1.0)
        self.search.state.put(self.rows.chosen())


def repair(
    search: Search,
    tell: Callable[[int], None],
    until: Callable[[], bool],
    steps: int | None = None,
) -> None:
    """First minding wishes, then, where that leads nowhere, places alone (and a little what moves).

    `steps` to no avail end it; without them it goes on until it is told to end. A plan made before
    is repaired several ways, and the one that moves least is taken.
    """
    while not search.warming.is_done() and search.state.overfull() and not until():
        tell(press(search))
    if not search.warming.is_done():
        return
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
    problem = search.careers.problem
    mindful = min(50 * len(search.careers.careers) + 5000, steps or 10**9)
    unit = min(1.0, ONE_MOVE / max(problem.weights.moved, 1e-9)) if problem.previous else 1.0
    later = MINDFUL_OF_MOVES if problem.previous else 0.0
    for number, (zeal, most) in enumerate(((MINDFUL, mindful), (later, steps or 10**9))):
        work = Repair(search, zeal=zeal * unit, seed=seed + number)
        if work.best_over == 0 or until():
            return
        work.run(most, tell, until)


def polish(search: Search, until: Callable[[], bool], rounds: int = 12) -> None:
    """Cheap gains, one person at a time, before neighbourhoods are solved."""
    if not search.warming.is_done():
        return
    before, old = search.state.cost().total, dict(search.state.chosen)
    Repair(search, zeal=1.0, seed=search.limits.seed).polish(rounds, until)
    if search.state.overfull() or search.state.cost().total > before:
        search.state.put(old)
