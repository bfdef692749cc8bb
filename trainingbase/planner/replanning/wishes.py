"""Wishes that a plan does not grant, and what granting each would have cost at most."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainingbase.planner.problem import Placement, Problem, Wish
from trainingbase.planner.replanning.granting import Granted, Granting
from trainingbase.planner.rules import check
from trainingbase.planner.search.warming import Warming
from trainingbase.planner.timetables.limits import Limits, Stop, never

REASONS = ("costs", "impossible", "unknown")
A_MOMENT = 0.05  # seconds between looks at whether the machine code is there


@dataclass(frozen=True)
class MissedWish:
    """`then`: `costs` (granting it makes the plan dearer by `cost` at most and moves `moved` stays
    of `residents`), `impossible` (no lawful plan grants it), `unknown` (none was found in time).
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
    tries: int | None = None,
) -> tuple[MissedWish, ...]:
    """The weightiest first. All are tried once, and again while there is time: what comes out is
    what the cheapest plan found would cost more.

    `tries`: so often is each tried, instead of until `seconds` are over.
    """
    placements = tuple(placements)
    limits = Limits(time.monotonic() + seconds, should_stop or never)
    missed = missed_of(problem, placements)
    if not missed:
        return ()
    with limits.watched():
        if not _is_warm(limits, waits=tries is not None):
            return tuple(MissedWish(who, one.requirement, one, "unknown") for who, one in missed)
        base = Granting(problem, placements, limits)
        begun = [_begun(base, who, wish) for who, wish in missed]
        done = 0
        while not limits.reached() and (tries is None or done < tries):
            for _, granted in begun:
                if granted is not None and not limits.reached():
                    granted.attempt(limits.reached)
            done += 1
    return tuple(
        _priced(base, who, wish, *one) for (who, wish), one in zip(missed, begun, strict=True)
    )


def _is_warm(limits: Limits, waits: bool) -> bool:
    warming = Warming(waits)
    try:
        while not warming.is_done() and not limits.reached():
            time.sleep(A_MOMENT)
        return warming.is_done()
    finally:
        warming.end()


def missed_of(problem: Problem, placements: Sequence[Placement]) -> list[tuple[str, Wish]]:
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


def _begun(base: Granting, resident: str, wish: Wish) -> tuple[bool, Granted | None]:
    if base.limits.reached():
        return False, None
    return base.alone(resident, wish)


def _priced(
    base: Granting, resident: str, wish: Wish, is_impossible: bool, granted: Granted | None
) -> MissedWish:
    if granted is None or granted.placements is None:
        then = "impossible" if is_impossible else "unknown"
        return MissedWish(resident, wish.requirement, wish, then)
    found = granted.placements
    if (resident, wish) in missed_of(base.problem, found) or check(base.problem, found):
        return MissedWish(resident, wish.requirement, wish, "unknown")
    gone = set(base.present) - set(found)
    return MissedWish(
        resident,
        wish.requirement,
        wish,
        "costs",
        round(granted.total - base.before, 6),
        len(gone),
        tuple(dict.fromkeys(one.resident for one in sorted(gone))),
    )
