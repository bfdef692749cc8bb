"""A row of a draft, and what it can be changed to."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.planner.situation import Breach
from trainingbase.rotations.models import Plan, PlannedPlacement
from trainingbase.rotations.queries.judging import Judgement, judge_rows, new_breaches
from trainingbase.rotations.rules.rows import Row
from trainingbase.sites.models import department_standards


def planned(plan: Plan, row_id: int) -> PlannedPlacement:
    """Raises `NoResultFound` for a row of another plan, or one that is gone."""
    return db.session.scalars(
        select(PlannedPlacement)
        .where(PlannedPlacement.plan_id == plan.id, PlannedPlacement.id == row_id)
        .options(
            joinedload(PlannedPlacement.resident).joinedload(Resident.person),
            joinedload(PlannedPlacement.department),
            joinedload(PlannedPlacement.standard_department),
        )
    ).one()


def as_row(one: PlannedPlacement) -> Row:
    return Row(
        one.resident_id, one.starts_on, one.ends_on, one.department_id, one.standard_department_id
    )


def offers() -> list[tuple[int, int]]:
    """Every (department, standard department) there is."""
    columns = department_standards.c
    rows = select(columns.department_id, columns.standard_department_id).order_by(
        columns.department_id, columns.standard_department_id
    )
    return [(where, what) for where, what in db.session.execute(rows)]


def breaches_of(
    judgement: Judgement, removed: Sequence[Row], added: Sequence[Row]
) -> tuple[Judgement, list[Breach]]:
    """The plan after the change, and the breaches the change would bring."""
    gone = set(removed)
    after = judge_rows(
        judgement.facts, [row for row in judgement.rows if row not in gone] + list(added)
    )
    return after, new_breaches(judgement, after)
