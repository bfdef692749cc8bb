"""What residents wish, as the planner counts it, and what came of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from trainingbase.planner.problem import Placement, Programme, Wish
from trainingbase.rotations.rules.facts import Facts, Wished
from trainingbase.rotations.rules.halves import end_period_of, period_of, start_of


def requirement_wished(standard: int, programme: Programme) -> str | None:
    """The requirement a wish is about; None when nothing of it is left to do, or to choose.

    Of a standard department in two parts it is the main one, not what comes first.
    """
    over = {of for choice in programme.choose if not choice.count for of in choice.of}
    ids = [
        one.id
        for one in programme.requirements
        if one.id.partition("/")[0] == str(standard) and one.id not in over
    ]
    return min(ids, key=len) if ids else None


def wishes_of(facts: Facts, wished: Wished | None, programme: Programme) -> tuple[Wish, ...]:
    """Those that can still be met or missed, in half months from the first day of the plan."""
    made = []
    for standard, from_on, until_on in wished.starts if wished else ():
        requirement = requirement_wished(standard, programme)
        last = end_period_of(facts.starts_on, until_on)
        if requirement is not None and last > 0:
            first = max(0, period_of(facts.starts_on, from_on))
            made.append(Wish(requirement, first, last, wished.weight))
    return tuple(made)


def ranks_of(facts: Facts, wished: Wished | None) -> dict[str, float]:
    """What each department costs: a step for each site liked better.  Departments that are no
    primary-care sites cost nothing, and say so, lest their number be that of a site."""
    if wished is None or not wished.sites:
        return {}
    step = {where: number for number, where in enumerate(wished.sites)}
    return {
        str(ward.id): wished.site_weight * step.get(ward.institution, len(step))
        if ward.is_primary_care
        else 0.0
        for ward in facts.wards
    }


@dataclass(frozen=True)
class Outcome:
    """A wish and what came of it: `starts_on` is when the standard department begins, None when
    it is not planned; `met` is None when nothing of it was left to do."""

    standard: int
    from_on: date
    until_on: date
    starts_on: date | None
    met: bool | None


@dataclass(frozen=True)
class SiteGot:
    """A primary-care site in the plan; `choice` counts from 1, None when it was not named."""

    institution: int
    choice: int | None


@dataclass(frozen=True)
class Served:
    """How a plan serves one resident; `lost` is what the wishes missed and the sites cost it."""

    resident: int
    outcomes: tuple[Outcome, ...]
    sites: tuple[SiteGot, ...]
    lost: float

    @property
    def met(self) -> int:
        return sum(one.met is True for one in self.outcomes)

    @property
    def missed(self) -> int:
        return sum(one.met is False for one in self.outcomes)


def served(facts: Facts, resident: int, programme: Programme, mine: Iterable[Placement]) -> Served:
    """`mine` are the resident's placements in the plan."""
    wished = facts.wishes[resident]
    mine = sorted(mine, key=lambda one: one.start)
    starts: dict[str, int] = {}
    for one in mine:
        starts.setdefault(one.requirement, one.start)
    outcomes = tuple(_outcome(facts, wish, programme, starts) for wish in wished.starts)
    sites = tuple(dict.fromkeys(_sites(facts, wished, mine)))
    ranks = ranks_of(facts, wished)
    lost = wished.weight * sum(one.met is False for one in outcomes)
    lost += sum(ranks.get(one.department, 0.0) for one in mine)
    return Served(resident, outcomes, sites, lost)


def _outcome(
    facts: Facts, wish: tuple[int, date, date], programme: Programme, starts: dict[str, int]
) -> Outcome:
    standard, from_on, until_on = wish
    requirement = requirement_wished(standard, programme)
    if requirement is None or until_on <= facts.starts_on:
        return Outcome(standard, from_on, until_on, None, None)
    period = starts.get(requirement)
    if period is None:
        return Outcome(standard, from_on, until_on, None, False)
    starts_on = start_of(facts.starts_on, period)
    return Outcome(standard, from_on, until_on, starts_on, from_on <= starts_on < until_on)


def _sites(facts: Facts, wished: Wished, mine: Iterable[Placement]) -> Iterable[SiteGot]:
    choice = {where: number for number, where in enumerate(wished.sites, 1)}
    site_of = {str(one.id): one.institution for one in facts.wards if one.is_primary_care}
    for one in mine:
        where = site_of.get(one.department)
        if where is not None:
            yield SiteGot(where, choice.get(where))
