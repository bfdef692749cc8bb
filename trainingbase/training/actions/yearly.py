"""Making a year's activities in one act, and taking back what nobody has touched since."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import delete, insert, select

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.models import Change
from trainingbase.people.models import Person
from trainingbase.training.models import (
    Activity,
    Planned,
    Slot,
    YearPlan,
    activity_departments,
    activity_speakers,
)
from trainingbase.training.queries.yearly import untouched
from trainingbase.training.rules.planning import Proposed

FOUR_PLACES = Decimal("0.0001")


def save_plan(
    proposed: Sequence[Proposed],
    *,
    span: tuple[date, date],
    key: str,
    by: Person,
    at: datetime,
) -> YearPlan:
    """All of it, or what was made by the same key before."""
    known = db.session.scalar(select(YearPlan).where(YearPlan.request_key == key))
    if known is not None:
        return known
    plan = YearPlan(
        starts_on=span[0],
        ends_on=span[1],
        made=len(proposed),
        made_at=at,
        made_by_id=by.id,
        request_key=key,
    )
    db.session.add(plan)
    db.session.flush()
    if proposed:
        rows = [_row(one) for one in proposed]
        ids = db.session.scalars(insert(Activity).returning(Activity.id), rows).all()
        db.session.execute(
            insert(Planned), [{"activity_id": one, "plan_id": plan.id} for one in ids]
        )
    record("make-year-plan", plan, by=by, at=at, made=len(proposed))
    db.session.commit()
    return plan


def _row(one: Proposed) -> dict:
    return {
        "held_on": one.held_on,
        "starts_at": one.starts_at,
        "hours": (Decimal(one.minutes) / 60).quantize(FOUR_PLACES),
        "kind": one.kind,
        "topic": one.kind,
        "department_id": one.department_id,
        "speaker_id": one.speaker_id,
        "room": one.room,
        "audience": "department",
        "version": 1,
    }


def take_back(plan: YearPlan, *, today: date, by: Person, at: datetime) -> int:
    """Remove what lies ahead and nobody has edited, attended or been reminded of; how many."""
    ids = list(db.session.scalars(untouched(plan, today=today)))
    for table in (activity_speakers, activity_departments):
        db.session.execute(delete(table).where(table.c.activity_id.in_(ids)))
    db.session.execute(delete(Planned).where(Planned.activity_id.in_(ids)))
    names = [str(one) for one in ids]
    db.session.execute(
        delete(Change).where(Change.subject == "activities", Change.subject_id.in_(names))
    )
    db.session.execute(delete(Activity).where(Activity.id.in_(ids)))
    plan.undone = (plan.undone or 0) + len(ids)
    plan.undone_at = at
    record("undo-year-plan", plan, by=by, at=at, removed=len(ids))
    db.session.commit()
    return len(ids)


def set_slots(
    department_id: int, slots: dict[int, tuple[int, str, str | None]], *, by: Person, at: datetime
) -> None:
    """When and where a department usually holds each kind: weekday, time and room."""
    for kind_id, (weekday, starts_at, room) in slots.items():
        known = db.session.get(Slot, (department_id, kind_id))
        if known is None:
            known = Slot(department_id=department_id, kind_id=kind_id)
            db.session.add(known)
        known.weekday, known.starts_at, known.room = weekday, starts_at, room
    record("set-activity-slots", "activity_slots", by=by, at=at, department=department_id)
    db.session.commit()
