"""Why somebody's timetable differs between a plan and the one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainingbase.planner.situation import Breach
from trainingbase.rotations.rules.differences import Difference
from trainingbase.rotations.rules.rows import Row

MOST = 3
"""People or breaches named at most."""


@dataclass(frozen=True)
class Why:
    """`kind`: "rule": what was planned would break this rule now; "room": these residents take
    what was given up; "takes": these gave up what is taken; "new": nothing was planned before;
    "gone": nothing is planned any more; "better", "worse" or "other": by cost alone."""

    kind: str
    breach: Breach | None = None
    residents: tuple[int, ...] = ()


def whys(
    differences: Sequence[Difference], breaches_of_before: Iterable[Breach]
) -> dict[int, tuple[Why, ...]]:
    """By resident.  `only_here` of a difference is the plan, `only_there` the one before, whose
    breaches are judged as things stand for the plan."""
    breaches = list(breaches_of_before)
    return {one.resident: _why(one, differences, breaches) for one in differences}


def _why(
    one: Difference, differences: Sequence[Difference], breaches: list[Breach]
) -> tuple[Why, ...]:
    if not one.only_there:
        return (Why("new"),)
    mine = [breach for breach in breaches if str(one.resident) in breach.residents]
    if mine:
        return tuple(Why("rule", breach) for breach in mine[:MOST])
    if not one.only_here:
        return (Why("gone"),)
    others = [other for other in differences if other.resident != one.resident]
    takers = _who(one.only_there, ((other.resident, other.only_here) for other in others))
    if takers:
        return (Why("room", residents=takers),)
    givers = _who(one.only_here, ((other.resident, other.only_there) for other in others))
    if givers:
        return (Why("takes", residents=givers),)
    if one.cost_here != one.cost_there:
        return (Why("better" if one.cost_here < one.cost_there else "worse"),)
    return (Why("other"),)


def _who(rows: Iterable[Row], of_others: Iterable[tuple[int, Sequence[Row]]]) -> tuple[int, ...]:
    """Residents with a stay in one of these departments at the same time."""
    rows = list(rows)
    found = [
        resident
        for resident, theirs in of_others
        if any(
            row.department == other.department and row.overlaps(other.starts_on, other.ends_on)
            for row in rows
            for other in theirs
        )
    ]
    return tuple(found[:MOST])
