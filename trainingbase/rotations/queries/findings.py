"""What the office wants to know of a plan beside its breaches: places used, teachers short."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.months import months_later
from trainingbase.rotations.models import Placement, Plan
from trainingbase.rotations.queries.judging import Judgement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.rotations.queries.published import teachers_by_department
from trainingbase.rotations.rules.supervising import Stay, at_once


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
    """`kind`: nobody, over, uncertified."""

    kind: str
    placement: Placement


def teacher_findings(plan: Plan) -> list[Finding]:
    """Placements in force that have no supervisor, or one beyond their limit or without a valid
    certificate.  These are findings about teachers, not breaches of the plan."""
    placements = db.session.scalars(
        select(Placement)
        .where(Placement.cancelled_at.is_(None), Placement.ends_on > plan.starts_on)
        .options(*WITH_NAMES, joinedload(Placement.resident))
        .order_by(Placement.starts_on, Placement.id)
    ).all()
    teachers = {
        (department, one.id): one
        for department, those in teachers_by_department().items()
        for one in those
    }
    spans: dict[int, list[tuple]] = {}
    for one in placements:
        if one.supervisor_id is not None:
            spans.setdefault(one.supervisor_id, []).append((one.starts_on, one.ends_on))
    found = []
    for one in placements:
        teacher = teachers.get((one.department_id, one.supervisor_id))
        if one.supervisor_id is None:
            found.append(Finding("nobody", one))
            continue
        stay = Stay(one.id, one.department_id, one.starts_on, one.ends_on)
        if at_once(spans[one.supervisor_id], stay) > one.supervisor.most_residents:
            found.append(Finding("over", one))
        until = teacher.certified_until if teacher else None
        if until is None or until <= one.starts_on:
            found.append(Finding("uncertified", one))
    return found
