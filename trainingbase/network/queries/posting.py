"""Experts sent to sites, and staff sent up."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.network.models import Posting, Session, ShortCourse
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.sites.models import Department, Institution

SEE_ALL = (Role.OFFICE, Role.AUDITOR, Role.LEADER)


def _of_sites(viewer: Person, column) -> ColumnElement[bool]:
    return true() if viewer.holds(*SEE_ALL) else column.in_(viewer.institution_ids)


def postings(
    viewer: Person,
    *,
    search: str = "",
    institution_id: int = 0,
    kind: str = "",
    state: str = "",
    sort: str = "",
    today: date,
) -> Select[tuple[Posting]]:
    """`state` is running, over or empty for all."""
    rows = (
        select(Posting)
        .join(Posting.person)
        .join(Posting.institution)
        .where(_of_sites(viewer, Posting.institution_id))
        .options(
            contains_eager(Posting.person),
            contains_eager(Posting.institution),
            joinedload(Posting.department),
        )
    )
    if search:
        rows = rows.where(
            or_(
                Person.name.contains(search, autoescape=True),
                Institution.name.contains(search, autoescape=True),
            )
        )
    if institution_id:
        rows = rows.where(Posting.institution_id == institution_id)
    if kind:
        rows = rows.where(Posting.kind == kind)
    running = Posting.ends_on.is_(None) | (Posting.ends_on > today)
    if state:
        rows = rows.where(running if state == "running" else ~running)
    columns = {"name": Person.name, "site": Institution.name, "from": Posting.starts_on}
    column = columns.get(sort.removeprefix("-"))
    if column is not None:
        rows = rows.order_by(column.desc() if sort.startswith("-") else column.asc())
    return rows.order_by(Posting.id.desc())


def posting_for(viewer: Person, posting_id: int) -> Posting:
    """With its sessions; raises `NoResultFound` for one of another site."""
    return db.session.scalars(
        postings(viewer, today=date.min)
        .where(Posting.id == posting_id)
        .options(selectinload(Posting.sessions).joinedload(Session.confirmed_by))
    ).one()


def posting_by_key(key: str | None) -> Posting | None:
    if not key:
        return None
    return db.session.scalar(select(Posting).where(Posting.request_key == key))


def hours_held(posting_ids: Sequence[int]) -> dict[int, Decimal]:
    """Confirmed hours by posting."""
    rows = db.session.execute(
        select(Session.posting_id, Session.hours).where(Session.posting_id.in_(posting_ids))
    )
    found: dict[int, Decimal] = {}
    for posting_id, hours in rows:
        found[posting_id] = found.get(posting_id, Decimal(0)) + hours
    return found


def hours_confirmed(first: date, after: date) -> Sequence[tuple[int, int, str, date, Decimal, int]]:
    """Person, institution, kind of work, day and hours of each session confirmed in
    [first, after), and its id: what incentives and indicators count."""
    rows = db.session.execute(
        select(
            Posting.person_id, Posting.institution_id, Posting.kind, Session.held_on,
            Session.hours, Session.id,
        )
        .join(Session.posting)
        .where(Session.held_on >= first, Session.held_on < after, Session.hours > 0)
        .order_by(Session.held_on, Session.id)
    )  # fmt: skip
    return [tuple(row) for row in rows]


def courses(
    viewer: Person,
    *,
    search: str = "",
    institution_id: int = 0,
    sort: str = "",
) -> Select[tuple[ShortCourse]]:
    rows = (
        select(ShortCourse)
        .join(ShortCourse.institution)
        .where(_of_sites(viewer, ShortCourse.institution_id))
        .options(
            contains_eager(ShortCourse.institution),
            joinedload(ShortCourse.department).joinedload(Department.institution),
            joinedload(ShortCourse.file),
        )
    )
    if search:
        rows = rows.where(
            or_(
                ShortCourse.name.contains(search, autoescape=True),
                ShortCourse.certificate.contains(search, autoescape=True),
            )
        )
    if institution_id:
        rows = rows.where(ShortCourse.institution_id == institution_id)
    columns = {"name": ShortCourse.name, "site": Institution.name, "from": ShortCourse.starts_on}
    column = columns.get(sort.removeprefix("-"))
    if column is not None:
        rows = rows.order_by(column.desc() if sort.startswith("-") else column.asc())
    return rows.order_by(ShortCourse.starts_on.desc(), ShortCourse.id.desc())


def course_for(viewer: Person, course_id: int) -> ShortCourse:
    return db.session.scalars(courses(viewer).where(ShortCourse.id == course_id)).one()


def course_by_key(key: str | None) -> ShortCourse | None:
    if not key:
        return None
    return db.session.scalar(select(ShortCourse).where(ShortCourse.request_key == key))


def experts() -> Sequence[FacultyMember]:
    """Everybody who teaches, with their name, for a choice."""
    return db.session.scalars(
        select(FacultyMember)
        .join(FacultyMember.person)
        .options(contains_eager(FacultyMember.person))
        .order_by(Person.name, Person.id)
    ).all()


def all_departments() -> Sequence[Department]:
    return db.session.scalars(
        select(Department)
        .join(Department.institution)
        .options(contains_eager(Department.institution))
        .order_by(Institution.id, Department.id)
    ).all()


def counts_of_sites() -> dict[int, int]:
    """Postings by institution."""
    rows = select(Posting.institution_id, func.count()).group_by(Posting.institution_id)
    return dict(db.session.execute(rows).all())
