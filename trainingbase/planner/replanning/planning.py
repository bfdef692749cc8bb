"""A problem planned as ordered: anew or from an earlier plan, with what else was asked for."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from trainingbase.planner.change_words import move_to_json
from trainingbase.planner.cost import cost
from trainingbase.planner.fairness import fairness, fairness_to_json
from trainingbase.planner.plan import Plan
from trainingbase.planner.problem import Placement, Problem
from trainingbase.planner.problem_json import placement_to_json
from trainingbase.planner.replanning.notice import with_notice
from trainingbase.planner.replanning.replan import replan
from trainingbase.planner.replanning.wishes import MissedWish, missed_wishes
from trainingbase.planner.solve import Progress, solve
from trainingbase.planner.timetables.limits import Limits, Stop, never

SHARE_OF_WISHES = 0.25  # of the time


@dataclass(frozen=True)
class Order:
    """`start_from`: a plan to be changed least; `notice`: periods in which it does not move."""

    seconds: float = 60
    workers: int = 2
    seed: int = 1
    start_from: tuple[Placement, ...] | None = None
    notice: int = 0
    with_wishes: bool = False


def planned(
    problem: Problem,
    order: Order,
    *,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Stop | None = None,
) -> Plan:
    """Its `more` has `fairness`, and as asked `moves`, `released` and `wishes`, ready for JSON."""
    until = time.monotonic() + order.seconds
    share = 1 - SHARE_OF_WISHES if order.with_wishes else 1.0
    told = {
        "seconds": order.seconds * share,
        "workers": order.workers,
        "seed": order.seed,
        "on_progress": on_progress,
        "should_stop": should_stop,
    }
    found, more = _solved(problem, order, told)
    more["fairness"] = fairness_to_json(fairness(problem, found.placements))
    if order.with_wishes and found.is_lawful:
        left = max(0.0, until - time.monotonic())
        missed = missed_wishes(problem, found.placements, seconds=left, should_stop=should_stop)
        more["wishes"] = [wish_to_json(one) for one in missed]
    return replace(found, more=more)


def _solved(problem: Problem, order: Order, told: dict[str, Any]) -> tuple[Plan, dict[str, Any]]:
    more: dict[str, Any] = {}
    if order.start_from is not None:
        again = replan(problem, order.start_from, notice=order.notice, **told)
        more["moves"] = [move_to_json(problem, one) for one in again.moves]
        more["released"] = [placement_to_json(one) for one in again.released]
        more["is_least"] = again.is_least
        return replace(again.plan, cost=cost(problem, again.plan.placements)), more
    searched = problem
    if order.notice and problem.previous:
        limits = Limits(time.monotonic() + order.seconds, told["should_stop"] or never)
        searched, released = with_notice(problem, problem.previous, order.notice, limits)
        more["released"] = [placement_to_json(one) for one in released]
    return solve(searched, **told), more


def wish_to_json(missed: MissedWish) -> dict[str, Any]:
    """`from` and `to` as the problem's wish has them."""
    made = asdict(missed)
    wish = made.pop("wish")
    return made | {"from": wish["start_from"], "to": wish["start_to"], "weight": wish["weight"]}
