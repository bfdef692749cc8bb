"""Lower bounds, proof that there is no lawful plan, and what places are worth.

A thread beside the search raises the bound by column generation (`ascent`); most of its time is
spent in compiled code that lets other threads run. Small problems are then given whole to CP-SAT;
what it finds is offered to the search.
"""

import threading

import numpy as np
from ortools.sat.python import cp_model

from trainingbase.planner.proof.ascent import Ascent
from trainingbase.planner.proof.master import Column, Duals, column_from
from trainingbase.planner.proof.pricing import Pricing
from trainingbase.planner.search.model import FINE, SCALE, Part, PartModel
from trainingbase.planner.search.search import FOUND, new_solver
from trainingbase.planner.timetables.careers import Careers
from trainingbase.planner.timetables.limits import Limits
from trainingbase.planner.timetables.state import Chosen, State
from trainingbase.planner.timetables.whole import is_complete

WHOLE_AT_MOST = 14_000  # stays: about 40 residents with 33 months before them
STEPS_OF_A_ROUND = 20


class Prover:
    """Runs beside the search. `infeasible` only when proven; `bound()` holds for every plan.

    Where rounds of work are counted it does its share of them to the end, so that its outcome
    does not depend on the clock either.
    """

    def __init__(self, careers: Careers, limits: Limits) -> None:
        self.careers = careers
        self.limits = limits
        self.infeasible = False
        self.ascent: Ascent | None = None
        self._bound: float | None = None
        self._offer: Chosen | None = None
        self._learnt: Chosen | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()
        self.size = sum(len(task.stays) for c in careers.careers for task in c.tasks)

    def is_small(self) -> bool:
        return self.size <= WHOLE_AT_MOST

    def start(self, state: State) -> None:
        """Begins on a thread, unless it is known already that nothing lawful exists."""
        if self.infeasible or self._thread is not None:
            return
        self._thread = threading.Thread(target=self._prove, args=(dict(state.chosen),))
        self._thread.start()

    def bound(self) -> float | None:
        with self._lock:
            return self._bound

    def offer(self) -> Chosen | None:
        """A plan of the whole model, once."""
        with self._lock:
            offer, self._offer = self._offer, None
            return offer

    def learn(self, chosen: Chosen) -> None:
        """A plan that was found; its timetables help the proof."""
        with self._lock:
            self._learnt = chosen

    def duals(self) -> Duals | None:
        """The prices that proved the bound, once the thread has ended."""
        return self.ascent.best if self.ascent is not None else None

    def prices(self) -> np.ndarray | None:
        """What places are worth, [department, period], once the proof has an idea of it.

        None where rounds of work are counted: when it is known is chance.
        """
        if (
            self.ascent is None
            or self.limits.rounds is not None
            or not self.ascent.best.prices.any()
        ):
            return None
        return self.ascent.best.prices

    def end(self) -> float | None:
        if self.limits.rounds is None:
            self._ended.set()
        if self._thread is not None:
            self._thread.join()
        return self.bound()

    def _raise(self, bound: float) -> None:
        with self._lock:
            if self._bound is None or bound > self._bound:
                self._bound = round(bound, 6)

    def _over(self) -> bool:
        return self._ended.is_set() or self.limits.reached()

    def _prove(self, hint: Chosen) -> None:
        pricing = Pricing(self.careers, self._over)
        self.infeasible = bool(pricing.lonely)
        if self.infeasible or self._over() or not pricing.fits():
            return
        self._ascend(Ascent(self.careers, pricing), hint)
        if self.is_small() and not self.infeasible and not self._over():
            self._whole(hint)

    def _ascend(self, ascent: Ascent, hint: Chosen) -> None:
        ascent.begin(self._columns(ascent.pricing, hint))
        self.ascent = ascent
        self._raise(ascent.bound)
        rounds = self.limits.rounds
        steps = rounds * STEPS_OF_A_ROUND if rounds is not None else None
        while not self._over() and (steps is None or steps > 0):
            self._take_in(ascent)
            more = ascent.step()
            self._raise(ascent.bound)
            self.infeasible = ascent.is_hopeless()
            if self.infeasible or not more:
                break
            steps = None if steps is None else steps - 1

    def _take_in(self, ascent: Ascent) -> None:
        with self._lock:
            learnt, self._learnt = self._learnt, None
        if learnt is not None and self.limits.rounds is None:
            ascent.master.add(self._columns(ascent.pricing, learnt))

    def _columns(self, pricing: Pricing, chosen: Chosen) -> list[Column]:
        columns = [
            column_from(pricing, member, those)
            for member, those in chosen.items()
            if member in pricing.offers and is_complete(self.careers, member, those)
        ]
        return [column for column in columns if column is not None]

    def _whole(self, hint: Chosen) -> None:
        state = State(self.careers)
        everyone = [career.number for career in self.careers.careers]
        part = Part(self.careers, everyone, state.room_beside(state.load), state.load, hint=hint)
        built = PartModel(part)
        rounds = self.limits.rounds
        effort = float(rounds) if rounds is not None else None
        solver = new_solver(self.limits, seed=1, effort=effort)
        constant, loss = self._constant(), lost_by_rounding(self.careers)

        def on_bound(bound: float) -> None:
            self._raise(bound / SCALE + constant - loss)
            if self._over():
                solver.stop_search()

        solver.best_bound_callback = on_bound
        with self.limits.minding(solver, self._ended.is_set):
            status = solver.solve(built.model, _Offering(self, built))
        if status == cp_model.INFEASIBLE:
            self.infeasible = True
        elif status in FOUND:
            on_bound(solver.best_objective_bound)

    def _constant(self) -> float:
        """What the whole model leaves out because nothing can change it."""
        careers = self.careers
        total = careers.moved_constant + sum(one.served_constant for one in careers.careers)
        return total + careers.problem.weights.minimum * minimum_nobody_can_meet(careers)


class _Offering(cp_model.CpSolverSolutionCallback):
    def __init__(self, prover: Prover, built: PartModel) -> None:
        super().__init__()
        self.prover = prover
        self.built = built

    def on_solution_callback(self) -> None:
        offer = self.built.chosen(self)
        with self.prover._lock:
            self.prover._offer = offer


def minimum_nobody_can_meet(careers: Careers) -> int:
    """Missing below minimum in cells where nobody has a stay to choose."""
    reachable = {
        (stay.department, period)
        for career in careers.careers
        for task in career.tasks
        for stay in task.stays
        for period in range(stay.start, stay.end)
    }
    return sum(
        max(0, least - careers.load[number][period])
        for number, department in enumerate(careers.problem.departments)
        for period, least in enumerate(department.minimum)
        if (number, period) not in reachable
    )


def lost_by_rounding(careers: Careers) -> float:
    """How far costs in whole numbers may be above the true ones; 0 where all are whole tenths."""
    weights = careers.problem.weights
    count = len(careers.careers)
    stays = [stay for one in careers.careers for task in one.tasks for stay in task.stays]
    tenths = [stay.served for stay in stays] + [one.served_constant for one in careers.careers]
    fine = [weights.minimum, weights.moved, weights.worst_resident * count / FINE * SCALE]
    if all(_is_whole(10 * value) for value in tenths) and all(
        _is_whole(SCALE * value) for value in fine
    ):
        return 0.0
    tasks = sum(len(one.tasks) for one in careers.careers)
    cells = careers.problem.periods * len(careers.problem.departments)
    return (2 * tasks + cells) / SCALE + 0.1 * weights.worst_resident * count


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-6
