"""`solve`: the best plan that can be found in the time given, and how good it is at least.

Anytime: the best plan so far is kept when time runs out or the caller says stop. Loads OR-Tools:
only the worker and the command line import this module.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

from trainingbase.planner.cost import cost
from trainingbase.planner.explaining.explain import explain
from trainingbase.planner.plan import Cost, Explanation, Plan
from trainingbase.planner.problem import Placement, Problem, begun_placements
from trainingbase.planner.proof.prices import bottlenecks
from trainingbase.planner.proof.prove import Prover
from trainingbase.planner.rules import check
from trainingbase.planner.search.annealing import Improver
from trainingbase.planner.search.partial import lawful_part, unplaced_of
from trainingbase.planner.search.repair import polish, repair
from trainingbase.planner.search.search import Search
from trainingbase.planner.situation import Breach
from trainingbase.planner.standing import what_stands
from trainingbase.planner.timetables.careers import careers_of
from trainingbase.planner.timetables.counting import shortages
from trainingbase.planner.timetables.limits import Limits, Stop, never
from trainingbase.planner.timetables.state import Chosen, chosen_from


@dataclass(frozen=True)
class Progress:
    """`placements` is set whenever a better lawful plan is there, else None."""

    seconds: float
    cost: float | None
    bound: float | None
    placements: tuple[Placement, ...] | None = None
    doing: str = ""
    over_places: int | None = None


def solve(
    problem: Problem,
    *,
    seconds: float = 60,
    workers: int = 2,
    seed: int = 1,
    start_from: Iterable[Placement] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Stop | None = None,
    rounds: int | None = None,
    patience: float | None = None,
    with_proof: bool = True,
) -> Plan:
    """`start_from`: an earlier plan, changed as little as the weights say. `patience`: seconds to
    no avail after which a lawful plan is handed over before its time. Without proof there is no
    bound and no price of a place, and the search has the machine to itself.

    With `rounds` (of improvement) and ample `seconds` the outcome depends on the seed alone.
    """
    begun = time.monotonic()
    limits = Limits(begun + seconds, should_stop or never, rounds, max(1, workers), seed)
    run = _Run(problem, limits, begun, on_progress, patience, with_proof)
    with limits.watched():
        return run.solve(tuple(start_from) if start_from is not None else None)


class _Run:
    """One solve: its search, its prover, and the best that came out so far."""

    def __init__(
        self,
        problem: Problem,
        limits: Limits,
        begun: float,
        on_progress: Callable[[Progress], None] | None,
        patience: float | None,
        with_proof: bool,
    ) -> None:
        self.problem = problem
        self.with_proof = with_proof
        self.patience = float("inf") if patience is None else patience
        self.better_at = begun
        self.limits = limits
        self.begun = begun
        self.on_progress = on_progress
        self.best: tuple[Placement, ...] | None = None
        self.best_cost: Cost | None = None
        self.best_total = float("inf")  # of the problem searched, least change included
        self.bound_searched = float("-inf")
        self.bound: float | None = None

    def solve(self, start_from: tuple[Placement, ...] | None) -> Plan:
        searched = self.problem
        if start_from is not None and not searched.previous:
            searched = replace(searched, previous=start_from)
        self.is_same_problem = searched is self.problem
        search = Search(careers_of(searched), self.limits)
        self.search = search
        self.closest: Chosen | None = None
        self.tell("constructing")
        if start_from is not None or searched.previous:
            search.adopt(chosen_from(search.careers, start_from or searched.previous))
        else:
            search.construct()
        self.prover = Prover(search.careers, self.limits)
        short = self.with_proof and shortages(search.careers)
        self.prover.infeasible = bool(search.lonely or short)
        try:
            self.repair()
            self.prove()
            self.improve()
        finally:
            self.raise_bound(self.prover.end())
        try:
            return self.plan()
        finally:
            search.warming.end()

    def prove(self) -> None:
        if self.with_proof:
            self.prover.start(self.search.state)

    def repair(self) -> None:
        """Drives everybody into the places there are, unless it is proven to be in vain.

        The first try has the machine to itself; when it fails the proof begins beside the second.
        """
        search = self.search
        for share in (0.15,) if self.prover.infeasible else (0.25, 0.5):  # of the time left
            if not search.state.overfull():
                break
            self.tell("repairing")
            if share == 0.5:
                self.prove()
            patience = time.monotonic() + share * max(0.0, self.limits.left())
            repair(
                search,
                self.tell_over,
                partial(self.is_past, patience),
                self.steps(),
            )
        if search.lonely or search.state.overfull():
            self.closest = dict(search.state.chosen)
            lawful_part(search)
        self.keep()
        if self.closest is None and not self.limits.reached():
            polish(search, self.limits.reached)
            self.keep()

    def is_past(self, moment: float) -> bool:
        in_vain = self.prover.infeasible and self.limits.rounds is None
        return self.limits.reached() or in_vain or time.monotonic() > moment

    def improve(self) -> None:
        search = self.search
        improver = Improver(search)
        idle = 0
        self.better_at = time.monotonic()
        while not self.is_enough() and not self.is_optimal():
            if self.prover.infeasible and (idle > 12 or self.time_to_explain()):
                break
            if self.limits.rounds is not None and search.round >= self.limits.rounds:
                break
            idle += 1
            if improver.round(self.is_enough, self.prover.prices()):
                idle = 0
                self.keep()
            self.take_offer()
            self.raise_bound(self.prover.bound())

    def is_enough(self) -> bool:
        waited = time.monotonic() - self.better_at
        return self.limits.reached() or (self.closest is None and waited > self.patience)

    def steps(self) -> int | None:
        """Of repair to no avail, where waiting longer is pointless or the work is limited."""
        if self.prover.infeasible:
            return 500 + 20 * len(self.problem.residents)
        return self.limits.rounds and 5000 * self.limits.rounds

    def time_to_explain(self) -> bool:
        """Where nothing lawful exists the last third of the time belongs to the explanation."""
        return self.limits.left() < (self.limits.deadline - self.begun) / 3

    def take_offer(self) -> None:
        """The whole model's plan, unless rounds of work are counted: its moment is by chance."""
        offer = self.prover.offer()
        if offer is None or self.limits.rounds is not None:
            return
        state = self.search.state
        before, old = state.cost().total, dict(state.chosen)
        state.put(offer)
        if state.overfull() or state.cost().total >= before:
            state.put(old)
        else:
            self.keep()

    def keep(self) -> None:
        """Remember the state if it is lawful (but for what is unplaced) and cheaper."""
        placements = tuple(self.search.state.placements())
        total = self.search.state.cost().total
        if total >= self.best_total - 1e-9:
            return
        if not all(self.is_tolerable(breach) for breach in check(self.problem, placements)):
            return
        self.best, self.best_total = placements, total
        self.better_at = time.monotonic()
        self.best_cost = cost(self.problem, placements)
        self.prover.learn(dict(self.search.state.chosen))
        self.tell("improving", placements)

    def is_tolerable(self, breach: Breach) -> bool:
        """In a partial plan: what is not placed, and what was decided against the rules."""
        if breach.rule == "fixed":
            numbers = {one.resident.id: one.number for one in self.search.careers.careers}
            return numbers[breach.residents[0]] in self.search.lonely
        if breach.rule == "places":
            begun = begun_placements(self.problem)
            return all(one in begun for one in breach.placements)
        return breach.rule in ("whole", "choose")

    def raise_bound(self, bound: float | None) -> None:
        if bound is None or bound <= self.bound_searched + 1e-6:
            return
        self.bound_searched = bound
        if self.is_same_problem:
            self.bound = bound
            self.tell("bounding")

    def is_optimal(self) -> bool:
        return self.best is not None and self.best_total <= self.bound_searched + 1e-6

    def tell(self, doing: str, placements: tuple[Placement, ...] | None = None) -> None:
        if self.on_progress:
            total = self.best_cost.total if self.best_cost else None
            seconds = time.monotonic() - self.begun
            self.on_progress(Progress(seconds, total, self.bound, placements, doing))

    def tell_over(self, over: int) -> None:
        if self.on_progress:
            seconds = time.monotonic() - self.begun
            self.on_progress(Progress(seconds, None, self.bound, None, "repairing", over))

    def plan(self) -> Plan:
        placements = self.best
        if placements is None:
            placements = what_stands(self.problem, self.search.state.placements())
        parts = cost(self.problem, placements)
        breaches = check(self.problem, placements)
        if not breaches:
            status = "optimal" if self.is_optimal() and self.is_same_problem else "feasible"
        else:
            status = "infeasible" if self.prover.infeasible else "partial"
        bound = self.bound
        if bound is not None:
            bound = min(bound, self.problem.weights.unplaced if breaches else parts.total)
        duals = self.prover.duals()
        return Plan(
            status=status,
            placements=placements,
            cost=parts,
            bound=bound,
            seconds=time.monotonic() - self.begun,
            unplaced=unplaced_of(self.problem, placements),
            explanation=self.explanation() if breaches else (),
            bottlenecks=bottlenecks(self.problem, duals) if duals and not breaches else (),
        )

    def explanation(self) -> tuple[Explanation, ...]:
        if self.closest is None:
            return ()
        self.tell("explaining")
        return explain(
            self.problem,
            seconds=max(3.0, self.limits.left()),
            should_stop=self.limits.should_stop,
            closest=self.closest,
            lonely=self.search.lonely,
            proven=self.prover.infeasible,
            seed=self.limits.seed,
        )
