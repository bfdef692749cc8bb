"""Whether the plan in force still fits: leave, closures and comings and goings since."""

from dataclasses import dataclass
from datetime import date

from trainingbase.planner.situation import Breach
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries.judging import Judgement, as_breach, as_kept, judge, stood
from trainingbase.rotations.rules.halves import period_of


@dataclass(frozen=True)
class Fit:
    """`broken` are breaches from today on that nobody accepted when the plan was published;
    `accepted` how many of those still stand; `gone` are residents who have left training and
    still hold places."""

    plan: Plan
    judgement: Judgement
    broken: tuple[Breach, ...]
    accepted: int
    gone: tuple[int, ...]

    @property
    def fits(self) -> bool:
        return not self.broken and not self.gone


def fit_of(plan: Plan, *, today: date) -> Fit:
    judgement = judge(plan)
    left = {key for key, one in judgement.facts.trainees.items() if one.has_left}
    now = period_of(plan.starts_on, today)
    known = plan.accepted or []
    before = [as_breach(one) for one in known]
    coming = [one for one in judgement.breaches if _lies_ahead(one, now)]
    new = [one for one in coming if as_kept(one) not in known and not stood(one, before)]
    gone = {r.resident for r in judgement.rows if r.ends_on > today and r.resident in left}
    return Fit(plan, judgement, tuple(new), len(coming) - len(new), tuple(sorted(gone)))


def _lies_ahead(breach: Breach, now: int) -> bool:
    if breach.periods:
        return max(breach.periods) > now
    return not breach.placements or max(one.end for one in breach.placements) > now
