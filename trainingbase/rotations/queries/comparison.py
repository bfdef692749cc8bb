"""Two plans side by side."""

from dataclasses import dataclass

from trainingbase.planner.cost import ranks_taken, wishes_missed
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries.judging import Judgement, judge
from trainingbase.rotations.rules.differences import Difference, differences
from trainingbase.rotations.rules.rows import Row


@dataclass(frozen=True)
class Side:
    """A plan and what the rules say about it."""

    plan: Plan
    judgement: Judgement


@dataclass(frozen=True)
class Comparison:
    here: Side
    there: Side
    differences: list[Difference]

    @property
    def gain(self) -> list[Difference]:
        """Who fares better in the plan on the left."""
        return [one for one in self.differences if one.cost_here < one.cost_there]

    @property
    def lose(self) -> list[Difference]:
        return [one for one in self.differences if one.cost_here > one.cost_there]


def compare(here: Plan, there: Plan) -> Comparison:
    one, other = Side(here, judge(here)), Side(there, judge(there))
    since = max(here.starts_on, there.starts_on)
    return Comparison(
        one,
        other,
        differences(
            _since(one.judgement.rows, since),
            _since(other.judgement.rows, since),
            costs(one.judgement),
            costs(other.judgement),
        ),
    )


def _since(rows: tuple[Row, ...], day) -> list[Row]:
    return [row for row in rows if row.ends_on > day]


def costs(judgement: Judgement) -> dict[int, float]:
    """How each resident fares: breaches that name them, wishes missed, preferences not met, and,
    when all these are equal, when their training ends."""
    problem = judgement.problem
    mine: dict[str, list] = {one.id: [] for one in problem.residents}
    for placement in judgement.placements:
        mine[placement.resident].append(placement)
    found = {}
    for resident in problem.residents:
        those = mine[resident.id]
        found[int(resident.id)] = (
            wishes_missed(resident, those)
            + ranks_taken(problem, resident, those)
            + sum(resident.id in breach.residents for breach in judgement.breaches)
            + max((one.end for one in those), default=0) / 100
        )
    return found
