"""The lawful plan that moves fewest stays of an earlier one.

Compiled chains find one with few moves (`sparing`); those who moved are then planned together by
CP-SAT. It is proven to be the least where nobody could keep more if they were asked alone, or where
CP-SAT finds none that keeps one stay more: with so few moves allowed most stays are barred.
"""

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from trainingbase.planner.problem import Placement
from trainingbase.planner.replanning.few import Barred, barred_below, could_keep
from trainingbase.planner.replanning.sparing import Spared, kept_of, spare
from trainingbase.planner.search.model import Part, PartModel
from trainingbase.planner.search.search import FOUND, Search, new_solver
from trainingbase.planner.timetables.careers import Careers
from trainingbase.planner.timetables.counting import shortages
from trainingbase.planner.timetables.limits import Limits
from trainingbase.planner.timetables.state import Chosen, State, chosen_from
from trainingbase.planner.timetables.whole import is_complete

MOST_STAYS = 150_000  # of a model of everybody
NEAR = 120  # people whose rows are searched at first
CIRCLE = 16  # others planned anew by the solver at first, more while there is time
WIDER = 2
FINDING, MOVERS = 0.6, 0.8  # shares of the time by which it has to be at its end
CIRCLE_IN_VAIN, TO_THE_LAST = 0.4, 0.9  # the same while there are still too many somewhere
PATIENCE = (0.8, 0.02)  # seconds, and share of the time, without anything better
SOLVING = (1.5, 0.04)  # the same for each step of the solver once a plan has been found
CYCLES = 6  # of each chain, where work is counted
MOST_ALONE = 16  # people who are asked how many stays they could keep alone
MOVES_PROVEN = 40  # with more the model of everybody is too large to be of use


@dataclass(frozen=True)
class Least:
    """`is_proven`: no lawful plan moves fewer. `over`: places too many, where none was found."""

    placements: tuple[Placement, ...]
    is_proven: bool
    over: int = 0


def least_change(
    careers: Careers, present: Sequence[Placement], limits: Limits, effort: float | None = None
) -> Least | None:
    """None when none was found: there is none, or time is up. Costs but moves are not looked at.

    What comes closest instead, with `over` set, where there is something to go on from.
    `effort` limits each step in deterministic time instead of the clock.
    """
    return _Seeking(careers, present, limits, effort).least()


