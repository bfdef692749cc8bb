"""Driving an earlier plan into its places with few moves: rows annealed, a move is all that costs.

Chains run side by side, each from its own seed: every other cycle begins with the earlier plan,
the others with the best that the chain has found. While hot a plan may be over its places; a cycle
ends within them, and with everybody who moved for nothing back where they were.
"""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from trainingbase.planner.search.desk import ORDER, Desk
from trainingbase.planner.search.driving import anneal, drive
from trainingbase.planner.search.rows import Rows
from trainingbase.planner.search.ways import WayBook
from trainingbase.planner.timetables.limits import Limits, Stop
from trainingbase.planner.timetables.state import Chosen, State
from trainingbase.planner.timetables.stay import Stay

AT_ONCE = 500  # rearrangements between looks at the clock: a few thousandths of a second
STEPS = 36_000  # in a cycle, of whatever number of people
COLD = 0.1
SETTLING = 0.75  # share of a cycle after which what grew dear no longer fades
IDLE = 5000  # steps to no avail, after a cycle, into the places
SWEEPS = 10  # of everybody, back to where they were
DEARER_AT_THE_END = 0.2
WITHIN = 1000.0  # moves that a place too many weighs in the end


@dataclass(frozen=True)
class _Course:
    """`heat` in moves; what a place too many weighs at first, how much more each time, how it fades
    in one turn of everybody."""

    heat: float
    over: float
    dearer: float
    fade: float = 0.98


AFRESH = _Course(0.3, 1.0, 0.05)
FROM_BEST = _Course(0.35, 2.0, 0.1)


@dataclass(frozen=True)
class Spared:
    """`over` places too many, `kept` stays where they were, `cost` of wishes and ranks besides."""

    over: int
    kept: int
    cost: float
    chosen: Chosen

    @property
    def rank(self) -> tuple[int, int, float]:
        return self.over, -self.kept, self.cost


def spare(
    state: State,
    members: list[int],
    limits: Limits,
    *,
    enough: int,
    patience: float,
    until: Callable[[bool], bool],
    cycles: int | None = None,
) -> Spared:
    """The best of as many chains as there are workers; the people planned are `members`.

    Ends when `enough` stays of everybody are kept, after `cycles`, when for `patience` seconds
    nothing better than what is within its places has come, or when told: `until` is asked with
    whether there still are too many somewhere.
    """
    book = WayBook(state.careers)
    start = {member: state.chosen[member] for member in members}
    inside = set(members)
    others = sum(kept_of(those) for one, those in state.chosen.items() if one not in inside)
    better_at = time.monotonic()
    best: Spared | None = None

    def note(found: Spared) -> None:
        nonlocal better_at, best
        if best is None or found.rank[:2] < best.rank[:2]:
            best, better_at = found, time.monotonic()

    def is_over() -> bool:
        over = best is None or best.over > 0
        if until(over):
            return True
        if over or best is None or cycles is not None:
            return False
        return best.kept >= enough or time.monotonic() - better_at > patience

    def chain(number: int) -> Spared:
        own = state.copy()
        own.chosen = dict(start)
        work = _Chain(book, own, others, limits.seed + 1000 * number)
        return work.run(enough, is_over, note, cycles)

    if limits.workers < 2:
        return chain(0)
    with ThreadPoolExecutor(max_workers=limits.workers) as pool:
        return min(pool.map(chain, range(limits.workers)), key=lambda one: one.rank)


class _Chain:
    """`others`: stays kept by those who are not planned."""

    def __init__(self, book: WayBook, state: State, others: int, seed: int) -> None:
        self.rows = Rows(book, state)
        self.others = others
        self.desk: Desk = self.rows.desk(seed, 1.0 / state.careers.problem.weights.moved)
        self.first = self.rows.blocks[:, ORDER:].copy()
        self.best_rows = self.first
        self.best = self._judged()

    def run(
        self, enough: int, until: Stop, note: Callable[[Spared], None], cycles: int | None
    ) -> Spared:
        done = 0
        while self.rows.members and not until() and (cycles is None or done < cycles):
            if self.best.over == 0 and self.best.kept >= enough:
                break
            afresh = done % 2 == 0
            self.rows.put(self.first if afresh else self.best_rows)
            self._cycle(AFRESH if afresh else FROM_BEST, until)
            found = self._judged()
            if found.rank < self.best.rank:
                self.best, self.best_rows = found, self.rows.blocks[:, ORDER:].copy()
                note(found)
            done += 1
        return self.best

    def _cycle(self, course: _Course, until: Stop) -> None:
        desk, people = self.desk, len(self.rows.members)
        desk.weights[0], desk.weights[1] = course.over, course.dearer
        for done in range(0, STEPS, AT_ONCE):
            if until():
                break
            share = done / STEPS
            anneal(desk, AT_ONCE, course.heat * (COLD / course.heat) ** share, 1.0)
            if share < SETTLING:
                faded = course.fade ** (AT_ONCE / people)
                desk.weights[0] = course.over + (desk.weights[0] - course.over) * faded
        self._into_places(until)
        desk.weights[0] = WITHIN
        for _ in range(SWEEPS):
            anneal(desk, people, 0.0, 1.0)

    def _into_places(self, until: Stop) -> None:
        kept, over, idle = self.rows.blocks[:, ORDER:].copy(), self._over(), 0
        self.desk.weights[1] = DEARER_AT_THE_END
        while over and idle < IDLE and not until():
            now, since = drive(self.desk, kept, AT_ONCE, 1, over)
            idle = since if now < over else idle + since
            over = now
        self.rows.put(kept)

    def _over(self) -> int:
        load, places, _ = self.rows.cells
        return int(np.maximum(load - places, 0).sum())

    def _judged(self) -> Spared:
        chosen = self.rows.chosen()
        kept = self.others + sum(kept_of(those) for those in chosen.values())
        cost = sum(stay.served for those in chosen.values() for _, stay in those)
        return Spared(self._over(), kept, cost, chosen)


def kept_of(those: Iterable[tuple[int, Stay]]) -> int:
    """How many of these stays are where they were."""
    return sum(stay.kept > 0 for _, stay in those)
