"""Whom the office may ask about whom."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.assessments.models import Request
from trainingbase.assessments.queries.lists import requests_seen_by
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES, seen_by
from trainingbase.sites.models import Department
from trainingbase.thresholds.queries import whole


def placements_to_ask_about(
    viewer: Person, *, today: date, search: str = "", department_id: int = 0
) -> Select[tuple[Placement]]:
    """Placements that may be assessed now and that this person sees, by resident."""
    after = timedelta(days=whole("supervisor_sees_after_days"))
    rows = (
        select(Placement)
        .join(Placement.resident)
        .join(Resident.person)
        .join(Placement.department)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
            Placement.ends_on > today - after,
            seen_by(viewer, today),
        )
        .options(
            contains_eager(Placement.resident).contains_eager(Resident.person),
            contains_eager(Placement.department).joinedload(Department.institution),
            joinedload(Placement.supervisor).joinedload(FacultyMember.person),
        )
        .order_by(Person.name, Placement.starts_on.desc())
    )
    if search:
        rows = rows.where(Person.name.icontains(search, autoescape=True))
    if department_id:
        rows = rows.where(Placement.department_id == department_id)
    return rows


def placement_to_ask_about(viewer: Person, placement_id: int, *, today: date) -> Placement:
    after = timedelta(days=whole("supervisor_sees_after_days"))
    return db.session.scalars(
        select(Placement)
        .where(
            Placement.id == placement_id,
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= today,
            Placement.ends_on > today - after,
            seen_by(viewer, today),
        )
        .options(*WITH_NAMES)
    ).one()


def assessors_of(placement: Placement) -> Sequence[Person]:
    """Who may assess it (see `queries.placements`): supervisor, tutor, faculty of the department;
    the supervisor comes first."""
    supervisor_id = placement.supervisor.person_id if placement.supervisor else None
    posted = (
        select(FacultyMember.person_id)
        .join(FacultyMember.posts)
        .where(Post.department_id == placement.department_id)
    )
    people = db.session.scalars(
        select(Person)
        .where(
            or_(
                Person.id.in_(posted),
                Person.id == supervisor_id,
                Person.id == placement.resident.tutor_id,
            )
        )
        .order_by(Person.name)
    ).all()
    return sorted(people, key=lambda person: person.id != supervisor_id)


def request_to_cancel(viewer: Person, request_id: int) -> Request:
    return db.session.scalars(
        requests_seen_by(viewer, Role.OFFICE).where(Request.id == request_id)
    ).one()
