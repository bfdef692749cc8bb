"""Every rule of a plan, once, by name. Each yields the breaches it finds; none knows the solver.

`check` judges any placements (a hand edit, a swap, an import, what the solver found). It takes
about 10 ms for 80 residents.
"""

from collections.abc import Callable, Iterable, Iterator

from trainingbase.planner.problem import (
    Placement,
    Problem,
    Requirement,
    Resident,
    blocks_met,
    may_go,
)
from trainingbase.planner.situation import (
    Breach,
    Situation,
    breach,
    count_breach,
    is_begun,
    is_block,
    missing_block,
    periods_of,
)


def known(at: Situation) -> Iterator[Breach]:
    """A placement names a resident, requirement, department and periods that the problem has.

    What has begun may reach over both ends of the problem.
    """
    for placement in at.strangers:
        yield breach("known", [placement])


def places(at: Situation) -> Iterator[Breach]:
    """No department holds more residents than it has places. Equal neighbours are one breach."""
    present: dict[tuple[str, int], list[Placement]] = {}
    for placements in at.of_resident.values():
        for placement in placements:
            for period in range(max(0, placement.start), min(placement.end, at.problem.periods)):
                present.setdefault((placement.department, period), []).append(placement)
    over = []
    for (department, period), those in present.items():
        if len(those) > at.problem.department_by_id[department].places[period]:
            over.append((department, period, sorted(those)))
    over.sort()
    yield from _merged_over(at.problem, over)


def _merged_over(
    problem: Problem, over: list[tuple[str, int, list[Placement]]]
) -> Iterator[Breach]:
    run: list[tuple[str, int, list[Placement]]] = []
    for cell in [*over, None]:
        if run and (cell is None or not _continues(problem, run[-1], cell)):
            department, first, those = run[0]
            yield Breach(
                "places",
                tuple(those),
                tuple(dict.fromkeys(one.resident for one in those)),
                (department,),
                tuple(period for _, period, _ in run),
                tuple(dict.fromkeys(one.requirement for one in those)),
                needed=len(those),
                found=problem.department_by_id[department].places[first],
            )
            run = []
        if cell is not None:
            run.append(cell)


def _continues(problem: Problem, last: tuple, cell: tuple) -> bool:
    if (last[0], last[1] + 1, last[2]) != cell:
        return False
    limit = problem.department_by_id[last[0]].places
    return limit[last[1]] == limit[cell[1]]


def one_place_at_a_time(at: Situation) -> Iterator[Breach]:
    """Nobody is in two departments at once."""
    for _, placements in at.per_resident():
        running: list[Placement] = []
        for placement in placements:
            running = [one for one in running if one.end > placement.start]
            for other in running:
                both = range(placement.start, min(other.end, placement.end))
                yield breach("one_place_at_a_time", [other, placement], periods=both)
            running.append(placement)


def away(at: Situation) -> Iterator[Breach]:
    """Nobody is placed while on leave."""
    for resident, placements in at.per_resident():
        if not resident.away:
            continue
        for placement in placements:
            hit = resident.away.intersection(range(placement.start, placement.end))
            if hit and not is_begun(resident, placement):
                yield breach("away", [placement], periods=hit)


def window(at: Situation) -> Iterator[Breach]:
    """Within the resident's own time, and within the requirement's window of the training."""
    for resident, requirement, placements in at.per_requirement():
        first, last = window_of(resident, requirement)
        for placement in placements:
            if is_begun(resident, placement):
                continue
            if placement.start < first or placement.end > last:
                outside = [p for p in periods_of(placement) if not first <= p < last]
                yield breach("window", [placement], periods=outside)
    for resident, placements in at.per_resident():
        for placement in placements:
            if placement.requirement:
                continue
            if placement.start < resident.from_period or placement.end > resident.until:
                yield breach("window", [placement])


def window_of(resident: Resident, requirement: Requirement) -> tuple[int, int]:
    """First period in which it may start, and the period by which it must have ended."""
    first = max(resident.from_period, resident.training_start + requirement.earliest)
    last = resident.until
    if requirement.latest_end is not None:
        last = min(last, resident.training_start + requirement.latest_end)
    return first, last


def before(at: Situation) -> Iterator[Breach]:
    """The first of a pair has ended when the second starts. What began earlier is past judging."""
    for resident, placements in at.per_resident():
        pairs = at.problem.programme_of(resident).before
        met = blocks_met(resident) if pairs else frozenset()
        for first, second in pairs:
            if second in met:
                continue
            starts = [one for one in placements if one.requirement == second]
            for early in placements:
                if early.requirement != first:
                    continue
                for late in starts:
                    if late.start < early.end:
                        yield breach("before", [early, late])


