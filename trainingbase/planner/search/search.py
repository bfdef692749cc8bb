"""The parts of a search: building a first plan, driving it into its places, making it better.

Everything works on a `State`. Sub-problems are solved by CP-SAT on one thread each with a limit in
deterministic time, so that with a seed and a number of rounds the outcome is always the same.
"""

import random
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from trainingbase.planner.search.model import SCALE, Part, PartModel
from trainingbase.planner.search.rows import WayBook
from trainingbase.planner.search.warming import Warming
from trainingbase.planner.timetables.careers import Career, Careers
from trainingbase.planner.timetables.limits import Limits
from trainingbase.planner.timetables.state import Chosen, State
from trainingbase.planner.timetables.whole import as_own, is_complete

EFFORT = 1.0  # deterministic seconds for one neighbourhood
OVER = 5 * SCALE  # price of one place too many for one period, against wishes
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass
class Answer:
    """`chosen` is None when nothing was found; `bound` is in cost, not scaled."""

    chosen: Chosen | None
    status: cp_model.CpSolverStatus
    value: float | None = None
    bound: float | None = None


def solve_part(
    part: Part, limits: Limits, *, effort: float, seed: int, plain: bool = False
) -> Answer:
    """`effort` is deterministic time, about seconds.

    `plain`, for one person without costs, spares presolving. Linear relaxations are left to the
    prover: where places are hard, neighbourhoods are solved twice as fast without them.
    """
    if limits.reached():
        return Answer(None, cp_model.UNKNOWN)
    built = PartModel(part)
    solver = new_solver(limits, seed=seed, effort=effort)
    solver.parameters.linearization_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.cp_model_presolve = not plain
    with limits.minding(solver):
        status = solver.solve(built.model)
    if status not in FOUND:
        return Answer(None, status)
    return Answer(
        built.chosen(solver),
        status,
        solver.objective_value / SCALE,
        solver.best_objective_bound / SCALE,
    )


def new_solver(limits: Limits, *, seed: int, effort: float | None = None) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_time_in_seconds = max(0.05, limits.left())
    if effort is not None:
        solver.parameters.max_deterministic_time = effort
    return solver


