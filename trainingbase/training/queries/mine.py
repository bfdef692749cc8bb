"""A person's own activities: today, to come, and over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.sites.models import Department
from trainingbase.training.models import Activity, Attendance, attendances
from trainingbase.training.queries.visible import attended_by, concerns, speaks_at

COMING_SHOWN = 50


@dataclass(frozen=True)
class Mine:
    today: Sequence[Activity]
    coming: Sequence[Activity]


def _named(rows: Select[tuple[Activity]]) -> Select[tuple[Activity]]:
    return rows.options(
        joinedload(Activity.speaker),
        joinedload(Activity.department).joinedload(Department.institution),
        selectinload(Activity.others),
    )


def mine(person: Person, *, today: date) -> Mine:
    """What they are invited to or speak at, and was not cancelled; the next fifty to come."""
    rows = _named(select(Activity)).where(
        concerns(person), Activity.cancelled_at.is_(None), Activity.held_on >= today
    )
    found: Sequence[Activity] = db.session.scalars(
        rows.order_by(Activity.held_on, Activity.starts_at, Activity.id).limit(COMING_SHOWN)
    ).all()
    return Mine(
        [one for one in found if one.held_on == today],
        [one for one in found if one.held_on > today],
    )


def attended(resident_id: int) -> Select[tuple[Activity]]:
    """Newest first."""
    return _named(
        select(Activity)
        .where(attended_by(resident_id))
        .order_by(Activity.held_on.desc(), Activity.id.desc())
    )


def spoken(person: Person, *, today: date) -> Select[tuple[Activity]]:
    """What they spoke at before today, newest first."""
    return _named(
        select(Activity)
        .where(speaks_at(person.id), Activity.held_on < today)
        .order_by(Activity.held_on.desc(), Activity.id.desc())
    )


def own_attendances(resident_id: int, activity_ids: Sequence[int]) -> dict[int, Attendance]:
    """By activity."""
    rows = db.session.scalars(
        select(Attendance).where(
            attendances.c.resident_id == resident_id,
            attendances.c.activity_id.in_(activity_ids),
        )
    )
    return {one.activity_id: one for one in rows}
