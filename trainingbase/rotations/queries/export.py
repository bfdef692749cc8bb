"""A plan as tables: the grid offices know, and one line a placement."""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.months import months_from
from trainingbase.rotations.models import Plan, PlannedPlacement
from trainingbase.rotations.queries.grid import Filter, GridRow, grid_rows, residents
from trainingbase.rotations.queries.problem import rows_of_plan
from trainingbase.rotations.rules.timetable import Part, cells_of
from trainingbase.sites.models import Department, ShortName

HALVES = " || "


def grid_of(plan: Plan) -> list[GridRow]:
    """Everybody in the plan, by cohort and name."""
    there = select(PlannedPlacement.resident_id).where(PlannedPlacement.plan_id == plan.id)
    people = db.session.scalars(residents(there, Filter()))
    return grid_rows(people, rows_of_plan(plan), plan_id=plan.id, broken={})


def months_in_words(plan: Plan, row: GridRow, what: Callable[[Part | None], str]) -> dict[str, str]:
    """YYYY-MM → what fills it, the two halves of a month with a mark between them."""
    words: dict[str, str] = {}
    months = months_from(plan.starts_on, plan.ends_on)
    for cell in cells_of(months, row.line):
        if not cell.parts:
            continue
        text = HALVES.join(what(part) for part in cell.parts)
        start = months.index(cell.month)
        words |= {month.strftime("%Y-%m"): text for month in months[start : start + cell.span]}
    return words


def legend() -> Sequence[ShortName]:
    return db.session.scalars(
        select(ShortName)
        .options(
            joinedload(ShortName.department).joinedload(Department.institution),
            joinedload(ShortName.standard_department),
        )
        .order_by(ShortName.id)
    ).all()


def placements_of(plan: Plan) -> Sequence[PlannedPlacement]:
    return db.session.scalars(
        select(PlannedPlacement)
        .where(PlannedPlacement.plan_id == plan.id)
        .options(
            joinedload(PlannedPlacement.resident).joinedload(Resident.person),
            joinedload(PlannedPlacement.resident).joinedload(Resident.cohort),
            joinedload(PlannedPlacement.department).joinedload(Department.institution),
            joinedload(PlannedPlacement.standard_department),
        )
        .order_by(PlannedPlacement.resident_id, PlannedPlacement.starts_on)
    ).all()
