"""What the timetable of one resident would lose, or get back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.rotations.models import Placement, Plan, PlannedPlacement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.rotations.queries.plans import plan_in_force
from trainingbase.rotations.rules.releasing import released
from trainingbase.rotations.rules.rows import Row


@dataclass(frozen=True)
class Loss:
    """`placements` end on the day, or are cancelled where they begin later; `removed` and `added`
    are rows of the plan in force, if there is one."""

    plan: Plan | None
    placements: Sequence[Placement]
    removed: list[Row]
    added: list[Row]


def loss_of(resident_id: int, from_on: date, until_on: date | None = None) -> Loss:
    plan = plan_in_force()
    rows = planned_rows(plan, resident_id) if plan is not None else []
    removed, added = released(rows, from_on, until_on)
    which = [Placement.resident_id == resident_id, Placement.ends_on > from_on]
    if until_on is not None:
        which.append(Placement.starts_on < until_on)
    placements = db.session.scalars(
        select(Placement)
        .where(Placement.cancelled_at.is_(None), *which)
        .options(*WITH_NAMES)
        .order_by(Placement.starts_on)
    ).all()
    return Loss(plan, placements, removed, added)


def planned_rows(plan: Plan, resident_id: int) -> list[Row]:
    rows = db.session.scalars(
        select(PlannedPlacement)
        .where(PlannedPlacement.plan_id == plan.id, PlannedPlacement.resident_id == resident_id)
        .order_by(PlannedPlacement.starts_on)
    )
    return [
        Row(r.resident_id, r.starts_on, r.ends_on, r.department_id, r.standard_department_id)
        for r in rows
    ]


def placements_by_id(ids: Sequence[int]) -> dict[int, Placement]:
    """Whatever became of them."""
    rows = db.session.scalars(select(Placement).where(Placement.id.in_(ids)).options(*WITH_NAMES))
    return {one.id: one for one in rows}


def live_of(resident_id: int) -> Sequence[Placement]:
    return db.session.scalars(
        select(Placement)
        .where(Placement.resident_id == resident_id, Placement.cancelled_at.is_(None))
        .order_by(Placement.starts_on)
    ).all()
