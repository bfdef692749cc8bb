"""The model of some residents' careers with the places the others leave: CP-SAT, start booleans.

Rules about one person keep the names they have in `rules`; places are elastic (`over`) while a
lawful plan is being looked for and hard afterwards. Costs are whole numbers: `SCALE` times.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ortools.sat.python import cp_model

from trainingbase.planner.search import constraints
from trainingbase.planner.timetables.careers import Career, Careers
from trainingbase.planner.timetables.state import Chosen
from trainingbase.planner.timetables.stay import Stay

SCALE = 1000
FINE = SCALE // 10


@dataclass
class Part:
    """What to solve. `room[d][p]` are places left by everybody outside `members`.

    `present[d][p]` counts those outside; `over_price[d][p]` makes places elastic, None keeps them
    hard; `may_be_unplaced` lists careers that have no lawful timetable even alone, or all. Stays
    `barred` of a career and task are not to be chosen.
    """

    careers: Careers
    members: Sequence[int]
    room: list[list[int]]
    present: list[list[int]]
    worst_outside: float = 0.0
    over_price: list[list[int]] | None = None
    may_be_unplaced: frozenset[int] = frozenset()
    with_cost: bool = True
    only_served: bool = False  # of the cost only wishes and ranks
    hint: Chosen | None = None
    barred: Mapping[tuple[int, int], frozenset[Stay]] = field(default_factory=dict)


class PartModel:
    """A built model, its variables, and how to read a solution back."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.problem = part.careers.problem
        self.model = cp_model.CpModel()
        self.picks: list[tuple[int, int, Stay, cp_model.IntVar]] = []
        self.at: dict[tuple[int, int], list[cp_model.IntVar]] = {}
        self.objective: list[tuple[cp_model.IntVar, int]] = []
        self.constant = 0
        self.served: dict[int, list[tuple[cp_model.IntVar, int]]] = {}
        self.hints: set[tuple[int, int, Stay]] = set()
        for career, those in (part.hint or {}).items():
            self.hints.update((career, task, stay) for task, stay in those)
        for member in part.members:
            self._career(part.careers.careers[member])
        self._places()
        if part.with_cost and not part.only_served:
            self._minimum()
            self._worst_resident()
        variables = [variable for variable, _ in self.objective]
        prices = [price for _, price in self.objective]
        self.model.minimize(cp_model.LinearExpr.weighted_sum(variables, prices) + self.constant)

    # one person

    def _career(self, career: Career) -> None:
        self.served[career.number] = []
        variables = [self._stays(career, k) for k in range(len(career.tasks))]
        unplaced = self._unplaced(career)
        self._whole(career, variables, unplaced)
        self._one_place_at_a_time(career, variables, unplaced)
        constraints.before(self.model, career, variables)
        constraints.stretches_apart(self.model, career, variables)
        constraints.same_department(self.model, career, variables)
        self._fixed(career, variables)

    def _stays(self, career: Career, k: int) -> list[cp_model.IntVar | None]:
        made: list[cp_model.IntVar | None] = []
        task = career.tasks[k]
        barred = self.part.barred.get((career.number, k), frozenset())
        for stay in task.stays:
            if stay in barred:
                made.append(None)
                continue
            hinted = (career.number, k, stay) in self.hints
            variable = self.model.new_bool_var("")
            made.append(variable)
            self.picks.append((career.number, k, stay, variable))
            if self.hints:
                self.model.add_hint(variable, hinted)
            for period in range(stay.start, stay.end):
                self.at.setdefault((stay.department, period), []).append(variable)
            if self.part.with_cost:
                self._price(career.number, variable, stay)
        if self.part.with_cost and task.in_pieces and task.wishes:
            self._wishes_of_pieces(career, k, made)
        return made

    def _price(self, career: int, variable: cp_model.IntVar, stay: Stay) -> None:
        if stay.served:
            price = round(SCALE * stay.served)
            self.objective.append((variable, price))
            self.served[career].append((variable, price))
        if stay.kept and not self.part.only_served:
            self.objective.append((variable, -round(SCALE * stay.kept)))

    def _wishes_of_pieces(self, career: Career, k: int, made: list) -> None:
        task = career.tasks[k]
        for wish in task.wishes:
            missed = self.model.new_bool_var("")
            within = []
            for stay, variable in zip(task.stays, made, strict=True):
                if variable is None:
                    continue
                if stay.start < wish.start_from:
                    self.model.add_implication(variable, missed)
                elif stay.start < wish.start_to:
                    within.append(variable)
            self.model.add_bool_or([*within, missed])
            price = round(SCALE * wish.weight * self.problem.weights.wish)
            self.objective.append((missed, price))
            self.served[career.number].append((missed, price))

    def _unplaced(self, career: Career) -> list[cp_model.IntVar | None]:
        """Per task how many periods (of a splittable one) or whether it stays unplaced."""
        if career.number not in self.part.may_be_unplaced:
            return [None] * len(career.tasks)
        price = round(SCALE * self.problem.weights.unplaced)
        made: list[cp_model.IntVar | None] = []
        for task in career.tasks:
            if task.in_pieces:
                variable = self.model.new_int_var(0, task.length, "")
                self.objective.append((variable, price))
            else:
                variable = self.model.new_bool_var("")
                self.objective.append((variable, price * task.length))
            made.append(variable)
        return made

    def _whole(
        self, career: Career, variables: list[list], unplaced: list[cp_model.IntVar | None]
    ) -> None:
        taken: dict[str, cp_model.IntVar] = {}
        for requirement in career.tasks_of:
            if requirement in career.is_elective:
                taken[requirement] = self.model.new_bool_var("")
        for k, task in enumerate(career.tasks):
            those = [v for v in variables[k] if v is not None]
            take = taken.get(task.requirement.id)
            left = unplaced[k]
            if task.in_pieces:
                lengths = [
                    s.length for s, v in zip(task.stays, variables[k], strict=True) if v is not None
                ]
                total = cp_model.LinearExpr.weighted_sum(those, lengths)
                want = task.length if take is None else task.length * take
                self.model.add(total + (0 if left is None else left) == want)
            elif take is None:
                self.model.add_exactly_one(those if left is None else [*those, left])
            else:
                both = those if left is None else [*those, left]
                self.model.add_exactly_one([*both, ~take])
        for count, of in career.choices:
            some = [taken[one] for one in of if one in taken]
            if count > len(some):
                self.model.add_bool_or([])  # fewer electives than must be chosen
            elif some:
                self.model.add(cp_model.LinearExpr.sum(some) == count)

    def _one_place_at_a_time(
        self, career: Career, variables: list[list], unplaced: list[cp_model.IntVar | None]
    ) -> None:
        """With neither slack nor anything left out every free period is filled exactly."""
        at: dict[int, list[cp_model.IntVar]] = {period: [] for period in career.free}
        for task, those in zip(career.tasks, variables, strict=True):
            for stay, variable in zip(task.stays, those, strict=True):
                if variable is not None:
                    for period in range(stay.start, stay.end):
                        at[period].append(variable)
        no_slack = career.slack == 0 and not any(one is not None for one in unplaced)
        for those in at.values():
            if no_slack:
                self.model.add_exactly_one(those)
            elif len(those) > 1:
                self.model.add_at_most_one(those)

    def _fixed(self, career: Career, variables: list[list]) -> None:
        numbers = self.part.careers.department_number
        for block in career.resident.fixed:
            wanted = (numbers[block.department], block.start, block.length)
            same = [
                variable
                for k in career.tasks_of.get(block.requirement, ())
                for stay, variable in zip(career.tasks[k].stays, variables[k], strict=True)
                if variable is not None and (stay.department, stay.start, stay.length) == wanted
            ]
            if same or career.number not in self.part.may_be_unplaced:
                self.model.add_exactly_one(same)

    # everybody together

    def _places(self) -> None:
        for (department, period), those in self.at.items():
            room = self.part.room[department][period]
            if room >= len(those):
                continue
            if self.part.over_price is None:
                if room <= 1:
                    self._at_most(those, max(room, 0))
                else:
                    self.model.add(cp_model.LinearExpr.sum(those) <= room)
                continue
            over = self.model.new_int_var(0, len(those), "")
            self.model.add(cp_model.LinearExpr.sum(those) - over <= max(room, 0))
            self.objective.append((over, self.part.over_price[department][period]))

    def _at_most(self, those: list[cp_model.IntVar], room: int) -> None:
        if room:
            self.model.add_at_most_one(those)
        else:
            for variable in those:
                self.model.add(variable == 0)

    def _minimum(self) -> None:
        price = round(SCALE * self.problem.weights.minimum)
        if not price:
            return
        for (department, period), those in self.at.items():
            least = self.problem.departments[department].minimum[period]
            missing = least - self.part.present[department][period]
            if missing > 0:
                short = self.model.new_int_var(0, missing, "")
                self.model.add(cp_model.LinearExpr.sum(those) + short >= missing)
                self.objective.append((short, price))

    def _worst_resident(self) -> None:
        """`worst` counts tenths, so that its weight stays a whole number."""
        price = round(FINE * self.problem.weights.worst_resident * len(self.problem.residents))
        if not price:
            return
        outside = math.ceil(10 * self.part.worst_outside - 1e-6)
        sums = [
            (round(SCALE * self.part.careers.careers[member].served_constant), self.served[member])
            for member in self.part.members
        ]
        most = max((base + sum(p for _, p in those if p > 0) for base, those in sums), default=0)
        worst = self.model.new_int_var(outside, max(outside, math.ceil(most / FINE)), "")
        for base, those in sums:
            if base + sum(p for _, p in those if p > 0) > outside * FINE:
                expression = cp_model.LinearExpr.weighted_sum(
                    [variable for variable, _ in those], [price for _, price in those]
                )
                self.model.add(expression + base <= FINE * worst)
        self.objective.append((worst, price))

    def chosen(self, solver: Any) -> Chosen:
        """`solver` is a solver that has found something, or the callback of one that goes on."""
        found: Chosen = {member: [] for member in self.part.members}
        for career, task, stay, variable in self.picks:
            if solver.boolean_value(variable):
                found[career].append((task, stay))
        return found
