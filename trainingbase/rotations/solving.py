"""Solving a plan that somebody asked for.  Runs in the worker; only here OR-Tools is loaded.

The solver works in a thread that never touches the database; this one writes every two seconds
how far it is, and hears whether it should stop.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import asdict, replace
from datetime import datetime
from threading import Event
from typing import Any

from trainingbase import clock
from trainingbase.planner.plan import Explanation, Unplaced
from trainingbase.planner.plan import Plan as Solution
from trainingbase.planner.problem import Problem
from trainingbase.planner.size import MOST_STAYS, number_of_stays
from trainingbase.queue import enqueue
from trainingbase.rotations import actions
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.notes import notes_carried_to
from trainingbase.rotations.queries.problem import facts_of
from trainingbase.rotations.rules.facts import Facts
from trainingbase.rotations.rules.framing import kept, others, rows_of, to_solve
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.rules.ways import weighed

log = logging.getLogger(__name__)

BEAT = 2.0
"""Seconds between two signs of life."""


def solve_plan(plan_id: int) -> None:
    """Solve the plan and keep what was found; what goes wrong is kept as the reason why not."""
    if not actions.begin_solving(plan_id, at=clock.real_now()):
        return
    try:
        _solve(plan_id)
    except Exception as error:
        log.exception("plan %s could not be solved", plan_id)
        crash = {"kind": "crash", "error": f"{type(error).__name__}: {error}"[:500]}
        actions.keep_failure(plan_id, [crash], status="failed", at=clock.now())


def _solve(plan_id: int) -> None:
    plan = plans.plan_by_id(plan_id)
    facts = facts_of(plan)
    problem = weighed(to_solve(facts), plan.way)
    seconds, seed, way = plan.seconds, plan.seed, plan.way
    stays = number_of_stays(problem)
    if stays > MOST_STAYS:
        too_large = {"kind": "too_large", "stays": stays, "most": MOST_STAYS}
        actions.keep_failure(plan_id, [too_large], status="failed", at=clock.now())
        return
    _beat(plan_id, 0.0, {})  # ends the transaction: nothing is locked while the solver works
    solution = _with_signs_of_life(plan_id, problem, way, seconds=seconds, seed=seed)
    plan = plans.plan_by_id(plan_id)
    if plan.discarded_at is not None:
        return
    because = reasons(solution)
    if not solution.placements and problem.residents and not solution.is_lawful:
        actions.keep_failure(plan_id, because, status="infeasible", at=clock.now())
        return
    rows = [*others(facts), *_planned_rows(facts, solution)]
    actions.keep_solution(
        plan,
        rows,
        notes_carried_to(plan, rows),
        status=solution.status,
        cost=solution.cost.by_part(),
        bound=solution.bound,
        because=because,
        bottlenecks=[(int(b.department), b.period, b.value) for b in solution.bottlenecks],
        at=clock.now(),
    )


def _planned_rows(facts: Facts, solution: Solution) -> list[Row]:
    return [*kept(facts), *rows_of(facts, solution.placements)]


def _solved(problem: Problem, way: str | None, **how: Any) -> Solution:
    """Of least change the bound is what its moves cost, when it is proven that no fewer will do."""
    if way == "least" and problem.previous:
        from trainingbase.planner.replanning.replan import replan

        found = replan(problem, problem.previous, **how)
        return replace(found.plan, bound=found.plan.cost.moved if found.is_least else None)
    from trainingbase.planner.solve import solve

    return solve(problem, start_from=problem.previous or None, **how)


def _with_signs_of_life(
    plan_id: int, problem: Problem, way: str | None, *, seconds: int, seed: int
) -> Solution:
    stop, latest = Event(), {}

    def note(progress) -> None:
        latest.update(
            cost=progress.cost if progress.cost is not None else latest.get("cost"),
            bound=progress.bound,
            unplaced=progress.over_places,
        )

    pool = ThreadPoolExecutor(1, thread_name_prefix="solver")
    try:
        solving = pool.submit(
            _solved,
            problem,
            way,
            seconds=seconds,
            seed=seed,
            on_progress=note,
            should_stop=stop.is_set,
        )
        began = clock.real_now()
        while True:
            try:
                return solving.result(timeout=BEAT)
            except NotYet:
                spent = (clock.real_now() - began).total_seconds()
                if _beat(plan_id, spent, latest):
                    stop.set()
    finally:
        stop.set()
        pool.shutdown(wait=False)


def _beat(plan_id: int, seconds: float, latest: dict) -> bool:
    return actions.note_progress(
        plan_id,
        at=clock.real_now(),
        seconds=seconds,
        unplaced=latest.get("unplaced"),
        cost=latest.get("cost"),
        bound=latest.get("bound"),
    )


def reasons(solution: Solution) -> list[dict]:
    """Why something is missing, as the plan keeps it: ids, counts and periods, no sentences."""
    return [_explained(one) for one in solution.explanation] + [
        _left_out(one) for one in solution.unplaced
    ]


def _explained(one: Explanation) -> dict:
    return {
        "kind": "explanation",
        "rules": list(one.rules),
        "residents": [int(key) for key in one.residents],
        "departments": [int(key) for key in one.departments],
        "requirements": list(one.requirements),
        "periods": list(one.periods),
        "needed": one.needed,
        "available": one.available,
        "proven": one.proven,
        "needed_by_all": one.needed_by_all,
        "facts": [asdict(fact) for fact in one.facts],
        "remedies": [
            {"change": remedy.change, "then": remedy.then, "cost": remedy.cost}
            for remedy in one.remedies
        ],
    }


def _left_out(one: Unplaced) -> dict:
    return {
        "kind": "unplaced",
        "residents": [int(one.resident)],
        "standard": int(one.requirement.partition("/")[0]),
        "because": list(one.because),
    }


def revive(*, at: datetime) -> None:
    """Put plans back on the queue whose worker has given no sign of life for a minute."""
    for plan in _silent(at):
        enqueue("solve-plan", plan_id=plan)


def _silent(at: datetime) -> list[int]:
    return [plan.id for plan in plans.silent_since(at - actions.SILENCE)]
