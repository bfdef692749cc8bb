"""Two plans side by side: what they cost, who fares how, and who moves why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from trainingbase.planner.cost import ranks_taken, wishes_missed
from trainingbase.planner.problem import Placement, Problem
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries.judging import Judgement, judge, judge_rows
from trainingbase.rotations.rules.differences import Difference, differences
from trainingbase.rotations.rules.facts import PER_MONTH
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.rules.whys import Why, whys


@dataclass(frozen=True)
class Side:
    """A plan and what the rules say about it."""

    plan: Plan
    judgement: Judgement

    @cached_property
    def wishes(self) -> tuple[int, int]:
        """Wishes met, and all there are."""
        mine = _by_resident(self.judgement)
        met = everything = 0
        for resident in self.judgement.problem.residents:
            for wish in resident.wishes:
                everything += 1
                alone = replace(resident, wishes=(wish,))
                met += wishes_missed(alone, mine[resident.id]) == 0
        return met, everything

    @property
    def months_unplaced(self) -> float:
        problem = self.judgement.problem
        return self.judgement.cost.unplaced / problem.weights.unplaced / PER_MONTH

    @cached_property
    def worst(self) -> tuple[int, float] | None:
        """The resident whose wishes and preferences are missed most, and by how much."""
        served = _served(self.judgement)
        key = max(served, key=lambda one: (served[one], -one), default=None)
        return (key, served[key]) if key is not None and served[key] > 0 else None


@dataclass(frozen=True)
class Comparison:
    """`here` is the plan one looks at, `there` what it is held against; `judged_now` are the rows
    of `there` under the facts of `here`."""

    here: Side
    there: Side
    differences: list[Difference]
    judged_now: Judgement
    why: dict[int, tuple[Why, ...]]

    @property
    def gain(self) -> list[Difference]:
        """Who fares better in the plan on the left."""
        return [one for one in self.differences if one.cost_here < one.cost_there]

    @property
    def lose(self) -> list[Difference]:
        return [one for one in self.differences if one.cost_here > one.cost_there]

    @property
    def stays_moved(self) -> int:
        return sum(len(one.only_there) for one in self.differences)


def compare(here: Plan, there: Plan) -> Comparison:
    """Where only one of the two weighed wishes, both are held against them."""
    one, other = Side(here, judge(here)), Side(there, judge(there))
    one, other = _held_against(one, other), _held_against(other, one)
    since = max(here.starts_on, there.starts_on)
    rows = _since(other.judgement.rows, since)
    found = differences(
        _since(one.judgement.rows, since),
        rows,
        costs(one.judgement),
        costs(other.judgement),
    )
    now = judge_rows(one.judgement.facts, rows)
    return Comparison(one, other, found, now, whys(found, now.breaches))


def _held_against(side: Side, other: Side) -> Side:
    facts, wishes = side.judgement.facts, other.judgement.facts.wishes
    if facts.wishes or not wishes:
        return side
    return Side(side.plan, judge_rows(replace(facts, wishes=wishes), side.judgement.rows))


def _since(rows: Iterable[Row], day: date) -> list[Row]:
    return [row for row in rows if row.ends_on > day]


def _by_resident(judgement: Judgement) -> dict[str, list[Placement]]:
    mine: dict[str, list[Placement]] = {one.id: [] for one in judgement.problem.residents}
    for placement in judgement.placements:
        mine[placement.resident].append(placement)
    return mine


def _served(judgement: Judgement) -> dict[int, float]:
    """Wishes missed and preferences not met, of each resident."""
    problem: Problem = judgement.problem
    mine = _by_resident(judgement)
    return {
        int(resident.id): wishes_missed(resident, mine[resident.id])
        + ranks_taken(problem, resident, mine[resident.id])
        for resident in problem.residents
    }


def costs(judgement: Judgement) -> dict[int, float]:
    """How each resident fares: breaches that name them, wishes missed, preferences not met, and,
    when all these are equal, when their training ends."""
    mine, served = _by_resident(judgement), _served(judgement)
    return {
        int(resident.id): served[int(resident.id)]
        + sum(resident.id in breach.residents for breach in judgement.breaches)
        + max((one.end for one in mine[resident.id]), default=0) / 100
        for resident in judgement.problem.residents
    }
