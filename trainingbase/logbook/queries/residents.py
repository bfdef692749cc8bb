"""Residents whose completion somebody may see."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import IN_TRAINING, seen_by
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import visible_to


def seen(
    viewer: Person, *, today: date, search: str = "", cohort_id: int | None = None
) -> Select[tuple[Resident]]:
    """In training, by cohort and name; for most people those placed with them."""
    placed = visible_to(viewer, today).with_only_columns(Placement.resident_id)
    rows = (
        select(Resident)
        .join(Resident.person)
        .options(contains_eager(Resident.person), joinedload(Resident.cohort))
        .where(IN_TRAINING, or_(seen_by(viewer), Resident.id.in_(placed)))
        .order_by(Resident.cohort_id, Person.name, Resident.id)
    )
    if search:
        rows = rows.where(called(search))
    return rows.where(Resident.cohort_id == cohort_id) if cohort_id else rows


def all_of(rows: Select) -> Sequence[Resident]:
    """The whole list, for a file."""
    return db.session.scalars(rows).all()
