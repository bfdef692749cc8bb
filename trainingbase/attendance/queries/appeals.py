"""Appeals: the resident's own, and those somebody sees or decides."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.attendance.models import Appeal
from trainingbase.attendance.queries.months import month_row
from trainingbase.attendance.queries.scope import may_take, seen
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.months import first_of_month
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department

_NAMES = (
    joinedload(Appeal.decided_by),
    joinedload(Appeal.file),
    contains_eager(Appeal.placement).options(
        joinedload(Placement.department).joinedload(Department.institution),
        joinedload(Placement.supervisor).joinedload(FacultyMember.person),
    ),
    joinedload(Appeal.resident).joinedload(Resident.person),
    joinedload(Appeal.resident).joinedload(Resident.cohort),
)


def _with_names() -> Select[tuple[Appeal]]:
    return select(Appeal).join(Placement, Placement.id == Appeal.placement_id).options(*_NAMES)


def appeals(
    viewer: Person, *, state: str = "", search: str = "", department_id: int = 0, sort: str = ""
) -> Select[tuple[Appeal]]:
    """Those of the viewer's departments and residents, newest first or as asked."""
    rows = _with_names().where(seen(viewer))
    states = {"open": None, "granted": True, "refused": False}
    if state in states:
        rows = rows.where(Appeal.approved.is_(states[state]))
    if department_id:
        rows = rows.where(Placement.department_id == department_id)
    named = select(Resident.id).join(Person, Person.id == Resident.person_id)
    if search:
        rows = rows.where(Appeal.resident_id.in_(named.where(called(search))))
    orders = {"day": Appeal.day_on, "asked": Appeal.asked_at}
    column = orders.get(sort.removeprefix("-"))
    if column is None:
        return rows.order_by(Appeal.asked_at.desc(), Appeal.id.desc())
    return rows.order_by(column.desc() if sort.startswith("-") else column, Appeal.id)


def all_of(rows: Select[tuple[Appeal]]) -> Sequence[Appeal]:
    return db.session.scalars(rows).all()


def of_resident(resident_id: int) -> Select[tuple[Appeal]]:
    return (
        _with_names()
        .where(Appeal.resident_id == resident_id)
        .order_by(Appeal.day_on.desc(), Appeal.id.desc())
    )


def appeal_for(viewer: Person, appeal_id: int) -> Appeal:
    """The resident's own, or one that stands in the viewer's list.  Raises `NoResultFound`."""
    own = Appeal.resident.has(person_id=viewer.id)
    return db.session.scalars(
        _with_names().where(Appeal.id == appeal_id, or_(own, seen(viewer)))
    ).one()


def may_decide(viewer: Person, appeal: Appeal) -> bool:
    """The supervisor, the secretary or coordinator, the office; nobody their own; and once the
    month is closed only the office."""
    if appeal.approved is not None or appeal.resident.person_id == viewer.id:
        return False
    if viewer.holds(Role.OFFICE):
        return True
    placement = appeal.placement
    month = month_row(placement.department_id, first_of_month(appeal.day_on))
    if month is not None and month.is_closed:
        return False
    supervisor = placement.supervisor
    is_theirs = supervisor is not None and supervisor.person_id == viewer.id
    return is_theirs or may_take(viewer, placement.department)


def by_key(request_key: str | None) -> Appeal | None:
    if not request_key:
        return None
    return db.session.scalars(select(Appeal).where(Appeal.request_key == request_key)).one_or_none()


def open_on(resident_id: int, day: date) -> Appeal | None:
    return db.session.scalars(
        select(Appeal).where(
            Appeal.resident_id == resident_id, Appeal.day_on == day, Appeal.approved.is_(None)
        )
    ).one_or_none()
