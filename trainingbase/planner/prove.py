"""Lower bounds, and proof that there is no lawful plan.

What each resident costs at best alone bounds every plan. Small problems are also given whole to
CP-SAT on a thread of its own; what it finds is offered to the search.
"""

import threading

from ortools.sat.python import cp_model

from trainingbase.planner.careers import Careers
from trainingbase.planner.limits import Limits
from trainingbase.planner.model import FINE, SCALE, Part, PartModel
from trainingbase.planner.search import FOUND, Answer, new_solver, solve_part
from trainingbase.planner.state import Chosen, State

WHOLE_AT_MOST = 14_000  # stays: about 40 residents with 33 months before them


class Prover:
    """Runs beside the search. `infeasible` only when proven; `bound()` holds for every plan."""

    def __init__(self, careers: Careers, limits: Limits) -> None:
        self.careers = careers
        self.limits = limits
        self.infeasible = False
        self._bound: float | None = None
        self._offer: Chosen | None = None
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._ended = threading.Event()
        self.loss = lost_by_rounding(careers)
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

    def end(self) -> float | None:
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        return self.bound()

    def _raise(self, bound: float) -> None:
        with self._lock:
            if self._bound is None or bound - self.loss > self._bound:
                self._bound = round(bound - self.loss, 6)

    def _prove(self, hint: Chosen) -> None:
        self._everybody_alone()
        if self.is_small() and not self._over():
            self._whole(hint)

    def _over(self) -> bool:
        return self._ended.is_set() or self.limits.reached()

    def _everybody_alone(self) -> None:
        """Wishes and ranks at their best for each, and the worst-served of them."""
        served, worst = 0.0, 0.0
        weights = self.careers.problem.weights
        for career in self.careers.careers:
            least = self._alone(career.number)
            if least is None:
                return
            served, worst = served + least, max(worst, least)
        count = len(self.careers.careers)
        self._raise(served + weights.worst_resident * count * worst)

    def _alone(self, member: int) -> float | None:
        career = self.careers.careers[member]
        if not career.tasks:
            return career.served_constant
        if self._over():
            return None
        blank = [[0] * self.careers.problem.periods for _ in self.careers.problem.departments]
        places = [list(department.places) for department in self.careers.problem.departments]
        part = Part(self.careers, [member], places, blank, only_served=True)
        answer: Answer = solve_part(part, self.limits, effort=1.0, seed=1)
        if answer.status == cp_model.INFEASIBLE:
            self.infeasible = True
            return None
        if answer.bound is None:
            return None
        return career.served_constant + max(0.0, answer.bound)

    def _whole(self, hint: Chosen) -> None:
        state = State(self.careers)
        everyone = [career.number for career in self.careers.careers]
        part = Part(self.careers, everyone, state.room_beside(state.load), state.load, hint=hint)
        built = PartModel(part)
        solver = new_solver(self.limits, seed=1)
        constant = self._constant()

        def on_bound(bound: float) -> None:
            self._raise(bound / SCALE + constant)
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
