"""What of a plan can stand: the part of it that breaks no rule, but for what it leaves out."""

from collections import Counter
from collections.abc import Iterable

from trainingbase.planner.problem import (
    Placement,
    Problem,
    begun_placements,
    blocks_met,
    fixed_placements,
)
from trainingbase.planner.rules import check

UNFINISHED = ("whole", "choose", "fixed")  # rules that a part of a plan may break


def what_stands(problem: Problem, placements: Iterable[Placement]) -> tuple[Placement, ...]:
    """What is begun, what is fixed as far as it can be, and of the rest what breaks no rule."""
    begun = begun_placements(problem)
    fixed = _kept(problem, begun, [one for one in fixed_placements(problem) if one not in begun])
    decided = [*begun, *fixed]
    owed = [one for one in placements if is_owed(problem, one)]
    return tuple(sorted({*decided, *_kept(problem, decided, owed)}))


def standing_of(problem: Problem, placements: Iterable[Placement]) -> list[Placement]:
    """Those that break no rule beside what is begun and fixed, which is not among them."""
    decided = [*begun_placements(problem), *fixed_placements(problem)]
    return _kept(problem, decided, placements)


def is_owed(problem: Problem, placement: Placement) -> bool:
    """Not what is begun or fixed anyway, nor what somebody no longer there would do."""
    resident = problem.resident_by_id.get(placement.resident)
    if resident is None or not placement.requirement:
        return False
    decided = {*begun_placements(problem), *fixed_placements(problem)}
    met = placement.requirement in blocks_met(resident)
    return placement not in decided and not met


def _kept(
    problem: Problem, decided: list[Placement], placements: Iterable[Placement]
) -> list[Placement]:
    """As many as may be beside what is decided: those most in the way go first."""
    standing = list(dict.fromkeys(placements))
    already = set(check(problem, decided))
    while True:
        there = set(standing)
        breaches = [
            there.intersection(one.placements)
            for one in check(problem, [*decided, *standing])
            if one not in already and not _is_unfinished(one.rule, one.needed, one.found)
        ]
        in_the_way = Counter(one for those in breaches for one in those)
        if not in_the_way:
            return standing
        for those in breaches:
            if those and those <= there:  # nothing of it is gone yet
                there.remove(max(those, key=lambda one: (in_the_way[one], one.start, one)))
        standing = [one for one in standing if one in there]


def _is_unfinished(rule: str, needed: int | None, found: int | None) -> bool:
    """What only lacks the rest of the plan."""
    if rule == "whole" and needed is not None and found is not None:
        return found < needed
    return rule in UNFINISHED
