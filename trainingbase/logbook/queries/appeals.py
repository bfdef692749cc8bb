"""Appeals, and who sees which."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, case, or_, select, true
from sqlalchemy.orm import joinedload

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.logbook.models import Appeal
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.programmes.models import StandardDepartment
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import SEE_ALL, visible_to
from trainingbase.sites.models import Department

OPEN = Appeal.granted.is_(None) & Appeal.withdrawn_at.is_(None)
STATES: dict[str, ColumnElement[bool]] = {
    "opinion": OPEN & Appeal.agrees.is_(None),
    "office": OPEN & Appeal.agrees.is_not(None),
    "granted": Appeal.granted.is_(True),
    "refused": Appeal.granted.is_(False) & Appeal.withdrawn_at.is_(None),
    "withdrawn": Appeal.withdrawn_at.is_not(None),
}
NAMES = (
    joinedload(Appeal.resident).joinedload(Resident.person),
    joinedload(Appeal.placement)
    .joinedload(Placement.department)
    .joinedload(Department.institution),
    joinedload(Appeal.placement).joinedload(Placement.standard_department),
    joinedload(Appeal.placement).joinedload(Placement.supervisor).joinedload(FacultyMember.person),
    joinedload(Appeal.elsewhere),
    joinedload(Appeal.opinion_by),
    joinedload(Appeal.decided_by),
)
SORTS = {"name": Person.name, "asked": Appeal.asked_at, "item": Appeal.item}


@dataclass(frozen=True)
class Sought:
    search: str = ""
    state: str = ""
    sort: str = ""


def appeal_by_key(key: str) -> Appeal | None:
    return db.session.scalars(select(Appeal).where(Appeal.request_key == key)).one_or_none()


def _seen_by(viewer: Person, at: datetime) -> ColumnElement[bool]:
    """Office and auditor: all; the others: of placements they may see."""
    if viewer.holds(*SEE_ALL):
        return true()
    seen = visible_to(viewer, at.astimezone(LOCAL).date()).with_only_columns(Placement.id)
    return or_(Appeal.placement_id.in_(seen), _asked_for_opinion(viewer))


def _asked_for_opinion(viewer: Person) -> ColumnElement[bool]:
    """The supervisor of the placement; where nobody is named, the secretary of the department and
    the coordinator of the site."""
    mine = select(FacultyMember.id).where(FacultyMember.person_id == viewer.id)
    inside = select(Department.id).where(Department.institution_id.in_(viewer.institution_ids))
    ours = Placement.department_id.in_(viewer.department_ids) | Placement.department_id.in_(inside)
    stays = select(Placement.id).where(
        Placement.supervisor_id.in_(mine) | (Placement.supervisor_id.is_(None) & ours)
    )
    return Appeal.placement_id.in_(stays)


def appeals(viewer: Person, which: Sought, *, at: datetime) -> Select[tuple[Appeal]]:
    """Open ones first, the oldest of them first."""
    rows = (
        select(Appeal)
        .join(Appeal.resident)
        .join(Resident.person)
        .where(_seen_by(viewer, at))
        .options(*NAMES)
    )
    if which.search:
        rows = rows.where(or_(called(which.search), Appeal.item.icontains(which.search)))
    if which.state in STATES:
        rows = rows.where(STATES[which.state])
    column = SORTS.get(which.sort.removeprefix("-"))
    if column is not None:
        order = column.desc() if which.sort.startswith("-") else column.asc()
        return rows.order_by(order, Appeal.id)
    return rows.order_by(case((OPEN, 0), else_=1), Appeal.asked_at, Appeal.id)


def all_of(rows: Select[tuple[Appeal]]) -> Sequence[Appeal]:
    """The whole list, for a file."""
    return db.session.scalars(rows).all()


def appeal_for(viewer: Person, appeal_id: int, *, at: datetime) -> Appeal:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        select(Appeal).where(Appeal.id == appeal_id, _seen_by(viewer, at)).options(*NAMES)
    ).one()


def may_judge(viewer: Person, appeal: Appeal) -> bool:
    """Whether this person is asked for an opinion: nobody is about their own."""
    if appeal.resident.person_id == viewer.id:
        return False
    row = select(Appeal.id).where(Appeal.id == appeal.id, OPEN, _asked_for_opinion(viewer))
    return db.session.scalar(row) is not None


def appeals_of_stays(placement_ids: Sequence[int]) -> dict[tuple[int, str, str], Appeal]:
    """The newest that was not withdrawn, by placement, category and item."""
    rows = db.session.scalars(
        select(Appeal)
        .where(Appeal.placement_id.in_(placement_ids), Appeal.withdrawn_at.is_(None))
        .order_by(Appeal.id)
    )
    return {(one.placement_id, one.category, one.item): one for one in rows}


def departments_of(resident_id: int, *, besides: int) -> Sequence[StandardDepartment]:
    """Where else the resident is or will be: what cannot be met here may be asked there."""
    placed = select(Placement.standard_department_id).where(
        Placement.resident_id == resident_id, Placement.cancelled_at.is_(None)
    )
    return db.session.scalars(
        select(StandardDepartment)
        .where(StandardDepartment.id.in_(placed), StandardDepartment.id != besides)
        .order_by(StandardDepartment.id)
    ).all()
