"""Which exchanges the rules allow, judged by the planner's rules on the plan in force."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from trainingbase.planner.problem import Problem
from trainingbase.planner.rules import check
from trainingbase.planner.situation import Breach
from trainingbase.rotations.models import Placement, Plan
from trainingbase.rotations.queries.judging import Judgement, judge
from trainingbase.rotations.queries.plans import plan_in_force
from trainingbase.rotations.queries.worsening import worse
from trainingbase.rotations.rules.matching import placements_of
from trainingbase.rotations.rules.moves import length_of
from trainingbase.rotations.rules.pairs import narrowed
from trainingbase.rotations.rules.rows import Row, by_resident
from trainingbase.swaps.rules import Exchange, exchanges
from trainingbase.thresholds.queries import whole


@dataclass(frozen=True)
class Judged:
    """An exchange, the breaches it would bring, and the problem that gives them their words."""

    exchange: Exchange
    breaches: tuple[Breach, ...]
    problem: Problem


class Market:
    """The plan in force, loaded once, and what could be exchanged in it.

    Placements that begin up to `until` stay: the base's days of notice.
    """

    def __init__(self, plan: Plan, *, today: date) -> None:
        self.plan = plan
        self.until = soonest(today)

    @cached_property
    def judgement(self) -> Judgement:
        return judge(self.plan)

    @cached_property
    def rows(self) -> dict[int, list[Row]]:
        return by_resident(self.judgement.rows)

    def row_of(self, placement: Placement) -> Row | None:
        """The plan's row of a placement that may still be exchanged."""
        row = as_row(placement)
        free = placement.is_live and row.starts_on > self.until
        return row if free and row in self.rows.get(row.resident, ()) else None

    def lawful(self, offered: Row, among: Sequence[int] | None = None) -> list[Exchange]:
        """Exchanges of this row that break no rule, with these residents or with anybody; those
        that move least come first."""
        found = [
            one.exchange
            for one in self.judged(offered, among, likely_only=True)
            if not one.breaches
        ]
        return sorted(found, key=_least_first)

    def judged(
        self, offered: Row, among: Sequence[int] | None = None, *, likely_only: bool = False
    ) -> Iterator[Judged]:
        """With `likely_only` without those that would plainly leave a requirement unmet."""
        mine = self.rows[offered.resident]
        others = sorted(self.rows if among is None else among)
        for other in others:
            theirs = self.rows.get(other, [])
            if other == offered.resident or not theirs:
                continue
            pair = None
            for one in exchanges(self.plan.starts_on, mine, theirs, offered, after=self.until):
                if likely_only and not self._is_likely(one):
                    continue
                pair = pair or _Pair(self.judgement, offered.resident, other)
                yield pair.judge(one)

    def _is_likely(self, one: Exchange) -> bool:
        """Both get the months they give of everything they do not choose; whoever lacks something
        already might get it, and is looked at in any case."""
        both = (one.offering, one.taking)
        if not self.lacking.isdisjoint(both):
            return True
        return all(self._keeps(who, one) for who in both)

    def _keeps(self, who: int, one: Exchange) -> bool:
        resident = self.judgement.problem.resident_by_id[str(who)]
        chosen = self.judgement.problem.programme_of(resident).elective_ids
        months: Counter[int] = Counter()
        for rows, sign in ((one.gives(who), 1), (one.gets(who), -1)):
            for row in rows:
                if str(row.standard) not in chosen:
                    months[row.standard] += sign * length_of(self.plan.starts_on, row)
        return not any(months.values())

    @cached_property
    def lacking(self) -> frozenset[int]:
        """Residents for whom a rule is broken as the plan stands, places aside."""
        broken = [one for one in self.judgement.breaches if one.rule != "places"]
        return frozenset(int(who) for one in broken for who in one.residents)

    def judge(self, exchange: Exchange) -> Judged:
        return _Pair(self.judgement, exchange.offering, exchange.taking).judge(exchange)


def _least_first(one: Exchange) -> tuple:
    return len(one.removed), one.first_day, one.taking


class _Pair:
    """Two residents in the places that all others leave."""

    def __init__(self, judgement: Judgement, one: int, other: int) -> None:
        self.whole, self.both = judgement, (one, other)
        keys = {str(one), str(other)}
        self.problem = narrowed(judgement.problem, judgement.placements, keys)
        self.rows = [row for row in judgement.rows if row.resident in self.both]
        self.before = self._judgement(self.rows)

    def judge(self, exchange: Exchange) -> Judged:
        gone = set(exchange.removed)
        rows = [row for row in self.rows if row not in gone] + list(exchange.added)
        found = worse(self.before, self._judgement(rows), self.whole.problem)
        return Judged(exchange, tuple(found), self.problem)

    def _judgement(self, rows: Sequence[Row]) -> Judgement:
        facts, placements = self.whole.facts, []
        mine = by_resident(rows)
        for resident in self.problem.residents:
            requirements = self.problem.programme_of(resident).requirements
            placements += placements_of(
                facts.starts_on, mine.get(int(resident.id), ()), resident.id, requirements
            )
        breaches = tuple(check(self.problem, placements))
        return Judgement(facts, tuple(rows), self.problem, tuple(placements), breaches)


def soonest(today: date) -> date:
    """The last day on which nothing that begins may be exchanged any more."""
    return today + timedelta(days=whole("notice_days"))


def market(*, today: date) -> Market | None:
    plan = plan_in_force()
    return Market(plan, today=today) if plan is not None else None


def as_row(placement: Placement) -> Row:
    return Row(
        placement.resident_id,
        placement.starts_on,
        placement.ends_on,
        placement.department_id,
        placement.standard_department_id,
    )
