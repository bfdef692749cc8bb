"""What a plan would cost at most were a missed wish granted: rows annealed from the present plan.

The one who wishes gets the best timetable that grants it; everybody's rows then make room for it as
cheaply as they can, changing little where it costs the same.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from ortools.sat.python import cp_model

from trainingbase.planner.cost import cost
from trainingbase.planner.problem import Placement, Problem, Wish
from trainingbase.planner.search.desk import NEVER, ORDER, Desk
from trainingbase.planner.search.driving import anneal, drive
from trainingbase.planner.search.model import SCALE, Part
from trainingbase.planner.search.rows import Rows
from trainingbase.planner.search.search import Answer, solve_part
from trainingbase.planner.search.ways import WayBook
from trainingbase.planner.timetables.careers import Career, careers_of
from trainingbase.planner.timetables.limits import Limits, Stop
from trainingbase.planner.timetables.state import Chosen, State, chosen_from
from trainingbase.planner.timetables.stay import Stay, Task

LITTLE = 0.3  # of cost, for a stay that is not where it was
OVER = 5 * SCALE
EFFORT = 1.0  # deterministic seconds for the timetable of one person
AT_ONCE = 500
IDLE = 4000  # steps to no avail into the places
TURNS = 200  # of everybody while hot, in every try but the first
HEAT, COLD = 0.3, 0.08
SWEEPS = 6
WITHIN = 1000.0

Barred = dict[tuple[int, int], frozenset[Stay]]


class Granting:
    """The present plan, from which each wish is tried by itself."""

    def __init__(self, problem: Problem, placements: Sequence[Placement], limits: Limits) -> None:
        self.problem = problem
        self.present = tuple(placements)
        self.limits = limits
        weights = replace(problem.weights, moved=LITTLE)
        self.careers = careers_of(replace(problem, previous=tuple(placements), weights=weights))
        self.number = {one.resident.id: one for one in self.careers.careers}
        self.state = State(self.careers)
        self.state.put(chosen_from(self.careers, placements))
        self.before = cost(problem, placements).total
        self.book = WayBook(self.careers)

    def alone(self, resident: str, wish: Wish) -> tuple[bool, "Granted | None"]:
        """Whether it is impossible, were every place theirs; and where the search begins."""
        career = self.number[resident]
        if wish.requirement not in career.tasks_of:
            return True, None
        for is_close in (True, False):
            barred = _barred(career, wish, is_close)
            answer = self._timetable(career, barred)
            if answer.chosen is not None:
                return False, Granted(self, career, barred, answer.chosen)
            if not career.tasks[career.tasks_of[wish.requirement][0]].in_pieces:
                break
        return answer.status == cp_model.INFEASIBLE, None

    def _timetable(self, career: Career, barred: Barred) -> Answer:
        load = self.state.load_without([career.number])
        part = Part(
            self.careers,
            [career.number],
            self.state.room_beside(load),
            load,
            over_price=[[OVER] * self.problem.periods for _ in load],
            barred=barred,
        )
        return solve_part(part, self.limits, effort=EFFORT, seed=self.limits.seed)


class Granted:
    """One wish: `placements` is the cheapest lawful plan found that grants it, None until then."""

    def __init__(self, base: Granting, career: Career, barred: Barred, own: Chosen) -> None:
        self.base = base
        self.state = base.state.copy()
        self.state.put(own)
        self.rows = Rows(base.book, self.state)
        self._bar(career, barred)
        self.first = self.rows.blocks[:, ORDER:].copy()
        self.tries = 0
        self.placements: tuple[Placement, ...] | None = None
        self.total = float("inf")

    def _bar(self, career: Career, barred: Barred) -> None:
        rows = self.rows
        row = rows.members.index(career.number)
        shapes = {
            shape
            for block in rows.blocks[rows.rows[row, 0] : rows.rows[row + 1, 0]]
            for shape in range(block[0], block[1])
        }
        for shape in shapes:
            length, first, last = rows.shapes[shape]
            for way in range(first, last):
                department, task = rows.ways[way]
                for stay in barred.get((career.number, int(task)), ()):
                    if stay.length == length and stay.department == department:
                        rows.price[way, stay.start] = NEVER

    def attempt(self, is_over: Stop) -> None:
        """Into the places, at first without heat; the cheapest lawful plan is kept."""
        rows, desk = self.rows, self.rows.desk(self.base.limits.seed + self.tries, 1.0)
        rows.put(self.first)
        if self.tries:
            self._anneal(desk, is_over)
        self.tries += 1
        if not self._into_places(desk, is_over):
            return
        desk.weights[0] = WITHIN
        for _ in range(SWEEPS):
            anneal(desk, len(rows.members), 0.0, 1.0)
        self.state.put(rows.chosen())
        placements = tuple(self.state.placements())
        total = cost(self.base.problem, placements).total
        if total < self.total:
            self.total, self.placements = total, placements

    def _anneal(self, desk: Desk, is_over: Stop) -> None:
        steps = TURNS * len(self.rows.members)
        desk.weights[0], desk.weights[1] = 1.0, 0.05
        for done in range(0, steps, AT_ONCE):
            if is_over():
                break
            anneal(desk, min(AT_ONCE, steps - done), HEAT * (COLD / HEAT) ** (done / steps), 1.0)
        desk.weights[1] = 0.2

    def _into_places(self, desk: Desk, is_over: Stop) -> bool:
        load, places, _ = self.rows.cells
        kept = self.rows.blocks[:, ORDER:].copy()
        over, idle = int(np.maximum(load - places, 0).sum()), 0
        while over and idle < IDLE and not is_over():
            now, since = drive(desk, kept, AT_ONCE, 1, over)
            idle = since if now < over else idle + since
            over = now
        self.rows.put(kept)
        return over == 0


def _barred(career: Career, wish: Wish, is_close: bool) -> Barred:
    """What would not grant it, and the other electives where only one is chosen."""
    barred: Barred = {}
    for k in career.tasks_of[wish.requirement]:
        task = career.tasks[k]
        barred[career.number, k] = frozenset(
            stay for stay in task.stays if not _may_grant(task, stay, wish, is_close)
        )
    for count, those in career.choices:
        if wish.requirement in those and count == 1:
            for other in those:
                if other != wish.requirement:
                    for k in career.tasks_of.get(other, ()):
                        barred[career.number, k] = frozenset(career.tasks[k].stays)
    return barred


def _may_grant(task: Task, stay: Stay, wish: Wish, is_close: bool) -> bool:
    """The first stretch begins within it, no piece before it. `is_close`: pieces follow closely."""
    if task.in_pieces:
        last = wish.start_to - 1 + task.requirement.length
        return wish.start_from <= stay.start and (not is_close or stay.end <= last)
    return not task.is_first or wish.start_from <= stay.start < wish.start_to
