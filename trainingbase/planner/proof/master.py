"""The linear programme over whole timetables: one for each resident, within the places.

A column is one resident's timetable. Rows: one timetable each, places of each cell (over them at a
penalty), minimums (missing at their weight), the worst-served resident, and the tolls of tasks
that a timetable of a large graph may miss or repeat. Its duals are the prices of places.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python import mathopt

from trainingbase.planner.proof.pricing import Pricing
from trainingbase.planner.proof.sweeps import SCALE
from trainingbase.planner.timetables.careers import Careers
from trainingbase.planner.timetables.stay import Stay

Cell = tuple[int, int]
OVER_AT_FIRST, OVER_AT_MOST = 8.0, 2048.0


@dataclass(frozen=True)
class Column:
    """`served` and `kept` in SCALE; `chosen` as in a State."""

    member: int
    served: int
    kept: int
    chosen: tuple[tuple[int, Stay], ...]


def column_of(pricing: Pricing, member: int, rows: Iterable[int]) -> Column:
    offers = pricing.offers[member]
    rows = list(rows)
    return Column(
        member,
        int(offers.served[rows].sum() + pricing.constant[member]),
        int(offers.kept[rows].sum()),
        tuple(offers.stays[row] for row in rows),
    )


def column_from(pricing: Pricing, member: int, chosen: Iterable[tuple[int, Stay]]) -> Column | None:
    """None where a stay is not open to the resident any more."""
    chosen = sorted(chosen, key=lambda one: one[1].start)
    rows = pricing.offers[member].rows_of(chosen)
    return None if rows is None else column_of(pricing, member, rows)


@dataclass
class Duals:
    """`prices[d, p]` of a place, `extra[r]` on wish and rank costs, `tolls[r][k]` of a task."""

    prices: np.ndarray
    extra: np.ndarray
    tolls: list[np.ndarray]

    def between(self, other: "Duals", share: float) -> "Duals":
        def mix(one: np.ndarray, two: np.ndarray) -> np.ndarray:
            return share * one + (1 - share) * two

        tolls = [mix(one, two) for one, two in zip(self.tolls, other.tolls, strict=True)]
        return Duals(mix(self.prices, other.prices), mix(self.extra, other.extra), tolls)


class Demand:
    """What the cells ask for beside begun stays: `room` and `least`, and what is lost anyhow."""

    def __init__(self, careers: Careers, pricing: Pricing) -> None:
        problem = careers.problem
        load = np.array(careers.load).reshape(len(problem.departments), problem.periods)
        places = np.array([one.places for one in problem.departments]).reshape(load.shape)
        minimum = np.array([one.minimum for one in problem.departments]).reshape(load.shape)
        self.reached = np.zeros(load.shape, np.bool_)
        for offers in pricing.offers.values():
            for department, start, end in set(
                zip(offers.department, offers.start, offers.end, strict=True)
            ):
                self.reached[department, start:end] = True
        self.room = np.maximum(places - load, 0)
        missing = np.maximum(minimum - load, 0)
        self.least = np.where(self.reached, np.minimum(missing, self.room), 0)
        weights = problem.weights
        lost = weights.minimum * float((missing - self.least).sum())
        self.constant = lost + careers.moved_constant
        self.minimum = weights.minimum
        self.worst = weights.worst_resident * len(careers.careers)


class Master:
    def __init__(self, careers: Careers, pricing: Pricing) -> None:
        self.careers = careers
        self.pricing = pricing
        self.demand = Demand(careers, pricing)
        self.columns: list[Column] = []
        self.variables: list[mathopt.Variable] = []
        self.known: set[Column] = set()
        self.model = mathopt.Model()
        self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)
        self.penalty = OVER_AT_FIRST
        self._rows()

    def _rows(self) -> None:
        model, demand = self.model, self.demand
        self.cells = [(int(d), int(p)) for d, p in zip(*np.nonzero(demand.reached), strict=True)]
        self.one = {
            member: model.add_linear_constraint(lb=1.0, ub=1.0) for member in self.pricing.offers
        }
        self.worst = model.add_variable(lb=0.0)
        model.objective.set_linear_coefficient(self.worst, demand.worst)
        self.below_worst = {}
        for member in self.one:
            row = model.add_linear_constraint(lb=0.0)
            row.set_coefficient(self.worst, 1.0)
            self.below_worst[member] = row
        self.worst.lower_bound = max(self.pricing.constant, default=0) / SCALE
        self.full: dict[Cell, mathopt.LinearConstraint] = {}
        self.short: dict[Cell, mathopt.LinearConstraint] = {}
        self.over: dict[Cell, mathopt.Variable] = {}
        self.missed: list[mathopt.Variable] = []
        for cell in self.cells:
            self._cell(cell)
        self.toll = {
            (member, task): self._toll(self.careers.careers[member].tasks[task].length)
            for member, tasks in self.pricing.tolled.items()
            for task in tasks
        }

    def _toll(self, length: int) -> mathopt.LinearConstraint:
        """May be missed at a price, so that there is a solution before there are timetables."""
        row = self.model.add_linear_constraint(lb=float(length), ub=float(length))
        for sign in (1.0, -1.0):
            missed = self.model.add_variable(lb=0.0)
            row.set_coefficient(missed, sign)
            self.model.objective.set_linear_coefficient(missed, self.penalty)
            self.missed.append(missed)
        return row

    def _cell(self, cell: Cell) -> None:
        model, demand = self.model, self.demand
        self.full[cell] = model.add_linear_constraint(ub=float(demand.room[cell]))
        over = model.add_variable(lb=0.0)
        self.full[cell].set_coefficient(over, -1.0)
        model.objective.set_linear_coefficient(over, self.penalty)
        self.over[cell] = over
        if demand.least[cell]:
            self.short[cell] = model.add_linear_constraint(lb=float(demand.least[cell]))
            missing = model.add_variable(lb=0.0)
            self.short[cell].set_coefficient(missing, 1.0)
            model.objective.set_linear_coefficient(missing, demand.minimum)

    def add(self, columns: Iterable[Column]) -> int:
        """How many of them are new."""
        new = [one for one in columns if one not in self.known]
        for column in new:
            self.known.add(column)
            self.columns.append(column)
            self._column(column)
        return len(new)

    def _column(self, column: Column) -> None:
        variable = self.model.add_variable(lb=0.0)
        price = (column.served - column.kept) / SCALE
        self.model.objective.set_linear_coefficient(variable, price)
        self.one[column.member].set_coefficient(variable, 1.0)
        self.below_worst[column.member].set_coefficient(variable, -column.served / SCALE)
        periods: dict[int, int] = {}
        at: dict[tuple[int, int], int] = {}
        for task, stay in column.chosen:
            periods[task] = periods.get(task, 0) + stay.length
            for period in range(stay.start, stay.end):
                at[stay.department, period] = at.get((stay.department, period), 0) + 1
        for cell, count in at.items():
            self.full[cell].set_coefficient(variable, float(count))
            if cell in self.short:
                self.short[cell].set_coefficient(variable, float(count))
        for task in self.pricing.tolled[column.member]:
            self.toll[column.member, task].set_coefficient(variable, float(periods.get(task, 0)))
        self.variables.append(variable)

    def solve(self, parameters: mathopt.SolveParameters) -> "Solved | None":
        """None when it was interrupted or did not come to an end."""
        try:
            result = self.solver.solve(params=parameters)
        except Exception:
            self.solver = mathopt.IncrementalSolver(self.model, mathopt.SolverType.GLOP)
            result = self.solver.solve(params=parameters)
        if result.termination.reason != mathopt.TerminationReason.OPTIMAL:
            return None
        return Solved(
            result.objective_value() + self.demand.constant,
            self._duals(result),
            np.array(result.variable_values(self.variables)),
            sum(result.variable_values([*self.over.values(), *self.missed])),
        )

    def _duals(self, result: mathopt.SolveResult) -> Duals:
        prices = np.zeros(self.demand.room.shape)
        for rows in (self.full, self.short):
            values = result.dual_values(list(rows.values()))
            for cell, value in zip(rows, values, strict=True):
                prices[cell] -= value
        extra = np.zeros(len(self.careers.careers))
        values = result.dual_values(list(self.below_worst.values()))
        extra[list(self.below_worst)] = np.maximum(values, 0.0)
        tolls = [np.zeros(len(one.tasks)) for one in self.careers.careers]
        values = result.dual_values(list(self.toll.values()))
        for (member, task), value in zip(self.toll, values, strict=True):
            tolls[member][task] = value
        return Duals(prices, extra, tolls)

    def raise_penalty(self) -> bool:
        """False when it is as high as it may be."""
        if self.penalty >= OVER_AT_MOST:
            return False
        self.penalty *= 4
        for over in [*self.over.values(), *self.missed]:
            self.model.objective.set_linear_coefficient(over, self.penalty)
        return True


@dataclass
class Solved:
    """`shares[i]` is how much of column i is taken, `over` the places beyond those there are."""

    value: float
    duals: Duals
    shares: np.ndarray
    over: float
