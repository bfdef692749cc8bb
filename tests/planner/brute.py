"""Every lawful plan of a tiny problem, by trying everything. Slow, and obviously right.

Nothing here knows the solver: timetables are put together from the definitions of the problem and
judged by `rules.check`; what a plan costs is told by `cost.cost`.
"""

import itertools
from dataclasses import dataclass, replace

from trainingbase.planner.cost import cost
from trainingbase.planner.problem import Placement
from trainingbase.planner.rules import check


class TooMany(Exception):
    """The problem is not tiny."""


@dataclass(frozen=True)
class Best:
    """The cheapest lawful plan; `placements` is None when no plan is lawful."""

    placements: tuple | None
    total: float | None


def best_plan(problem, most=200_000):
    """Raises TooMany after looking at `most` part plans."""
    everyone = [timetables(problem, one, most) for one in problem.residents]
    if not all(everyone):
        return Best(None, None)
    priced = [
        _priced(problem, one, those) for one, those in zip(problem.residents, everyone, strict=True)
    ]
    return _Cheapest(problem, priced, most).find()


def lawful_plans(problem, most=200_000):
    """All of them, as tuples of placements."""
    everyone = [timetables(problem, one, most) for one in problem.residents]
    for number, those in enumerate(itertools.product(*everyone)):
        if number > most:
            raise TooMany
        plan = tuple(itertools.chain.from_iterable(those))
        if not check(problem, plan):
            yield plan


def timetables(problem, resident, most=200_000):
    """Every timetable of one resident that breaks no rule when nobody else is there."""
    alone = replace(problem, residents=(resident,))
    programme = problem.programme_of(resident)
    begun = [_placement(resident, block) for block in resident.in_progress]
    partial = [begun]
    for requirement in programme.requirements:
        if requirement.id in resident.done or requirement.id in {one.requirement for one in begun}:
            continue
        ways = list(_ways(problem, resident, requirement))
        if requirement.id in programme.elective_ids:
            ways.append(())
        if len(partial) * len(ways) > most:
            raise TooMany
        partial = [
            [*those, *way] for those in partial for way in ways if not _overlap([*those, *way])
        ]
    return [those for those in partial if not check(alone, those)]


def _ways(problem, resident, requirement):
    """Tuples of placements that add up to the requirement, in time or out of it."""
    if requirement.stretches is not None:
        lengths = {requirement.stretches}
    else:
        lengths = set(_sums(requirement.length, requirement.min_stretch))
    for some in lengths:
        each = [
            [
                Placement(resident.id, requirement.id, department.id, start, length)
                for department in problem.departments
                if set(department.standards) & set(requirement.standard)
                for start in range(problem.periods - length + 1)
            ]
            for length in some
        ]
        for way in itertools.product(*each):
            if all(one.end <= other.start for one, other in itertools.pairwise(way)):
                yield way


def _sums(length, least):
    """Every row of whole numbers, none below `least`, that adds up to `length`."""
    if length == 0:
        yield ()
    for first in range(least, length + 1):
        for rest in _sums(length - first, least):
            yield (first, *rest)


def _overlap(placements):
    ordered = sorted(placements, key=lambda one: one.start)
    return any(one.end > other.start for one, other in itertools.pairwise(ordered))


def _placement(resident, block):
    return Placement(resident.id, block.requirement, block.department, block.start, block.length)


def _priced(problem, resident, those):
    """(what it costs this resident alone, timetable), the cheapest first."""
    mine = tuple(one for one in problem.previous if one.resident == resident.id)
    alone = replace(
        problem,
        residents=(resident,),
        previous=mine,
        departments=tuple(
            replace(one, minimum=(0,) * problem.periods) for one in problem.departments
        ),
        weights=replace(problem.weights, worst_resident=0),
    )
    return sorted(((cost(alone, one).total, one) for one in those), key=lambda pair: pair[0])


class _Cheapest:
    """Takes a timetable for one resident after the other and goes back where it leads nowhere."""

    def __init__(self, problem, priced, most):
        self.problem = problem
        self.priced = priced
        self.left = most
        self.best, self.total = None, float("inf")

    def find(self):
        self._extend([], 0.0, 0)
        if self.best is None:
            return Best(None, None)
        return Best(tuple(sorted(self.best)), self.total)

    def _extend(self, plan, spent, number):
        if number == len(self.priced):
            total = cost(self.problem, plan).total
            if total < self.total and not check(self.problem, plan):
                self.best, self.total = plan, total
            return
        for price, timetable in self.priced[number]:
            behind = sum(those[0][0] for those in self.priced[number + 1 :])
            if spent + price + behind >= self.total:
                break
            self.left -= 1
            if self.left < 0:
                raise TooMany
            together = [*plan, *timetable]
            if not self._over_places(together):
                self._extend(together, spent + price, number + 1)

    def _over_places(self, plan):
        there = {}
        for one in plan:
            for period in range(max(0, one.start), min(one.end, self.problem.periods)):
                there[one.department, period] = there.get((one.department, period), 0) + 1
        places = {one.id: one.places for one in self.problem.departments}
        return any(count > places[key][period] for (key, period), count in there.items())
