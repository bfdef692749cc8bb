"""Whose picture somebody may see."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.enrolment.queries import resident_of
from trainingbase.enrolment.queries import seen_by as record_seen_by
from trainingbase.enrolment.queries.residents import IN_TRAINING
from trainingbase.faculty.models import FacultyMember
from trainingbase.judging.models import Case, Conflict, Meeting, Sitting
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole

ALL = (Role.OFFICE, Role.AUDITOR)
READING = ("reading", "open")
"""While a meeting stands so, those who sit read about the residents on its agenda."""


def conflicted(person_id: int) -> ColumnElement[bool]:
    """Residents this person has declared, or is said, not to judge."""
    return exists().where(
        Conflict.person_id == person_id,
        Conflict.resident_id == Resident.id,
        Conflict.withdrawn_at.is_(None),
    )


def seen_by(viewer: Person, today: date) -> ColumnElement[bool]:
    """Office and auditor: all; tutors, and supervisors while and shortly after; a resident their
    own; who sits in a committee those on the agenda, unless they may not judge them."""
    ways = [record_seen_by(viewer)]
    if viewer.holds(Role.FACULTY):
        after = timedelta(days=whole("supervisor_sees_after_days"))
        ways.append(
            Resident.id.in_(
                select(Placement.resident_id)
                .join(FacultyMember, FacultyMember.id == Placement.supervisor_id)
                .where(
                    FacultyMember.person_id == viewer.id,
                    Placement.cancelled_at.is_(None),
                    Placement.starts_on <= today,
                    Placement.ends_on > today - after,
                )
            )
        )
    if viewer.holds(Role.FACULTY, Role.LEADER):
        before = (
            select(Case.resident_id)
            .join(Meeting, Meeting.id == Case.meeting_id)
            .join(Sitting, Sitting.meeting_id == Meeting.id)
            .where(Sitting.person_id == viewer.id, Meeting.state.in_(READING))
        )
        ways.append(Resident.id.in_(before) & ~conflicted(viewer.id))
    return or_(*ways)


def resident_for(viewer: Person, resident_id: int, *, today: date) -> Resident:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        select(Resident)
        .where(Resident.id == resident_id, seen_by(viewer, today))
        .options(joinedload(Resident.person), joinedload(Resident.tutor))
    ).one()


def own_resident(viewer: Person) -> Resident:
    return resident_of(viewer)


_Tutor = aliased(Person)


def pictures(
    viewer: Person, *, today: date, search: str = "", cohort_id: int = 0, sort: str = ""
) -> Select[Any]:
    """Columns: id, name, cohort, cohort_en, tutor, starts_on, ends_on."""
    rows = (
        select(
            Resident.id,
            Person.name,
            Cohort.name.label("cohort"),
            Cohort.name_en.label("cohort_en"),
            _Tutor.name.label("tutor"),
            Resident.starts_on,
            Resident.ends_on,
        )
        .join(Person, Person.id == Resident.person_id)
        .join(Cohort, Cohort.id == Resident.cohort_id)
        .outerjoin(_Tutor, _Tutor.id == Resident.tutor_id)
        .where(seen_by(viewer, today), IN_TRAINING)
    )
    if search:
        rows = rows.where(called(search))
    if cohort_id:
        rows = rows.where(Resident.cohort_id == cohort_id)
    keys = {"name": Person.name, "cohort": Cohort.year, "ends": Resident.ends_on}
    column = keys.get(sort.removeprefix("-"), Person.name)
    return rows.order_by(column.desc() if sort.startswith("-") else column, Resident.id)


def rows_of(rows: Select) -> Sequence[Any]:
    """Of columns, for export."""
    return db.session.execute(rows).all()


def all_of(rows: Select) -> Sequence[Any]:
    """Of records, for export."""
    return db.session.scalars(rows).all()
