"""What the office wants to know of a plan beside its breaches: places used, teachers short."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.faculty.queries import limits, teachers
from trainingbase.faculty.rules import Against, Stay, why_not
from trainingbase.months import months_later
from trainingbase.rotations.models import Placement, Plan
from trainingbase.rotations.queries.judging import Judgement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.rotations.queries.published import load_from


@dataclass(frozen=True)
class Use:
    """A department's residents and places by month (the fuller half of each), as
    (residents, places), and over the whole plan in half months."""

    department: int
    months: tuple[tuple[int, int], ...]
    taken: int
    places: int

    @property
    def share(self) -> float:
        return self.taken / self.places if self.places else 0.0


def places_used(judgement: Judgement) -> list[Use]:
    """Of every department that has places or residents, in the order of their ids."""
    load: dict[str, list[int]] = {}
    problem = judgement.problem
    for one in judgement.placements:
        there = load.setdefault(one.department, [0] * problem.periods)
        for period in range(max(0, one.start), min(one.end, problem.periods)):
            there[period] += 1
    found = []
    for department in problem.departments:
        there = load.get(department.id, [0] * problem.periods)
        if not any(department.places) and not any(there):
            continue
        months = tuple(
            max(
                zip(there[p : p + 2], department.places[p : p + 2], strict=True),
                key=lambda pair: (pair[0] - pair[1], pair[0]),
            )
            for p in range(0, problem.periods, 2)
        )
        found.append(Use(int(department.id), months, sum(there), sum(department.places)))
    return found


def load_by_month(judgement: Judgement) -> dict[int, dict[date, tuple[int, int]]]:
    """(residents, places) of each department by month."""
    begin = judgement.facts.starts_on
    return {
        use.department: {months_later(begin, n): pair for n, pair in enumerate(use.months)}
        for use in places_used(judgement)
    }


@dataclass(frozen=True)
class Finding:
    """`against` is why the supervisor may not; empty where there is none."""

    placement: Placement
    against: tuple[Against, ...]


def teacher_findings(plan: Plan, *, today: date) -> list[Finding]:
    """Placements in force that have no supervisor, or one against whom something stands, from
    today on.  These are findings about teachers, not breaches of the plan."""
    placements = db.session.scalars(
        select(Placement)
        .where(Placement.cancelled_at.is_(None), Placement.ends_on > max(plan.starts_on, today))
        .options(*WITH_NAMES, joinedload(Placement.resident))
        .order_by(Placement.starts_on, Placement.id)
    ).all()
    return findings_of(placements, today=today)


def findings_of(placements: Iterable[Placement], *, today: date) -> list[Finding]:
    """The findings among these placements, judged by what is left of them."""
    everybody, numbers, spans = teachers(), limits(), load_from(today)
    found = []
    for one in placements:
        if one.supervisor_id is None:
            found.append(Finding(one, ()))
            continue
        stay = Stay(one.id, one.department_id, max(one.starts_on, today), one.ends_on)
        others = list(spans.get(one.supervisor_id, ()))
        others.remove((stay.starts_on, stay.ends_on))
        against = why_not(everybody[one.supervisor_id], stay, others, numbers)
        if against:
            found.append(Finding(one, tuple(against)))
    return found