def choose(at: Situation) -> Iterator[Breach]:
    """Exactly the wanted number of electives is taken; those met before count."""
    for resident, placements in at.per_resident():
        for choice in at.problem.programme_of(resident).choose:
            met = blocks_met(resident).intersection(choice.of)
            mine = [one for one in placements if one.requirement in choice.of]
            taken = met.union(one.requirement for one in mine)
            wanted = max(choice.count, len(met))
            if len(taken) != wanted:
                yield Breach(
                    "choose",
                    tuple(mine),
                    (resident.id,),
                    requirements=choice.of,
                    needed=wanted,
                    found=len(taken),
                )


def fixed(at: Situation) -> Iterator[Breach]:
    """What the office decided stands."""
    for resident, placements in at.per_resident():
        for block in resident.fixed:
            if not any(is_block(block, one) for one in placements):
                yield missing_block("fixed", resident, block)


def in_progress(at: Situation) -> Iterator[Breach]:
    """What has begun is carried to its end where it began."""
    for resident, placements in at.per_resident():
        for block in resident.in_progress:
            if not any(is_block(block, one) for one in placements):
                yield missing_block("in_progress", resident, block)


def whole(at: Situation) -> Iterator[Breach]:
    """A requirement is met entirely, in its stretches or in pieces no shorter than allowed."""
    for resident, requirement, placements in at.per_requirement():
        begun = [one for one in placements if is_begun(resident, one)]
        if requirement.id in blocks_met(resident):
            surplus = [one for one in placements if one not in begun]
            if surplus:
                yield count_breach(resident, requirement, surplus, needed=0)
            continue
        if not placements:
            elective = requirement.id in at.problem.programme_of(resident).elective_ids
            if not elective:
                yield count_breach(resident, requirement, placements, requirement.length)
            continue
        if not _fits(requirement, placements):
            yield count_breach(resident, requirement, placements, requirement.length)


def _fits(requirement: Requirement, placements: list[Placement]) -> bool:
    pieces = _joined(placements)
    lengths = tuple(length for _, length in pieces)
    if any(start % requirement.align for start, _ in pieces):
        return False
    if requirement.stretches is not None:
        return lengths == requirement.stretches
    return sum(lengths) == requirement.length and min(lengths) >= (requirement.min_stretch or 1)


def _joined(placements: list[Placement]) -> list[tuple[int, int]]:
    """(start, length) of each stay, where stays that touch in one department are one."""
    pieces: list[tuple[int, int]] = []
    last: Placement | None = None
    for placement in placements:
        if last and last.department == placement.department and last.end == placement.start:
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + placement.length)
        else:
            pieces.append((placement.start, placement.length))
        last = placement
    return pieces


def same_department(at: Situation) -> Iterator[Breach]:
    """All stretches of such a requirement are in one department."""
    for _, requirement, placements in at.per_requirement():
        if requirement.same_department and len({one.department for one in placements}) > 1:
            yield breach("same_department", placements)


def standard(at: Situation) -> Iterator[Breach]:
    """The department stands for a standard department that the requirement asks for."""
    for resident, requirement, placements in at.per_requirement():
        for placement in placements:
            if is_begun(resident, placement):
                continue
            there = at.problem.department_by_id[placement.department].standards
            if not set(there).intersection(requirement.standard):
                yield breach("standard", [placement])


def eligible(at: Situation) -> Iterator[Breach]:
    """Primary care is done only at institutions open to the resident."""
    for resident, placements in at.per_resident():
        for placement in placements:
            department = at.problem.department_by_id[placement.department]
            if not may_go(resident, department) and not is_begun(resident, placement):
                yield breach("eligible", [placement])


RULES: tuple[Callable[[Situation], Iterator[Breach]], ...] = (
    known,
    places,
    one_place_at_a_time,
    away,
    window,
    before,
    choose,
    fixed,
    in_progress,
    whole,
    same_department,
    standard,
    eligible,
)


def check(problem: Problem, placements: Iterable[Placement]) -> list[Breach]:
    """Every breach, in the order of RULES; an empty list is a lawful plan."""
    at = Situation(problem, placements)
    return [found for rule in RULES for found in rule(at)]
