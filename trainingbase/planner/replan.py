"""Planning again from a published plan: as few stays as possible move, or as good as possible."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from trainingbase.planner.cost import cost
from trainingbase.planner.difference import Move, moves
from trainingbase.planner.limits import Limits, Stop, never
from trainingbase.planner.notice import with_notice
from trainingbase.planner.plan import Plan
from trainingbase.planner.problem import Placement, Problem
from trainingbase.planner.solve import Progress, solve

LEAST_CHANGE = 100  # times dearer than wishes, ranks and minima: one move outweighs them


@dataclass(frozen=True)
class Replan:
    """`plan` costs what the problem's own weights say, `moved` against the present plan included.

    `released`: what begins within the notice period and could not stand. `is_least`: proven that
    no lawful plan moves fewer stays.
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

    Nothing of `present` that begins before period `notice` moves, unless it must.
    """
    begun = time.monotonic()
    present = tuple(present)
    limits = Limits(begun + seconds, should_stop or never)
    asked = replace(problem, previous=present)
    searched = with_weights_for_least_change(asked) if least_change else asked
    searched, released = with_notice(searched, present, notice, limits)
    found = solve(
        searched,
        seconds=max(0.1, limits.left()),
        workers=workers,
        seed=seed,
        start_from=present,
        on_progress=on_progress,
        should_stop=should_stop,
        rounds=rounds,
    )
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
        is_least=least_change and found.status == "optimal" and not notice,
    )


def future(placements: Iterable[Placement]) -> Sequence[Placement]:
    return [one for one in placements if one.start >= 0]


def with_weights_for_least_change(problem: Problem) -> Problem:
    """One move outweighs all else but what would be left unplaced."""
    old = problem.weights
    dear = LEAST_CHANGE * max(1.0, old.moved, old.wish, old.rank, old.minimum)
    return replace(
        problem, weights=replace(old, moved=dear, unplaced=max(old.unplaced, 100 * dear))
    )
