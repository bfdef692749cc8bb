"""Teaching groups, who is in them on a day, and whose placements they review."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.queries import active_on
from trainingbase.leaving.models import MAY_SIGN, GroupMember, TeachingGroup
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department, Institution

WITH_MEMBERS = (
    joinedload(TeachingGroup.department).joinedload(Department.institution),
    joinedload(TeachingGroup.standard_department),
    selectinload(TeachingGroup.members)
    .joinedload(GroupMember.faculty_member)
    .joinedload(FacultyMember.person),
)


def _on(today: date) -> ColumnElement[bool]:
    return and_(
        GroupMember.starts_on <= today,
        or_(GroupMember.ends_on.is_(None), GroupMember.ends_on > today),
    )


def reviewed_by(
    viewer: Person, today: date, *, duties: Iterable[str] | None = None
) -> ColumnElement[bool]:
    """Placements that a group reviews in which this person is (with one of `duties`): of its
    department; or of its standard department, where the department has no group of its own."""
    if not viewer.holds(Role.FACULTY):
        return false()
    mine = (
        select(GroupMember.group_id)
        .join(GroupMember.faculty_member)
        .where(FacultyMember.person_id == viewer.id, active_on(today), _on(today))
    )
    if duties is not None:
        mine = mine.where(GroupMember.duty.in_(list(duties)))
    groups = select(TeachingGroup).where(TeachingGroup.id.in_(mine))
    own = select(TeachingGroup.department_id).where(TeachingGroup.department_id.is_not(None))
    return or_(
        Placement.department_id.in_(
            groups.with_only_columns(TeachingGroup.department_id).where(
                TeachingGroup.department_id.is_not(None)
            )
        ),
        and_(
            Placement.standard_department_id.in_(
                groups.with_only_columns(TeachingGroup.standard_department_id).where(
                    TeachingGroup.standard_department_id.is_not(None)
                )
            ),
            Placement.department_id.not_in(own),
        ),
    )


def group_of(placement: Placement) -> TeachingGroup | None:
    """Which reviews it: the department's own, else the standard department's."""
    found = db.session.scalars(
        select(TeachingGroup)
        .where(
            or_(
                TeachingGroup.department_id == placement.department_id,
                TeachingGroup.standard_department_id == placement.standard_department_id,
            )
        )
        .options(*WITH_MEMBERS)
        .order_by(TeachingGroup.department_id.is_(None))
    ).all()
    return found[0] if found else None


def members_on(group: TeachingGroup | None, day: date) -> list[GroupMember]:
    """The leader first, then the deputy; who teaches no more is in no group."""
    if group is None:
        return []
    order = {"leader": 0, "deputy": 1}
    here = [one for one in group.members if one.covers(day) and one.faculty_member.is_active(day)]
    return sorted(here, key=lambda one: (order.get(one.duty, 2), one.faculty_member.person.name))


def signers_of(group: TeachingGroup | None, day: date) -> list[Person]:
    return [one.faculty_member.person for one in members_on(group, day) if one.duty in MAY_SIGN]


def groups(*, search: str = "", state: str = "", today: date) -> Select[tuple[TeachingGroup]]:
    """`state`: leader (has one today), none (has not), or empty."""
    rows = (
        select(TeachingGroup)
        .outerjoin(TeachingGroup.department)
        .outerjoin(Department.institution)
        .outerjoin(TeachingGroup.standard_department)
        .options(*WITH_MEMBERS)
        .order_by(
            TeachingGroup.department_id.is_(None), Institution.id, Department.id, TeachingGroup.id
        )
    )
    if search:
        rows = rows.where(
            or_(
                Department.name.icontains(search, autoescape=True),
                Department.name_en.icontains(search, autoescape=True),
                Institution.name.icontains(search, autoescape=True),
                TeachingGroup.standard_department.has(name=search),
                TeachingGroup.members.any(
                    GroupMember.faculty_member.has(
                        FacultyMember.person.has(Person.name.icontains(search, autoescape=True))
                    )
                ),
            )
        )
    led = TeachingGroup.members.any(and_(GroupMember.duty == "leader", _on(today)))
    if state == "leader":
        rows = rows.where(led)
    if state == "none":
        rows = rows.where(~led)
    return rows


def all_of(rows: Select) -> Sequence:
    """Every row of a list, for export."""
    return db.session.scalars(rows).unique().all()


def group_by_id(group_id: int) -> TeachingGroup:
    return db.session.scalars(
        select(TeachingGroup).where(TeachingGroup.id == group_id).options(*WITH_MEMBERS)
    ).one()


def member_by_id(group_id: int, member_id: int) -> GroupMember:
    return db.session.scalars(
        select(GroupMember).where(GroupMember.id == member_id, GroupMember.group_id == group_id)
    ).one()


def group_for(
    *, department_id: int | None = None, standard_department_id: int | None = None
) -> TeachingGroup | None:
    return db.session.scalar(
        select(TeachingGroup).where(
            TeachingGroup.department_id == department_id
            if department_id
            else TeachingGroup.standard_department_id == standard_department_id
        )
    )


def departments() -> Sequence[Department]:
    """In use, with their sites."""
    return db.session.scalars(
        select(Department)
        .join(Department.institution)
        .options(joinedload(Department.institution))
        .order_by(Institution.id, Department.id)
    ).all()


def teachers() -> Sequence[FacultyMember]:
    """Everybody who may be in a group, by name."""
    return db.session.scalars(
        select(FacultyMember)
        .join(FacultyMember.person)
        .options(joinedload(FacultyMember.person))
        .order_by(Person.name, FacultyMember.id)
    ).all()
