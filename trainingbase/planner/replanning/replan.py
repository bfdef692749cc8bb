"""Planning again from a published plan: as few stays as possible move, or as good as possible."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from trainingbase.planner.cost import cost
from trainingbase.planner.difference import Move, moves
from trainingbase.planner.plan import Plan
from trainingbase.planner.problem import Placement, Problem
from trainingbase.planner.replanning.least import Least, least_change
from trainingbase.planner.replanning.notice import with_notice
from trainingbase.planner.search.partial import unplaced_of
from trainingbase.planner.solve import Progress, solve
from trainingbase.planner.standing import what_stands
from trainingbase.planner.timetables.careers import careers_of
from trainingbase.planner.timetables.limits import Limits, Stop, never

SHARE = 0.8  # of the time that is left, for the fewest moves
MOMENT = 0.5  # seconds that judging and explaining are given when time is up
PATIENCE = (1.0, 0.15)  # seconds, and share of all there are, without anything better
PATIENCE_WHEN_SETTLED = 0.5  # seconds, once only wishes are left to be served
LEAST_CHANGE = 100  # times dearer than wishes, ranks and minima: one move outweighs them


@dataclass(frozen=True)
class Replan:
    """`plan` costs what the problem's own weights say, `moved` against the present plan included.

    `released`: what begins within the notice period and could not stand. `is_least`: proven that
    no lawful plan that keeps to the notice period moves fewer stays.
    """

    plan: Plan
    moves: tuple[Move, ...]
    released: tuple[Placement, ...] = ()
    is_least: bool = False


def replan(
    problem: Problem,
    present: Iterable[Placement],
    *,
    notice: int = 0,
    concerned: frozenset[str] = frozenset(),
    least_change: bool = True,
    seconds: float = 5,
    workers: int = 2,
    seed: int = 1,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Stop | None = None,
    rounds: int | None = None,
) -> Replan:
    """With `least_change` moves count above all else, without it as `weights.moved` says.

    Nothing of `present` that begins before period `notice` moves, unless it must. Ends before its
    time when nothing better has come for a while.
    """
    begun = time.monotonic()
    present = tuple(present)
    limits = Limits(begun + seconds, should_stop or never, workers=workers, seed=seed)
    asked = replace(problem, previous=present)
    searched = with_weights_for_least_change(asked) if least_change else asked
    searched, released = with_notice(searched, present, notice, limits)
    least = _least(searched, present, limits, rounds) if least_change else None
    settled = least is not None and not least.over
    patience = PATIENCE_WHEN_SETTLED if settled else max(PATIENCE[0], PATIENCE[1] * seconds)
    found = solve(
        searched,
        seconds=max(MOMENT, limits.left()),
        workers=workers,
        seed=seed,
        start_from=least.placements if least else present,
        on_progress=on_progress,
        should_stop=should_stop,
        rounds=rounds,
        patience=None if rounds else patience,
        with_proof=not settled,
    )
    found = _no_worse_than_what_stands(asked, found, present)
    plan = replace(
        found,
        status="feasible" if found.status == "optimal" and least_change else found.status,
        cost=cost(asked, found.placements),
        bound=None if least_change or released or notice else found.bound,
        seconds=time.monotonic() - begun,
    )
    return Replan(
        plan,
        moves(problem, future(present), future(found.placements), concerned),
        released,
        is_least=least is not None and least.is_proven and not released,
    )


def _least(
    problem: Problem, present: Sequence[Placement], limits: Limits, rounds: int | None
) -> Least | None:
    """Within most of the time there is; the rest makes wishes good without moving more."""
    share = Limits(
        limits.deadline - (1 - SHARE) * limits.left(),
        limits.should_stop,
        workers=limits.workers,
        seed=limits.seed,
    )
    with share.watched():
        return least_change(careers_of(problem), present, share, effort=rounds and 10.0 * rounds)


def _no_worse_than_what_stands(problem: Problem, found: Plan, present: Sequence[Placement]) -> Plan:
    """Where no lawful plan was found in time: at least what of the present plan still can be."""
    if found.is_lawful:
        return found
    stands = what_stands(problem, present)
    if cost(problem, stands).unplaced >= cost(problem, found.placements).unplaced:
        return found
    return replace(found, placements=stands, unplaced=unplaced_of(problem, stands))


def future(placements: Iterable[Placement]) -> Sequence[Placement]:
    return [one for one in placements if one.start >= 0]


def with_weights_for_least_change(problem: Problem) -> Problem:
    """One move outweighs all else but what would be left unplaced."""
    old = problem.weights
    dear = LEAST_CHANGE * max(1.0, old.moved, old.wish, old.rank, old.minimum)
    return replace(
        problem, weights=replace(old, moved=dear, unplaced=max(old.unplaced, 100 * dear))
    )