@dataclass
class Search:
    """`lonely` are careers without a lawful timetable even if they had every place to themselves.

    `alone` is, per career, the least wish and rank cost it can have: their sum is a lower bound.
    """

    careers: Careers
    limits: Limits
    state: State = field(init=False)
    book: WayBook = field(init=False)
    lonely: set[int] = field(default_factory=set)
    round: int = 0
    size: float = 8.0  # people in a neighbourhood: more while they are solved to the end

    def __post_init__(self) -> None:
        self.state = State(self.careers)
        self.warming = Warming(self.limits.rounds is not None)
        self.book = WayBook(self.careers)
        self.random = random.Random(self.limits.seed)  # noqa: S311 - a search, not a secret
        periods = self.careers.problem.periods
        self.over_price = [[OVER] * periods for _ in self.careers.problem.departments]

    # a first plan

    def construct(self, members: Iterable[int] | None = None) -> None:
        """One resident after another, those with least time first, over places where need be."""
        careers = self.careers.careers
        todo = range(len(careers)) if members is None else members
        alike: dict[tuple, list] = {}
        for member in sorted(todo, key=lambda i: (len(careers[i].free), i)):
            key = careers[member].shape
            if key not in alike:
                if self.limits.reached():
                    return
                alike[key] = self._first_timetable(member)
            elif member not in self.lonely and not is_complete(self.careers, member, alike[key]):
                self.lonely.add(member)
            self.state.put({member: as_own(careers[member], alike[key])})

    def _first_timetable(self, member: int) -> list:
        """Any timetable that is lawful for the person alone: places are the repair's business."""
        if not self.careers.careers[member].tasks:
            return []
        periods = self.careers.problem.periods
        everywhere = [[len(self.careers.careers)] * periods for _ in self.state.load]
        part = Part(
            self.careers,
            [member],
            everywhere,
            everywhere,
            may_be_unplaced=frozenset(self.lonely.intersection([member])),
            with_cost=False,
        )
        for effort, plain in ((0.3, True), (8.0, False)):
            answer = solve_part(
                part, self.limits, effort=effort, seed=self.limits.seed, plain=plain
            )
            if answer.chosen is not None:
                return answer.chosen[member]
            if answer.status == cp_model.INFEASIBLE:
                break
        if member in self.lonely or self.limits.reached():
            return []
        self.lonely.add(member)
        return self._first_timetable(member)

    def adopt(self, chosen: Chosen) -> None:
        """Start from timetables of an earlier plan; what is incomplete in them is planned anew."""
        careers = self.careers.careers
        self.state.put({career.number: chosen.get(career.number, []) for career in careers})
        incomplete = [
            career.number
            for career in careers
            if not is_complete(self.careers, career.number, chosen.get(career.number, []))
        ]
        self.state.put({member: [] for member in incomplete})
        for member in incomplete:
            if chosen.get(member):
                self._fit_in(member)
        self.construct(member for member in incomplete if not chosen.get(member))

    def _fit_in(self, member: int) -> None:
        """A timetable close to the earlier one, and within the places the others leave if it can.

        Over them rather than moving others: that is the repair's to weigh.
        """
        load = self.state.load_without([member])
        part = Part(
            self.careers,
            [member],
            self.state.room_beside(load),
            load,
            over_price=self.over_price,
        )
        answer = solve_part(part, self.limits, effort=2.0, seed=self.limits.seed)
        if answer.chosen is None:
            self.construct([member])
        else:
            self.state.put(answer.chosen)

    # better

    def improve_round(self) -> bool:
        """Two neighbourhoods at once, of different people; True when the plan became cheaper."""
        self.round += 1
        groups = self._neighbourhoods()
        before = self.state.cost().total
        better = False
        for answer in self.solve_all(groups):
            done = answer.status == cp_model.OPTIMAL
            self.size = min(24.0, self.size * 1.03) if done else max(5.0, self.size * 0.9)
            if answer.chosen is None:
                continue
            old = {member: self.state.chosen[member] for member in answer.chosen}
            self.state.put(answer.chosen)
            now = self.state.cost().total
            if now > before + 1e-9 or self.state.overfull():
                self.state.put(old)
            else:
                better = better or now < before - 1e-9
                before = now
        return better

    def solve_all(self, groups: Sequence[list[int]], elastic: bool = False) -> list[Answer]:
        parts = [self._part(members) for members in groups]
        for part in parts:
            part.over_price = self.over_price if elastic else None
        seeds = [self.limits.seed + 1000 * self.round + i for i in range(len(parts))]
        with ThreadPoolExecutor(max_workers=max(1, self.limits.workers)) as pool:
            jobs = [
                pool.submit(solve_part, part, self.limits, effort=EFFORT, seed=seed)
                for part, seed in zip(parts, seeds, strict=True)
            ]
            return [job.result() for job in jobs]

    def _part(self, members: list[int]) -> Part:
        load = self.state.load_without(members)
        inside = set(members)
        outside = [
            self.state.served(career)
            for career in self.careers.careers
            if career.number not in inside
        ]
        unplaced = {
            member
            for member in members
            if member in self.lonely
            or not is_complete(self.careers, member, self.state.chosen.get(member, []))
        }
        return Part(
            self.careers,
            members,
            self.state.room_beside(load),
            load,
            worst_outside=max(outside, default=0.0),
            may_be_unplaced=frozenset(unplaced),
            hint={member: self.state.chosen.get(member, []) for member in members},
        )

    def _neighbourhoods(self) -> list[list[int]]:
        used: set[int] = set()
        groups = []
        for _ in range(max(1, self.limits.workers)):
            members = self._neighbourhood(used)
            if members:
                groups.append(members)
                used.update(members)
        return groups

    def _neighbourhood(self, used: set[int]) -> list[int]:
        """Some badly served, those who sit where they would like to be, and a few others."""
        careers = self.careers.careers
        open_ones = [c for c in careers if c.number not in used and c.tasks]
        if not open_ones:
            return []
        size = round(self.size)
        members = self._seeds(open_ones, size)
        rivals = {
            member
            for seed in members
            for department, first, last in self._wanted_cells(seed)
            for member in self.state.there(department, first, last)
            if member not in used and member not in members
        }
        pool = sorted(rivals)
        self.random.shuffle(pool)
        members += pool[: max(1, size - len(members) - 2)]
        rest = [c.number for c in open_ones if c.number not in members]
        self.random.shuffle(rest)
        return members + rest[: max(0, size - len(members))]

    def _seeds(self, open_ones: list[Career], size: int) -> list[int]:
        """One, the likelier the worse served; or now and then the worst of all together."""
        wanting = {career.number: self._wanting(career.number) for career in open_ones}
        if self.random.random() < 0.25:
            worst = sorted(wanting, key=lambda one: -wanting[one])
            return worst[: max(1, size // 3)]
        return self.random.choices(list(wanting), [0.2 + one for one in wanting.values()])

    def _wanting(self, member: int) -> float:
        career = self.careers.careers[member]
        unplaced = not is_complete(self.careers, member, self.state.chosen.get(member, []))
        moved = sum(
            max((stay.kept for stay in task.stays), default=0) for task in career.tasks
        ) - sum(stay.kept for _, stay in self.state.chosen.get(member, ()))
        moved = max(0.0, moved)  # of a requirement in pieces several stays may be kept
        return self.state.served(career) + moved + (100 if unplaced else 0)

    def _wanted_cells(self, member: int) -> list[tuple[int, int, int]]:
        """(department, first, last) where this resident's missed wishes would be met."""
        career = self.careers.careers[member]
        now = dict(self.state.chosen.get(member, ()))
        wanted = []
        for k, task in enumerate(career.tasks):
            have = now.get(k)
            price = (have.served - have.kept) if have else float("inf")
            if k in now and price <= 0:
                continue
            better = [stay for stay in task.stays if stay.served - stay.kept < price]
            if better:
                stay = self.random.choice(better)
                wanted.append((stay.department, stay.start, stay.end))
        return wanted
