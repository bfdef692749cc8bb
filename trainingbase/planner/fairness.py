"""How evenly a plan serves: wish and rank cost of each, sites and departments shared out.

The cost of one resident is what the format counts: wishes missed and ranks taken, weighted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from trainingbase.planner.cost import ranks_taken, wishes_missed
from trainingbase.planner.problem import Placement, Problem


@dataclass(frozen=True)
class Fairness:
    """`costs` by resident; `gini` is 0 where all pay alike and near 1 where one pays all.

    `sites` and `unloved` count periods by institution of primary care and by department: who goes
    there most, least, and the mean of those who go somewhere of that kind. `unloved` are the
    departments that wishes and ranks avoid most.
    """

    costs: dict[str, float]
    worst: tuple[str, ...]
    mean: float
    most: float
    least: float
    gini: float
    sites: dict[str, int]
    unloved: tuple[tuple[str, float, int], ...]

    @property
    def spread(self) -> float:
        return round(self.most - self.least, 6)


MOST_NAMED = 10


def fairness(problem: Problem, placements: Iterable[Placement]) -> Fairness:
    placements = [one for one in placements if one.department in problem.department_by_id]
    mine: dict[str, list[Placement]] = {one.id: [] for one in problem.residents}
    for placement in placements:
        mine.setdefault(placement.resident, []).append(placement)
    weights = problem.weights
    costs = {
        resident.id: round(
            weights.wish * wishes_missed(resident, mine[resident.id])
            + weights.rank * ranks_taken(problem, resident, mine[resident.id]),
            6,
        )
        for resident in problem.residents
    }
    values = list(costs.values())
    most = max(values, default=0.0)
    return Fairness(
        costs,
        tuple(key for key, value in costs.items() if value == most and most > 0),
        round(sum(values) / len(values), 6) if values else 0.0,
        most,
        min(values, default=0.0),
        gini(values),
        _sites(problem, placements),
        _unloved(problem, placements),
    )


def gini(values: Sequence[float]) -> float:
    """Half the mean difference of any two, over the mean; 0 where nobody pays."""
    total, count = sum(values), len(values)
    if not total:
        return 0.0
    ordered = sorted(values)
    weighted = sum((2 * rank - count - 1) * value for rank, value in enumerate(ordered, start=1))
    return round(weighted / (count * total), 4)


def _sites(problem: Problem, placements: list[Placement]) -> dict[str, int]:
    """Periods of primary care by institution."""
    found: dict[str, int] = {one.institution: 0 for one in problem.departments if one.primary_care}
    for placement in placements:
        department = problem.department_by_id[placement.department]
        if department.primary_care:
            found[department.institution] += placement.length
    return found


def _unloved(problem: Problem, placements: list[Placement]) -> tuple[tuple[str, float, int], ...]:
    """(department, mean rank those who rank it give it, periods spent there), the worst first."""
    ranks: dict[str, list[float]] = {}
    for resident in problem.residents:
        for department in problem.departments:
            given = resident.rank.get(department.id, resident.rank.get(department.institution))
            if given is not None:
                ranks.setdefault(department.id, []).append(given)
    spent: dict[str, int] = {}
    for placement in placements:
        spent[placement.department] = spent.get(placement.department, 0) + placement.length
    rows = [
        (key, round(sum(given) / len(given), 3), spent.get(key, 0)) for key, given in ranks.items()
    ]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return tuple(row for row in rows[:MOST_NAMED] if row[1] > 0)


def fairness_to_json(found: Fairness) -> dict[str, Any]:
    return {
        "residents": found.costs,
        "worst": list(found.worst),
        "mean": found.mean,
        "most": found.most,
        "least": found.least,
        "spread": found.spread,
        "gini": found.gini,
        "sites": found.sites,
        "unloved": [
            {"department": key, "mean_rank": rank, "periods": spent}
            for key, rank, spent in found.unloved
        ],
    }
