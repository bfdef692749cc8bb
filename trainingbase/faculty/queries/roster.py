"""The roster, and one record of it; a secretary reads that of the own department."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.faculty.models import Absence, Certificate, FacultyMember, Post
from trainingbase.faculty.rules import years_before
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role
from trainingbase.sites.models import Department, Institution

CERTIFICATE_STATES = ("valid", "lapsing", "lapsed", "none")
STATES = ("active", "away", "inactive", "all")
SEE_ALL = (Role.OFFICE, Role.AUDITOR, Role.LEADER)
SORTS = {
    "name": Person.name,
    "number": FacultyMember.staff_number,
    "title": FacultyMember.title,
    "most": FacultyMember.most_residents,
}


@dataclass(frozen=True)
class Filter:
    """What is looked for; empty values look for nothing.  `state` is one of `STATES`,
    `certificate` one of `CERTIFICATE_STATES`, where "lapsing" gives all who need one."""

    search: str = ""
    institution_id: int | None = None
    department_id: int | None = None
    certificate: str = ""
    state: str = "all"
    sort: str = ""


def valid_after(day: date, years: int) -> ColumnElement[bool]:
    """Certificates that are still valid on `day`."""
    return or_(
        Certificate.ends_on > day,
        and_(Certificate.ends_on.is_(None), Certificate.issued_on > years_before(day, years)),
    )


def active_on(day: date) -> ColumnElement[bool]:
    return or_(FacultyMember.inactive_on.is_(None), FacultyMember.inactive_on > day)


def seen_by(viewer: Person) -> ColumnElement[bool]:
    """The office, the auditor and the leader see everybody, a secretary those with a post in the
    own department, a coordinator those of the own institution, faculty themselves."""
    if viewer.holds(*SEE_ALL):
        return true()
    ways: list[ColumnElement[bool]] = []
    if viewer.holds(Role.FACULTY):
        ways.append(FacultyMember.person_id == viewer.id)
    if viewer.department_ids:
        ways.append(FacultyMember.posts.any(Post.department_id.in_(viewer.department_ids)))
    if viewer.institution_ids:
        inside = select(Department.id).where(Department.institution_id.in_(viewer.institution_ids))
        ways.append(FacultyMember.posts.any(Post.department_id.in_(inside)))
    return or_(*ways) if ways else false()


WITH_PARTS = (
    selectinload(FacultyMember.certificates),
    selectinload(FacultyMember.absences),
    selectinload(FacultyMember.posts)
    .joinedload(Post.department)
    .joinedload(Department.institution),
)


def roster(
    viewer: Person, which: Filter, *, today: date, soon: date, years: int
) -> Select[tuple[FacultyMember]]:
    """Faculty with posts, certificates and absences.  A certificate that is not valid on `soon`
    any more is lapsing."""
    rows = (
        select(FacultyMember)
        .join(FacultyMember.person)
        .options(contains_eager(FacultyMember.person), *WITH_PARTS)
        .where(seen_by(viewer), *_wanted(which, today=today, soon=soon, years=years))
    )
    column = SORTS.get(which.sort.lstrip("-"), Person.name)
    return rows.order_by(column.desc() if which.sort.startswith("-") else column, FacultyMember.id)


def _wanted(which: Filter, *, today: date, soon: date, years: int) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if which.search:
        number = FacultyMember.staff_number.startswith(which.search, autoescape=True)
        wanted.append(or_(called(which.search), number))
    if which.institution_id:
        inside = select(Department.id).where(Department.institution_id == which.institution_id)
        wanted.append(FacultyMember.posts.any(Post.department_id.in_(inside)))
    if which.department_id:
        wanted.append(FacultyMember.posts.any(Post.department_id == which.department_id))
    wanted += certificate_conditions(today=today, soon=soon, years=years).get(which.certificate, [])
    away = FacultyMember.absences.any(
        (Absence.starts_on <= today) & (Absence.ends_on > today) & Absence.withdrawn_at.is_(None)
    )
    wanted += {
        "active": [active_on(today)],
        "inactive": [~active_on(today)],
        "away": [active_on(today), away],
    }.get(which.state, [])
    return wanted


def certificate_conditions(
    *, today: date, soon: date, years: int
) -> dict[str, list[ColumnElement[bool]]]:
    valid = FacultyMember.certificates.any(valid_after(today, years))
    lasting = FacultyMember.certificates.any(valid_after(soon, years))
    return {
        "valid": [valid],
        "lapsing": [~lasting],
        "lapsed": [~valid, FacultyMember.certificates.any()],
        "none": [~FacultyMember.certificates.any()],
    }


def member_for(viewer: Person, member_id: int) -> FacultyMember:
    """One record with all its parts.  Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        select(FacultyMember)
        .where(FacultyMember.id == member_id, seen_by(viewer))
        .options(joinedload(FacultyMember.person), joinedload(FacultyMember.photo), *WITH_PARTS)
    ).one()


def member_by_id(member_id: int) -> FacultyMember:
    return db.session.scalars(
        select(FacultyMember)
        .where(FacultyMember.id == member_id)
        .options(joinedload(FacultyMember.person), *WITH_PARTS)
    ).one()


def members(rows: Select[tuple[FacultyMember]]) -> Sequence[FacultyMember]:
    """The whole list, for a file."""
    return db.session.scalars(rows).all()


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(FacultyMember)) or 0


def departments() -> Sequence[Department]:
    """All of them with their institutions, as choices."""
    return db.session.scalars(
        select(Department)
        .join(Department.institution)
        .options(contains_eager(Department.institution))
        .order_by(Institution.id, Department.name)
    ).all()
