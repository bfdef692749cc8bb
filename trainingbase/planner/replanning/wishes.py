"""Wishes that a plan does not grant, and what granting each would have cost."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from trainingbase.planner.change import with_resident
from trainingbase.planner.cost import cost
from trainingbase.planner.problem import Placement, Problem, Requirement, Wish
from trainingbase.planner.replanning.least import least_change
from trainingbase.planner.rules import check
from trainingbase.planner.timetables.careers import careers_of
from trainingbase.planner.timetables.limits import Limits, Stop, never

REASONS = ("costs", "impossible", "unknown")
ALWAYS = 10**6  # periods: no end of a window


@dataclass(frozen=True)
class MissedWish:
    """`then`: `costs` (granting it makes the plan dearer by `cost` and moves `moved` stays of
    `residents`), `impossible` (no lawful plan grants it), `unknown` (time was up).

    The plan behind `cost` moves fewest stays; it is not the cheapest there is.
    """

    resident: str
    requirement: str
    wish: Wish
    then: str
    cost: float | None = None
    moved: int | None = None
    residents: tuple[str, ...] = ()


def missed_wishes(
    problem: Problem,
    placements: Iterable[Placement],
    *,
    seconds: float = 30,
    should_stop: Stop | None = None,
    effort: float | None = None,
) -> tuple[MissedWish, ...]:
    """The weightiest first. Each is forced, and the plan solved again with fewest moves.

    `effort`: the limit of each in deterministic time instead of a share of `seconds`.
    """
    placements = tuple(placements)
    until = time.monotonic() + seconds
    missed = _missed(problem, placements)
    found = []
    for number, (resident, wish) in enumerate(missed):
        share = max(0.0, until - time.monotonic()) / (len(missed) - number)
        limits = Limits(time.monotonic() + max(share, 0.01), should_stop or never)
        found.append(_priced(problem, placements, resident, wish, limits, effort))
    return tuple(found)


def _missed(problem: Problem, placements: Sequence[Placement]) -> list[tuple[str, Wish]]:
    starts: dict[tuple[str, str], int] = {}
    for one in placements:
        key = (one.resident, one.requirement)
        starts[key] = min(one.start, starts.get(key, one.start))
    found = []
    for resident in problem.residents:
        for wish in resident.wishes:
            start = starts.get((resident.id, wish.requirement))
            granted = start is not None and wish.start_from <= start < wish.start_to
            if wish.weight > 0 and not granted and wish.requirement not in resident.done:
                found.append((resident.id, wish))
    return sorted(found, key=lambda pair: -pair[1].weight)


def _priced(
    problem: Problem,
    placements: tuple[Placement, ...],
    resident: str,
    wish: Wish,
    limits: Limits,
    effort: float | None,
) -> MissedWish:
    forced = with_wish_forced(replace(problem, previous=placements), resident, wish)
    if forced is None:
        return MissedWish(resident, wish.requirement, wish, "impossible")
    with limits.watched():
        least = least_change(careers_of(forced), placements, limits, effort)
    if least is None:
        return MissedWish(resident, wish.requirement, wish, "unknown")
    still = _missed(problem, least.placements)
    if (resident, wish) in still or check(problem, least.placements):
        return MissedWish(resident, wish.requirement, wish, "unknown")
    dearer = cost(problem, least.placements).total - cost(problem, placements).total
    gone = set(placements) - set(least.placements)
    return MissedWish(
        resident,
        wish.requirement,
        wish,
        "costs",
        round(dearer, 6),
        len(gone),
        tuple(dict.fromkeys(one.resident for one in sorted(gone))),
    )


def with_wish_forced(problem: Problem, key: str, wish: Wish) -> Problem | None:
    """The problem in which it must start in time; None when its requirement cannot by then.

    Of a requirement in several stretches the first is let start no later; pieces of a splittable
    one are all kept within the wish's start and its end.
    """
    resident = problem.resident_by_id[key]
    if wish.requirement in {block.requirement for block in resident.in_progress}:
        return None
    programme = problem.programme_of(resident)
    old = programme.by_id[wish.requirement]
    first = max(0, wish.start_from, resident.from_period)
    if first >= min(wish.start_to, resident.until):
        return None
    new = _within(old, resident.training_start, first, wish.start_to)
    own = replace(
        programme,
        id=f"{programme.id}/{key}",
        requirements=tuple(new if one is old else one for one in programme.requirements),
    )
    problem = replace(problem, programmes=problem.programmes | {own.id: own})
    return with_resident(problem, replace(resident, programme=own.id))


def _within(old: Requirement, training_start: int, first: int, behind: int) -> Requirement:
    earliest = max(old.earliest, first - training_start)
    last = behind - 1 + old.length
    if old.stretches is not None and len(old.stretches) > 1:
        last = ALWAYS
    latest = last - training_start
    if old.latest_end is not None:
        latest = min(latest, old.latest_end)
    return replace(old, earliest=earliest, latest_end=latest)
