"""Whose attendance somebody sees, whose they take, and which appeals they decide."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import joinedload

from trainingbase.attendance.queries.placed import Called, Place
from trainingbase.db import columns, db
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person
from trainingbase.prepared import prepared
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import SEE_ALL, WITH_NAMES
from trainingbase.sites.models import Department, Institution

TAKERS = (Role.SECRETARY, Role.SITE_COORDINATOR, Role.OFFICE)
"""Who takes attendance, each in their own departments."""


def _own_departments(viewer: Person) -> ColumnElement[bool]:
    return or_(
        Department.id.in_(viewer.department_ids),
        Department.institution_id.in_(viewer.institution_ids),
    )


def departments(viewer: Person, *, taking: bool = False) -> Select[tuple[Department]]:
    """The departments whose roster this person sees, or only those where they take it."""
    every = viewer.holds(Role.OFFICE) if taking else viewer.holds(*SEE_ALL)
    return (
        select(Department)
        .join(Institution)
        .where(true() if every else _own_departments(viewer))
        .options(joinedload(Department.institution))
        .order_by(Institution.id, Department.name, Department.id)
    )


def departments_seen(viewer: Person, *, taking: bool = False) -> Sequence[Department]:
    return db.session.scalars(departments(viewer, taking=taking)).all()


class PlaceSeen(NamedTuple):
    """A department whose roster somebody sees, as far as lists name it."""

    id: int
    institution_id: int
    name: str
    name_en: str | None
    institution: Called


def places_seen(viewer: Person) -> list[PlaceSeen]:
    """As `departments_seen`, without the records."""
    own = viewer.department_ids or None, viewer.institution_ids or None
    rows = columns(*_places_seen(viewer.holds(*SEE_ALL), *own))
    return [
        PlaceSeen(id_, institution_id, name, name_en, Called(site, site_en))
        for id_, institution_id, name, name_en, site, site_en in rows
    ]


@prepared
def _places_seen(
    every: Literal[True, False], department_ids: tuple | None, institution_ids: tuple | None
):
    own: list[ColumnElement[bool]] = [false()]
    if department_ids is not None:
        own.append(Department.id.in_(department_ids))
    if institution_ids is not None:
        own.append(Department.institution_id.in_(institution_ids))
    return (
        select(
            Department.id,
            Department.institution_id,
            Department.name,
            Department.name_en,
            Institution.name,
            Institution.name_en,
        )
        .join(Institution, Institution.id == Department.institution_id)
        .where(true() if every else or_(*own))
        .order_by(Institution.id, Department.name, Department.id)
    )


def department_for(viewer: Person, department_id: int, *, taking: bool = False) -> Department:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        departments(viewer, taking=taking).where(Department.id == department_id)
    ).one()


class Scope(NamedTuple):
    """Whose attendance somebody sees: everybody's, that of departments and institutions, and that
    of those they teach; values, or places for them in a statement.  None where there is nothing."""

    every: bool
    department_ids: Any
    institution_ids: Any
    teacher_id: Any


def scope_of(viewer: Person) -> Scope:
    return Scope(
        viewer.holds(*SEE_ALL),
        viewer.department_ids or None,
        viewer.institution_ids or None,
        viewer.id if viewer.holds(Role.FACULTY) else None,
    )


def seen(viewer: Person) -> ColumnElement[bool]:
    """Placements whose attendance this person sees in the lists: those of their departments, and
    for faculty those they supervise and their tutees'."""
    return within(scope_of(viewer))


def within(scope: Scope) -> ColumnElement[bool]:
    if scope.every:
        return true()
    ways: list[ColumnElement[bool]] = []
    if scope.department_ids is not None:
        ways.append(Placement.department_id.in_(scope.department_ids))
    if scope.institution_ids is not None:
        there = Department.institution_id.in_(scope.institution_ids)
        ways.append(Placement.department_id.in_(select(Department.id).where(there)))
    if scope.teacher_id is not None:
        mine = select(FacultyMember.id).where(FacultyMember.person_id == scope.teacher_id)
        ways.append(Placement.supervisor_id.in_(mine))
        ways.append(Placement.resident.has(tutor_id=scope.teacher_id))
    return or_(*ways) if ways else false()


def supervised_by(viewer: Person) -> ColumnElement[bool]:
    mine = select(FacultyMember.id).where(FacultyMember.person_id == viewer.id)
    return Placement.supervisor_id.in_(mine)


def placement_seen(viewer: Person, placement_id: int, starts_on: date, ends_on: date) -> Placement:
    """A live placement with a day in [starts_on, ends_on).  Raises `NoResultFound` for a foreign
    or missing one."""
    rows = select(Placement).where(
        Placement.id == placement_id,
        Placement.cancelled_at.is_(None),
        Placement.starts_on < ends_on,
        Placement.ends_on > starts_on,
        seen(viewer),
    )
    return db.session.scalars(rows.options(*WITH_NAMES)).unique().one()


def may_take(viewer: Person, department: Department | Place | PlaceSeen) -> bool:
    return (
        viewer.holds(Role.OFFICE)
        or department.id in viewer.department_ids
        or department.institution_id in viewer.institution_ids
    )


def placement_to_take(viewer: Person, placement_id: int, day: date) -> Placement:
    """Where this person takes attendance on this day.  Raises `NoResultFound`."""
    own = true() if viewer.holds(Role.OFFICE) else _own_departments(viewer)
    return db.session.scalars(
        select(Placement)
        .join(Department, Department.id == Placement.department_id)
        .where(
            Placement.id == placement_id,
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= day,
            Placement.ends_on > day,
            own,
        )
        .options(*WITH_NAMES)
    ).one()


def placement_on(resident_id: int, day: date) -> Placement | None:
    """Where a resident is placed on a day."""
    return db.session.scalars(
        select(Placement)
        .where(
            Placement.resident_id == resident_id,
            Placement.cancelled_at.is_(None),
            Placement.starts_on <= day,
            Placement.ends_on > day,
        )
        .options(*WITH_NAMES)
        .order_by(Placement.starts_on.desc())
        .limit(1)
    ).one_or_none()


def screens(viewer: Person, today: date) -> Sequence[Department]:
    """Departments whose code this person may show: where they take attendance, or supervise
    somebody today."""
    own = departments(viewer, taking=True).with_only_columns(Department.id).order_by(None)
    teaching = select(Placement.department_id).where(
        Placement.cancelled_at.is_(None),
        Placement.starts_on <= today,
        Placement.ends_on > today,
        supervised_by(viewer),
    )
    return db.session.scalars(
        select(Department)
        .where(or_(Department.id.in_(own), Department.id.in_(teaching)))
        .options(joinedload(Department.institution))
        .order_by(Department.institution_id, Department.name)
    ).all()
