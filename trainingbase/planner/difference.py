"""Exactly what moves between two plans, for whom, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trainingbase.planner.problem import Placement, Problem
from trainingbase.planner.rules import check

REASONS = ("own", "rule", "gives_place", "makes_room", "better")


@dataclass(frozen=True)
class Move:
    """A stay that is elsewhere or at another time; `was` is None for a new one, `now` for a lost.

    `because`: `own` (what happened to this resident; `of`: the rule it would now break, if any),
    `rule` (it would now break rule `of`), `gives_place` (to resident `of`), `makes_room` (for the
    resident's own requirement `of`), else `better`.
    """

    resident: str
    requirement: str
    was: Placement | None
    now: Placement | None
    because: str = "better"
    of: str = ""


def moves(
    problem: Problem,
    before: Iterable[Placement],
    after: Iterable[Placement],
    concerned: frozenset[str] = frozenset(),
) -> tuple[Move, ...]:
    """`problem` is the one of the new plan; `concerned` those to whom something happened."""
    before, after = list(before), list(after)
    pairs = _pairs(before, after)
    broken = {
        one: breach.rule
        for breach in check(problem, before)
        if breach.rule not in ("whole", "choose", "fixed", "in_progress")
        for one in breach.placements
    }
    arrived = [now for _, now in pairs if now is not None]
    why = _Why(problem, after, arrived, broken, concerned)
    made = [why.of(was, now) for was, now in pairs]
    return tuple(sorted(made, key=lambda one: (one.resident, (one.was or one.now).start)))  # type: ignore[union-attr]


def _pairs(
    before: Sequence[Placement], after: Sequence[Placement]
) -> list[tuple[Placement | None, Placement | None]]:
    """What is in only one of the two, of one resident and requirement side by side."""
    same = set(before) & set(after)
    gone: dict[tuple[str, str], list[Placement]] = {}
    come: dict[tuple[str, str], list[Placement]] = {}
    for those, into in ((before, gone), (after, come)):
        for one in sorted(set(those) - same, key=lambda each: each.start):
            into.setdefault((one.resident, one.requirement), []).append(one)
    pairs: list[tuple[Placement | None, Placement | None]] = []
    for key in dict.fromkeys([*gone, *come]):
        was, now = gone.get(key, []), come.get(key, [])
        for number in range(max(len(was), len(now))):
            pairs.append(
                (
                    was[number] if number < len(was) else None,
                    now[number] if number < len(now) else None,
                )
            )
    return pairs


class _Why:
    def __init__(
        self,
        problem: Problem,
        after: Sequence[Placement],
        arrived: Sequence[Placement],
        broken: dict[Placement, str],
        concerned: frozenset[str],
    ) -> None:
        self.arrived = arrived
        self.broken = broken
        self.concerned = concerned
        self.places = {one.id: one.places for one in problem.departments}
        self.load: dict[tuple[str, int], int] = {}
        for one in after:
            for period in range(one.start, one.end):
                key = (one.department, period)
                self.load[key] = self.load.get(key, 0) + 1

    def of(self, was: Placement | None, now: Placement | None) -> Move:
        one = was or now
        assert one is not None
        because, of = self._reason(was, one)
        return Move(one.resident, one.requirement, was, now, because, of)

    def _reason(self, was: Placement | None, one: Placement) -> tuple[str, str]:
        broken = self.broken.get(was, "") if was is not None else ""
        if one.resident in self.concerned or was is None:
            return "own", broken
        if broken:
            return "rule", broken
        meeting = [
            other
            for other in self.arrived
            if other.department == was.department and self._meet(other, was)
        ]
        others = [other.resident for other in meeting if other.resident != was.resident]
        if others:
            return "gives_place", min(others, key=lambda who: (who not in self.concerned, who))
        own = [
            other.requirement
            for other in self.arrived
            if other.resident == was.resident
            and other.requirement != was.requirement
            and other.start < was.end
            and was.start < other.end
        ]
        return ("makes_room", min(own)) if own else ("better", "")

    def _meet(self, other: Placement, was: Placement) -> bool:
        """Both at once in a period in which the department is full."""
        both = range(max(other.start, was.start), min(other.end, was.end))
        places = self.places.get(was.department, ())
        return any(
            0 <= p < len(places) and self.load.get((was.department, p), 0) >= places[p]
            for p in both
        )
