"""What may be chosen when an activity is planned."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, selectinload

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.faculty.queries import active_on
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.sites.models import Department, Institution
from trainingbase.training.models import Kind
from trainingbase.training.queries.visible import planned_by


def departments_for(viewer: Person, today: date) -> Sequence[Department]:
    """Those this person may plan for."""
    return db.session.scalars(
        select(Department)
        .join(Department.institution)
        .where(planned_by(viewer, today))
        .options(contains_eager(Department.institution), selectinload(Department.standards))
        .order_by(Institution.id, Department.id)
    ).all()


def departments_open(today: date) -> Sequence[Department]:
    """All that are not given up, for holding one together."""
    return db.session.scalars(
        select(Department)
        .join(Department.institution)
        .where(Department.retired_on.is_(None) | (Department.retired_on > today))
        .options(contains_eager(Department.institution))
        .order_by(Institution.id, Department.id)
    ).all()


def speakers_for(viewer: Person, today: date) -> Sequence[tuple[Person, str]]:
    """Who may speak, with the name of a department they teach in: everybody who teaches; for
    somebody who only teaches themself, only they."""
    rows = (
        select(Person, Department.name)
        .join(FacultyMember, FacultyMember.person_id == Person.id)
        .outerjoin(Post, Post.faculty_member_id == FacultyMember.id)
        .outerjoin(Department, Department.id == Post.department_id)
        .where(active_on(today), Person.merged_at.is_(None))
        .order_by(Person.name, Person.id, Post.is_second, Post.id)
    )
    if not viewer.holds(Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR):
        rows = rows.where(Person.id == viewer.id)
    found: dict[int, tuple[Person, str]] = {}
    for person, name in db.session.execute(rows):
        found.setdefault(person.id, (person, name or ""))
    return list(found.values())


def kinds_in_use() -> Sequence[Kind]:
    return db.session.scalars(select(Kind).where(Kind.in_use).order_by(Kind.position)).all()


def faculty_by_department(ids: Sequence[int], today: date) -> dict[int, list[int]]:
    """The people who teach in each, as ids, by name."""
    rows = db.session.execute(
        select(Post.department_id, FacultyMember.person_id)
        .join(FacultyMember, FacultyMember.id == Post.faculty_member_id)
        .where(Post.department_id.in_(ids), active_on(today))
        .where(Post.starts_on.is_(None) | (Post.starts_on <= today))
        .where(Post.ends_on.is_(None) | (Post.ends_on > today))
        .order_by(Post.department_id, FacultyMember.person_id)
    )
    found: dict[int, list[int]] = {}
    for department_id, person_id in rows:
        found.setdefault(department_id, []).append(person_id)
    return found


def departments_watched(which: ColumnElement[bool]) -> Sequence[Department]:
    return db.session.scalars(
        select(Department)
        .join(Department.institution)
        .where(which)
        .options(contains_eager(Department.institution))
        .order_by(Institution.id, Department.id)
    ).all()


def department_for(viewer: Person, department_id: int, today: date) -> Department:
    """One this person may plan for."""
    return db.session.scalars(
        select(Department)
        .join(Department.institution)
        .where(planned_by(viewer, today), Department.id == department_id)
        .options(contains_eager(Department.institution), selectinload(Department.standards))
    ).one()
