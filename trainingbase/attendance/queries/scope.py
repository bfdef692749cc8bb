"""Whose attendance somebody sees, whose they take, and which appeals they decide."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.people.models import Person
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


def department_for(viewer: Person, department_id: int, *, taking: bool = False) -> Department:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        departments(viewer, taking=taking).where(Department.id == department_id)
    ).one()


def seen(viewer: Person) -> ColumnElement[bool]:
    """Placements whose attendance this person sees in the lists: those of their departments, and
    for faculty those they supervise and their tutees'."""
    if viewer.holds(*SEE_ALL):
        return true()
    ways: list[ColumnElement[bool]] = []
    if viewer.department_ids or viewer.institution_ids:
        own = select(Department.id).where(_own_departments(viewer))
        ways.append(Placement.department_id.in_(own))
    if viewer.holds(Role.FACULTY):
        ways.append(supervised_by(viewer))
        ways.append(Placement.resident.has(tutor_id=viewer.id))
    return or_(*ways) if ways else false()


def supervised_by(viewer: Person) -> ColumnElement[bool]:
    mine = select(FacultyMember.id).where(FacultyMember.person_id == viewer.id)
    return Placement.supervisor_id.in_(mine)


def placements_seen(
    viewer: Person, starts_on: date, ends_on: date, *, names: bool = True
) -> Select[tuple[Placement]]:
    """Live placements with a day in [starts_on, ends_on), with their names."""
    rows = select(Placement).where(
        Placement.cancelled_at.is_(None),
        Placement.starts_on < ends_on,
        Placement.ends_on > starts_on,
        seen(viewer),
    )
    return rows.options(*WITH_NAMES) if names else rows


def placement_seen(viewer: Person, placement_id: int, starts_on: date, ends_on: date) -> Placement:
    """One of them.  Raises `NoResultFound` for a foreign or missing one."""
    rows = placements_seen(viewer, starts_on, ends_on).where(Placement.id == placement_id)
    return db.session.scalars(rows).unique().one()


def may_take(viewer: Person, department: Department) -> bool:
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
