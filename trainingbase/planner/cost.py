"""What a plan costs, by part, exactly as the format says. Rules are judged elsewhere."""

from collections.abc import Iterable

from trainingbase.planner.plan import Cost
from trainingbase.planner.problem import Placement, Problem, Resident, blocks_met


def cost(problem: Problem, placements: Iterable[Placement]) -> Cost:
    """Placements that name something unknown count for nothing."""
    placements = list(placements)
    of_resident: dict[str, list[Placement]] = {one.id: [] for one in problem.residents}
    for placement in placements:
        if placement.resident in of_resident:
            of_resident[placement.resident].append(placement)
    weights = problem.weights
    wish = rank = worst = 0.0
    unplaced = 0
    for resident in problem.residents:
        mine = of_resident[resident.id]
        missed = weights.wish * wishes_missed(resident, mine)
        ranked = weights.rank * ranks_taken(problem, resident, mine)
        wish, rank, worst = wish + missed, rank + ranked, max(worst, missed + ranked)
        unplaced += periods_unplaced(problem, resident, mine)
    return Cost(
        unplaced=weights.unplaced * unplaced,
        minimum=weights.minimum * missing_below_minimum(problem, placements),
        wish=wish,
        rank=rank,
        worst_resident=round(weights.worst_resident * len(problem.residents) * worst, 6),
        moved=weights.moved * len(moved(problem, placements)),
    )


def wishes_missed(resident: Resident, mine: Iterable[Placement]) -> float:
    """Sum of the weights of wishes whose requirement does not start within them."""
    starts: dict[str, int] = {}
    for placement in mine:
        earlier = starts.get(placement.requirement, placement.start)
        starts[placement.requirement] = min(earlier, placement.start)
    total = 0.0
    for wish in resident.wishes:
        if wish.requirement in resident.done:
            continue
        start = starts.get(wish.requirement)
        if start is None or not wish.start_from <= start < wish.start_to:
            total += wish.weight
    return total


def ranks_taken(problem: Problem, resident: Resident, mine: Iterable[Placement]) -> float:
    return sum(
        rank_of(problem, resident, one.requirement, one.department)
        for one in mine
        if one.department in problem.department_by_id
    )


def rank_of(problem: Problem, resident: Resident, requirement: str, department: str) -> float:
    """That of the department, else of its institution, else of the requirement."""
    rank = resident.rank
    institution = problem.department_by_id[department].institution
    return rank.get(department, rank.get(institution, rank.get(requirement, 0)))


def periods_unplaced(problem: Problem, resident: Resident, mine: list[Placement]) -> int:
    """Periods of requirement still owed; of electives not chosen, the shortest count."""
    programme = problem.programme_of(resident)
    met = blocks_met(resident)
    placed: dict[str, int] = {}
    for placement in mine:
        placed[placement.requirement] = placed.get(placement.requirement, 0) + placement.length
    owed = 0
    for requirement in programme.requirements:
        if requirement.id in met:
            continue
        if requirement.id in programme.elective_ids and requirement.id not in placed:
            continue
        owed += max(0, requirement.length - placed.get(requirement.id, 0))
    for choice in programme.choose:
        taken = sum(of in met or of in placed for of in choice.of)
        left = sorted(
            programme.by_id[of].length for of in choice.of if of not in met and of not in placed
        )
        owed += sum(left[: max(0, choice.count - taken)])
    return owed


def missing_below_minimum(problem: Problem, placements: Iterable[Placement]) -> int:
    """Residents missing below the minimum, summed over departments and periods."""
    present: dict[tuple[str, int], int] = {}
    for placement in placements:
        for period in range(placement.start, placement.end):
            key = (placement.department, period)
            present[key] = present.get(key, 0) + 1
    return sum(
        max(0, least - present.get((department.id, period), 0))
        for department in problem.departments
        for period, least in enumerate(department.minimum)
    )


def moved(problem: Problem, placements: Iterable[Placement]) -> list[Placement]:
    """Future placements of the previous plan whose department or start has changed."""
    now = {(one.resident, one.requirement, one.department, one.start) for one in placements}
    return [
        one
        for one in problem.previous
        if one.start >= 0 and (one.resident, one.requirement, one.department, one.start) not in now
    ]
