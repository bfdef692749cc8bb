"""The rows of a rotation grid: residents, with their stays, leave, notes and breaches."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Leave, Resident
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.rotations.models import Placement, Plan, PlannedPlacement
from trainingbase.rotations.queries.notes import notes_of
from trainingbase.rotations.queries.placements import visible_to
from trainingbase.rotations.queries.published import as_live
from trainingbase.rotations.rules.halves import months_between, whole_months
from trainingbase.rotations.rules.rows import Row, by_resident
from trainingbase.rotations.rules.timetable import Line
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole

PER_PAGE = 100


@dataclass(frozen=True)
class Filter:
    search: str = ""
    cohort_id: int = 0
    institution_id: int = 0
    department_id: int = 0


@dataclass(frozen=True)
class GridRow:
    resident_id: int
    name: str
    cohort: Cohort
    tutor: str | None
    line: Line


def page_of_plan(plan: Plan, wanted: Filter, *, number: int):
    """The residents of a plan, a hundred at a time, in order of cohort and name."""
    there = select(PlannedPlacement.resident_id).where(PlannedPlacement.plan_id == plan.id)
    there = _where(there, PlannedPlacement, wanted)
    return db.paginate(
        residents(there, wanted), page=max(1, number), per_page=PER_PAGE, error_out=False
    )


def page_of_placements(viewer: Person, wanted: Filter, *, today: date, number: int):
    """Residents of whom the viewer sees a placement that has not ended."""
    seen = visible_to(viewer, today).where(Placement.ends_on > today).subquery()
    there = select(seen.c.resident_id)
    if wanted.department_id:
        there = there.where(seen.c.department_id == wanted.department_id)
    if wanted.institution_id:
        inside = select(Department.id).where(Department.institution_id == wanted.institution_id)
        there = there.where(seen.c.department_id.in_(inside))
    return db.paginate(
        residents(there, wanted), page=max(1, number), per_page=PER_PAGE, error_out=False
    )


def _where(rows: Select, table, wanted: Filter) -> Select:
    if wanted.department_id:
        rows = rows.where(table.department_id == wanted.department_id)
    if wanted.institution_id:
        inside = select(Department.id).where(Department.institution_id == wanted.institution_id)
        rows = rows.where(table.department_id.in_(inside))
    return rows


def residents(there: Select, wanted: Filter) -> Select[tuple[Resident]]:
    rows = (
        select(Resident)
        .join(Resident.person)
        .join(Resident.cohort)
        .options(
            contains_eager(Resident.person),
            contains_eager(Resident.cohort),
            joinedload(Resident.tutor),
        )
        .where(Resident.id.in_(there))
        .order_by(Cohort.year, Cohort.id, Person.name, Resident.id)
    )
    if wanted.cohort_id:
        rows = rows.where(Resident.cohort_id == wanted.cohort_id)
    if wanted.search:
        rows = rows.where(called(wanted.search))
    return rows


def grid_rows(
    people: Iterable[Resident],
    rows: Iterable[Row],
    *,
    plan_id: int | None,
    broken: dict[int, frozenset[tuple[int, date]]],
) -> list[GridRow]:
    people = list(people)
    mine = by_resident(rows)
    leaves = leave_months([one.id for one in people])
    notes: dict[int, list[tuple[str, date, date]]] = {}
    for note in notes_of(plan_id) if plan_id is not None else ():
        notes.setdefault(note.resident_id, []).append((note.text, note.starts_on, note.ends_on))
    return [
        GridRow(
            one.id,
            one.name,
            one.cohort,
            one.tutor.name if one.tutor else None,
            Line(
                mine.get(one.id, ()),
                leaves.get(one.id, {}),
                notes.get(one.id, ()),
                broken.get(one.id, frozenset()),
            ),
        )
        for one in people
    ]


def last_day_shown(rows: Iterable[GridRow], plan: Plan) -> date:
    """The exclusive end of what is shown, so that a cohort's grid ends with its training."""
    ends = [stay.ends_on for row in rows for stay in row.line.rows]
    ends += [ends_on for row in rows for _text, _starts_on, ends_on in row.line.notes]
    return max(ends, default=plan.ends_on)


def leave_months(resident_ids: Sequence[int]) -> dict[int, dict[date, str]]:
    """The months in which granted leave moves the plan, with the kind of leave."""
    least = whole("whole_month_leave_days")
    found: dict[int, list[tuple[str, date, date]]] = {}
    for resident_id, kind, starts_on, ends_on, returned_on in db.session.execute(
        select(
            Leave.resident_id, Leave.kind, Leave.starts_on, Leave.ends_on, Leave.returned_on
        ).where(Leave.resident_id.in_(list(resident_ids)), Leave.granted.is_(True))
    ):
        end = ends_on if returned_on is None else min(ends_on, returned_on)
        found.setdefault(resident_id, []).append((kind, starts_on, end))
    return {key: _by_month(those, least) for key, those in found.items()}


def _by_month(leaves: list[tuple[str, date, date]], least: int) -> dict[date, str]:
    months = set(whole_months([(start, end) for _, start, end in leaves], least))
    return {
        month: kind
        for kind, starts_on, ends_on in leaves
        for month in months_between(starts_on, ends_on)
        if month in months
    }


def placements_in_force(viewer: Person, resident_ids: Sequence[int], *, today: date) -> list[Row]:
    """What the viewer may see of these residents' placements that have not ended."""
    seen = visible_to(viewer, today).where(
        Placement.ends_on > today, Placement.resident_id.in_(list(resident_ids))
    )
    placements = db.session.scalars(seen.order_by(Placement.resident_id, Placement.starts_on)).all()
    return [one.row for one in as_live(placements)]


def row_ids(plan: Plan) -> dict[tuple[int, date], int]:
    """The id of each row of the plan, by resident and first day."""
    return {
        (resident, starts_on): key
        for key, resident, starts_on in db.session.execute(
            select(
                PlannedPlacement.id, PlannedPlacement.resident_id, PlannedPlacement.starts_on
            ).where(PlannedPlacement.plan_id == plan.id)
        )
    }