class _Seeking:
    def __init__(
        self, careers: Careers, present: Sequence[Placement], limits: Limits, effort: float | None
    ) -> None:
        self.careers = careers
        self.limits = limits
        self.effort = effort
        self.begun = time.monotonic()
        self.span = max(0.0, limits.left())
        self.state = State(careers)
        self.state.put(chosen_from(careers, present))
        self.hint = dict(self.state.chosen)
        self.found: Chosen | None = None

    def least(self) -> Least | None:
        anew = _to_plan_anew(self.careers, self.state)
        if not anew:
            return Least(tuple(self.state.placements()), is_proven=True)
        impossible = bool(shortages(self.careers))
        self.could_keep = {} if impossible else self._could_keep(anew)
        self.most = sum(self.could_keep.values()) - self._too_many(anew)
        spared = self._spared(anew)
        if spared is not None and not spared.over:
            self.found = spared.chosen
        if not impossible and not self._is_most():
            self._with_solver(anew)
        if self.found is not None:
            return self._least(self.found, self._is_most() or self._is_proven())
        return None if spared is None else self._least(spared.chosen, False, spared.over)

    def _least(self, chosen: Chosen, is_proven: bool, over: int = 0) -> Least:
        state = State(self.careers)
        state.put(chosen)
        return Least(tuple(state.placements()), is_proven, over)

    def _is_past(self, share: float) -> bool:
        spent = time.monotonic() - self.begun
        return self.limits.reached() or (self.effort is None and spent > share * self.span)

    # what cannot be undercut

    def _could_keep(self, anew: Sequence[int]) -> dict[int, int]:
        """How many stays each could keep: at most all, or where somebody must be planned anew and
        asking is cheap, as many as they could alone."""
        could = {one.number: could_keep(one) for one in self.careers.careers}
        if len(anew) <= MOST_ALONE:
            everywhere = State(self.careers)
            for member in anew:
                if could[member] and not self._is_past(0.2):
                    status, alone = self._solved(everywhere, [member], 0, self.effort or 0.5)
                    if alone is not None and status == cp_model.OPTIMAL:
                        could[member] = kept_of(alone[member])
        return could

    def _too_many(self, anew: Sequence[int]) -> int:
        """So many of those whose plan is whole must move: who is in the fullest place."""
        state = self.state.copy()
        whole = [one for one in anew if is_complete(self.careers, one, self.hint[one])]
        state.put({one: [] for one in anew if one not in set(whole)})
        return max((count for *_, count in state.overfull()), default=0)

    def _is_most(self) -> bool:
        return self.found is not None and _kept(self.found) >= self.most

    # finding

    def _spared(self, anew: list[int]) -> Spared | None:
        """By the compiled chains, if they are at hand: of those near, then of everybody."""
        search = Search(self.careers, self.limits)
        search.warming.waits = self.effort is not None
        if not search.warming.is_done():
            search.warming.end()
            return None
        search.adopt(self.hint)
        if search.lonely:
            return None
        ordered = [*anew, *_rivals(self.careers, self.state, anew)]
        spared = None
        for members in dict.fromkeys((tuple(ordered[: len(anew) + NEAR]), tuple(ordered))):
            in_vain = CIRCLE_IN_VAIN if len(members) < len(ordered) else TO_THE_LAST

            def until(over: bool, in_vain: float = in_vain) -> bool:
                return self._is_past(in_vain if over else FINDING)

            spared = spare(
                search.state,
                sorted(members),
                self.limits,
                enough=self.most,
                patience=_whichever_is_more(PATIENCE, self.span),
                until=until,
                cycles=None if self.effort is None else CYCLES,
            )
            if not spared.over:
                break
        if spared is None:
            return None
        everybody = {**search.state.chosen, **spared.chosen}
        return Spared(spared.over, spared.kept, spared.cost, everybody)

    def _with_solver(self, anew: list[int]) -> None:
        """Those who have moved together; or, where nothing was found, a growing circle."""
        if self.found is not None:
            members = [one for one, those in self.found.items() if those != self.hint[one]]
            self._better(members, _kept(self.found) + 1, MOVERS)
            return
        ordered = anew + _rivals(self.careers, self.state, anew)
        count = len(anew) + CIRCLE
        while self.found is None and not self._is_past(MOVERS):
            self._better(ordered[:count], 0, MOVERS)
            if count >= len(ordered):
                break
            count = len(anew) + WIDER * (count - len(anew))

    def _better(self, members: list[int], least_kept: int, share: float) -> None:
        left = share * self.span - (time.monotonic() - self.begun)
        if self.found is not None:
            left = min(left, 2 * _whichever_is_more(SOLVING, self.span))
        effort = self.effort if self.effort is not None else max(0.1, left / 2)
        state = self.state.copy()
        state.put(self.found or {})
        inside = set(members)
        outside = sum(kept_of(those) for one, those in state.chosen.items() if one not in inside)
        _, chosen = self._solved(state, members, max(0, least_kept - outside), effort)
        if chosen is not None:
            self.found = {**state.chosen, **chosen}

    # proving

    def _is_proven(self) -> bool:
        """CP-SAT looks for one that keeps more, and again; True when there is none."""
        size = sum(len(task.stays) for one in self.careers.careers for task in one.tasks)
        state = self.state.copy()
        while size <= MOST_STAYS and not self.limits.reached():
            wanted = _kept(self.found or {}) + 1
            spare_moves = self.most - wanted
            if spare_moves < 0:
                return True
            if spare_moves > MOVES_PROVEN:
                return False
            least = {one: could - spare_moves for one, could in self.could_keep.items()}
            everybody = [one.number for one in self.careers.careers]
            barred = barred_below(self.careers, least)
            effort = self.effort or _whichever_is_more(SOLVING, self.span)
            status, better = self._solved(state, everybody, wanted, effort, barred)
            if better is not None:
                self.found = better
            if status == cp_model.OPTIMAL or status == cp_model.INFEASIBLE:
                return True
            if better is None:
                return False
        return False

    def _solved(
        self,
        state: State,
        members: Sequence[int],
        least_kept: int,
        effort: float | None,
        barred: Barred | None = None,
    ) -> tuple[cp_model.CpSolverStatus, Chosen | None]:
        """These people's stays beside the others', as many kept as can be, no fewer than that."""
        load = state.load_without(members)
        part = Part(
            self.careers,
            members,
            state.room_beside(load),
            load,
            with_cost=False,
            hint={member: state.chosen.get(member, []) for member in members},
            barred=barred or {},
        )
        built = PartModel(part)
        picks = [variable for *_, stay, variable in built.picks if stay.kept]
        kept = cp_model.LinearExpr.sum(picks)
        if least_kept > 0:
            built.model.add(kept >= least_kept)
        built.model.maximize(kept)
        solver = new_solver(self.limits, seed=self.limits.seed, effort=effort)
        solver.parameters.linearization_level = 0
        solver.parameters.cp_model_presolve = False  # takes longer than all the rest
        with self.limits.minding(solver):
            status = solver.solve(built.model)
        return status, built.chosen(solver) if status in FOUND else None


def _whichever_is_more(patience: tuple[float, float], span: float) -> float:
    seconds, share = patience
    return max(seconds, share * span)


def _kept(chosen: Chosen) -> int:
    return sum(kept_of(those) for those in chosen.values())


def _to_plan_anew(careers: Careers, state: State) -> list[int]:
    """Whose plan is not whole, or who is where there are too many."""
    found = {
        one.number
        for one in careers.careers
        if not is_complete(careers, one.number, state.chosen.get(one.number, []))
    }
    for department, period, _ in state.overfull():
        found |= state.there(department, period, period + 1)
    return sorted(found)


def _rivals(careers: Careers, state: State, anew: list[int]) -> list[int]:
    """Others, those first who sit most often where those to be planned anew could go."""
    wanted: Counter[tuple[int, int]] = Counter()
    for member in anew:
        for task in careers.careers[member].tasks:
            for stay in task.stays:
                wanted.update((stay.department, p) for p in range(stay.start, stay.end))
    counted = {
        member: sum(
            wanted[stay.department, p] for _, stay in those for p in range(stay.start, stay.end)
        )
        for member, those in state.chosen.items()
        if member not in anew and those
    }
    return sorted(counted, key=lambda member: (-counted[member], member))
