"""Who is invited to an activity."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.training.models import Activity, activity_departments


def in_training_on(day) -> tuple:
    return (
        or_(Resident.starts_on.is_(None), Resident.starts_on <= day),
        or_(Resident.finished_on.is_(None), Resident.finished_on >= day),
        or_(Resident.withdrawn_on.is_(None), Resident.withdrawn_on > day),
    )


def invited(activity: Activity) -> Select[tuple[Resident]]:
    """The residents it is for, by name; nobody where nothing was said, as of a workbook."""
    rows = (
        select(Resident)
        .join(Resident.person)
        .join(Resident.cohort)
        .where(*in_training_on(activity.held_on))
        .options(contains_eager(Resident.person), contains_eager(Resident.cohort))
        .order_by(Person.name, Resident.id)
    )
    if activity.audience == "all":
        return rows
    if activity.audience == "year":
        return rows.where(Cohort.year == activity.audience_year)
    there = select(Placement.resident_id).where(
        Placement.cancelled_at.is_(None),
        Placement.starts_on <= activity.held_on,
        Placement.ends_on > activity.held_on,
        or_(
            Placement.department_id == activity.department_id,
            Placement.department_id.in_(
                select(activity_departments.c.department_id).where(
                    activity_departments.c.activity_id == activity.id
                )
            ),
        ),
    )
    if activity.audience == "department":
        return rows.where(Resident.id.in_(there))
    return rows.where(Resident.id.in_(()))


def invited_people(activity: Activity) -> Sequence[int]:
    """Their ids as people, for notices."""
    rows = invited(activity).with_only_columns(Resident.person_id).order_by(None)
    return db.session.scalars(rows).all()


def is_invited(activity: Activity, resident: Resident) -> bool:
    rows = invited(activity).with_only_columns(Resident.id).order_by(None)
    return db.session.scalar(rows.where(Resident.id == resident.id)) is not None


def could_attend(activity: Activity) -> Sequence[Resident]:
    """Everybody in training on the day, for the speaker's list."""
    return db.session.scalars(
        select(Resident)
        .join(Resident.person)
        .where(*in_training_on(activity.held_on))
        .options(contains_eager(Resident.person), joinedload(Resident.cohort))
        .order_by(Person.name, Resident.id)
    ).all()


def years() -> list[int]:
    """Of the intakes that exist, newest first."""
    return list(db.session.scalars(select(Cohort.year).distinct().order_by(Cohort.year.desc())))
