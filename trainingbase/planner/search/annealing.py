"""Making a lawful plan cheaper: everybody's rows annealed together, over their places while hot.

What is over its places costs little at first and grows dearer the longer it stays so; towards the
end of a cycle it only grows, so that the plan falls back into its places.
"""

import time
from collections.abc import Callable

import numpy as np

from trainingbase.planner.search.desk import CEILING, EXTRA, ORDER, OWNER, START, WAY, Desk
from trainingbase.planner.search.driving import anneal, drive
from trainingbase.planner.search.rows import Rows
from trainingbase.planner.search.search import Search

HEATS = (0.4, 0.2, 0.3, 0.15)  # at the start of a cycle, in units of cost
COLD = 0.08
OVER = 0.3  # what one place too many costs at least
DEARER = 0.03  # what it costs more after each rearrangement of somebody there
DECAY = 0.98  # of what it costs more, in one turn of everybody
PRICED = 0.5  # share of the proof's prices that is paid even within the places
SETTLING = 0.75  # share of a cycle after which nothing decays
TURNS = 200  # of everybody in the first cycle
AT_ONCE = 500  # rearrangements between looks at the clock


class Annealer:
    """Cycles that start from the search's state and replace it where they end cheaper."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.cycles = 0
        self.turns = TURNS
        self.pace = 0.0  # seconds of one turn of everybody

    def cycle(self, until: Callable[[], bool], prices: np.ndarray | None = None) -> bool:
        """Whether the plan became cheaper. `prices[d, p]`: what a place is worth, if known."""
        search, state = self.search, self.search.state
        rows = Rows(search.book, state)
        if not rows.members:
            return False
        seed = search.limits.seed + 7 * self.cycles
        desk = rows.desk(seed, 1.0)
        if prices is not None:
            desk.price[:] += rows.worth(PRICED * prices)
        desk.weights[0], desk.weights[1] = OVER, DEARER
        desk.rng[0] ^= np.uint64(self.cycles)
        turns = self._turns()
        begun = time.monotonic()
        heat = HEATS[self.cycles % len(HEATS)]
        done, wanted = 0, turns * len(rows.members)
        while done < wanted and not until():
            share = done / wanted
            self._watch_the_worst(rows, desk)
            anneal(desk, AT_ONCE, heat * (COLD / heat) ** share, 1.0)
            if share < SETTLING:
                desk.weights[0] = OVER + (desk.weights[0] - OVER) * DECAY ** (
                    AT_ONCE / len(rows.members)
                )
            done += AT_ONCE
        self._settle(rows, desk, until)
        self.pace = (time.monotonic() - begun) * len(rows.members) / max(1, done)
        self.cycles += 1
        return self._keep(rows)

    def _turns(self) -> int:
        """Twice as many in each cycle, and no more than a third of the time left allows."""
        turns, self.turns = self.turns, min(2 * self.turns, 20_000)
        if self.search.limits.rounds is None and self.pace:
            turns = min(turns, int(0.3 * max(0.0, self.search.limits.left()) / self.pace))
        return max(turns, 20)

    def _watch_the_worst(self, rows: Rows, desk: Desk) -> None:
        """Nobody may be served worse than the worst is; those pay more for what they have."""
        problem = self.search.careers.problem
        blocks = rows.blocks
        served = rows.given.copy()
        np.add.at(served, blocks[:, OWNER], rows.served[blocks[:, WAY], blocks[:, START]])
        ceiling = served.max() - 0.01
        price = problem.weights.worst_resident * len(problem.residents)
        desk.settings[CEILING] = ceiling
        desk.settings[EXTRA] = price / int((served > ceiling).sum())

    def _settle(self, rows: Rows, desk: Desk, until: Callable[[], bool]) -> None:
        """Into its places, whatever it costs, and then as cheap as it gets without leaving them."""
        kept = rows.blocks[:, ORDER:].copy()
        over = _over(rows)
        idle = 0
        while over and idle < 20_000 and not until():
            now, since = drive(desk, kept, AT_ONCE, 1, over)
            idle = since if now < over else idle + since
            over = now
        if over:
            return
        rows.put(kept)
        desk.price[:] = rows.price
        desk.weights[0] = 1000.0
        for _ in range(10):
            if until():
                break
            self._watch_the_worst(rows, desk)
            anneal(desk, len(rows.members), 0.0, 1.0)

    def _keep(self, rows: Rows) -> bool:
        if _over(rows):
            return False
        state = self.search.state
        before, old = state.cost().total, dict(state.chosen)
        state.put(rows.chosen())
        if state.cost().total < before - 1e-9 and not state.overfull():
            return True
        state.put(old)
        return False


def _over(rows: Rows) -> int:
    load, places, _ = rows.cells
    return int(np.maximum(load - places, 0).sum())


class Improver:
    """Rounds of neighbourhoods and cycles of annealing, in turn for about the same time."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.annealer = Annealer(search)
        self.spent = [0.0, 0.0]  # annealing, neighbourhoods

    def round(self, until: Callable[[], bool], prices: np.ndarray | None = None) -> bool:
        """True when the plan became cheaper. With counted rounds every fourth is an annealing."""
        counted = self.search.limits.rounds is not None
        anneals = self.search.round % 4 == 0 if counted else self.spent[0] <= self.spent[1]
        begun = time.monotonic()
        if anneals and not self.search.warming.is_done():
            return self.search.improve_round()
        if anneals:
            self.search.round += 1
            better = self.annealer.cycle(until, prices)
        else:
            better = self.search.improve_round()
        self.spent[0 if anneals else 1] += time.monotonic() - begun
        return better
