"""What the rules say about a plan."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from trainingbase.planner.cost import cost
from trainingbase.planner.plan import Cost
from trainingbase.planner.problem import Placement, Problem
from trainingbase.planner.rules import check
from trainingbase.planner.situation import Breach
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries.problem import facts_of, rows_of_plan
from trainingbase.rotations.rules.facts import Facts
from trainingbase.rotations.rules.framing import judged
from trainingbase.rotations.rules.rows import Row


@dataclass(frozen=True)
class Judgement:
    """A plan's rows, the problem they were judged by, every breach, and what the plan costs."""

    facts: Facts
    rows: tuple[Row, ...]
    problem: Problem
    placements: tuple[Placement, ...]
    breaches: tuple[Breach, ...]

    @property
    def cost(self) -> Cost:
        return cost(self.problem, self.placements)

    @cached_property
    def own_breaches(self) -> tuple[Breach, ...]:
        """Those within the plan itself, whatever places people outside it have."""
        mine = {row.resident for row in self.rows} | self.facts.planned
        inside = tuple(row for row in self.facts.before if row.resident in mine)
        if len(inside) == len(self.facts.before):
            return self.breaches
        problem, placements = judged(replace(self.facts, before=inside), self.rows)
        return _of_those_in_training(self.facts, check(problem, placements))

    @property
    def beside_others(self) -> tuple[Breach, ...]:
        """Those that come of places which people outside the plan have."""
        return tuple(one for one in self.breaches if one not in self.own_breaches)

    @property
    def by_rule(self) -> dict[str, int]:
        return dict(Counter(breach.rule for breach in self.own_breaches))


def judge(plan: Plan) -> Judgement:
    rows = rows_of_plan(plan)
    return judge_rows(facts_of(plan, rows), rows)


def judge_rows(facts: Facts, rows: Sequence[Row]) -> Judgement:
    problem, placements = judged(facts, rows)
    breaches = _of_those_in_training(facts, check(problem, placements))
    return Judgement(facts, tuple(rows), problem, tuple(placements), breaches)


def _of_those_in_training(facts: Facts, breaches: Iterable[Breach]) -> tuple[Breach, ...]:
    """Nothing is lacking in the time of somebody who has left."""
    left = {key for key, one in facts.trainees.items() if one.has_left}
    return tuple(
        one
        for one in breaches
        if not one.residents or not {int(key) for key in one.residents} <= left
    )


def new_breaches(before: Judgement, after: Judgement) -> list[Breach]:
    """Breaches of a changed plan that are worse than any that stood before.

    A breach that stood already does not block a change, also when it now names other people or
    has become smaller: over its places by fewer, short by less, in fewer periods.
    """
    return [one for one in after.breaches if not stood(one, before.breaches)]


def as_kept(breach: Breach) -> dict:
    """What of a breach is remembered with a plan, and enough to know it again."""
    return {
        "rule": breach.rule,
        "residents": list(breach.residents),
        "departments": list(breach.departments),
        "periods": list(breach.periods),
        "requirements": list(breach.requirements),
        "needed": breach.needed,
        "found": breach.found,
    }


def as_breach(kept: dict) -> Breach:
    lists = {key: tuple(value) for key, value in kept.items() if isinstance(value, list)}
    return Breach(**kept | lists, placements=())


def stood(one: Breach, breaches: Iterable[Breach]) -> bool:
    return any(_covers(before, one) for before in breaches)


def _covers(before: Breach, one: Breach) -> bool:
    if before == one:
        return True
    if before.rule != one.rule:
        return False
    if one.rule == "places":
        return (
            before.departments == one.departments
            and set(one.periods) <= set(before.periods)
            and one.needed - one.found <= before.needed - before.found
        )
    if before.residents != one.residents or before.requirements != one.requirements:
        return False
    if one.rule in ("whole", "choose"):
        return abs(one.needed - one.found) < abs(before.needed - before.found)
    return before.departments == one.departments and set(one.periods) <= set(before.periods)
