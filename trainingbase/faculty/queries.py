"""Questions about the faculty roster."""

from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.faculty.models import Certificate, FacultyMember, Post
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.sites.models import Department

CERTIFICATE_STATES = ("valid", "lapsing", "lapsed", "none")


def roster(
    *,
    search: str = "",
    institution_id: int | None = None,
    certificate: str = "",
    lapsed_before: date,
    lapsing_before: date,
    sort: str = "",
) -> Select[tuple[FacultyMember]]:
    """Faculty with posts and certificates.

    A certificate issued on or before `lapsed_before` has lapsed, one issued on or before
    `lapsing_before` will soon; `certificate` "lapsing" gives all who need one.
    """
    rows = (
        select(FacultyMember)
        .join(FacultyMember.person)
        .options(
            contains_eager(FacultyMember.person),
            selectinload(FacultyMember.certificates),
            selectinload(FacultyMember.posts)
            .joinedload(Post.department)
            .joinedload(Department.institution),
        )
    )
    if search:
        rows = rows.where(
            or_(
                called(search),
                FacultyMember.staff_number.startswith(search, autoescape=True),
            )
        )
    if institution_id:
        inside = select(Department.id).where(Department.institution_id == institution_id)
        rows = rows.where(FacultyMember.posts.any(Post.department_id.in_(inside)))
    valid = FacultyMember.certificates.any(Certificate.issued_on > lapsed_before)
    lasting = FacultyMember.certificates.any(Certificate.issued_on > lapsing_before)
    rows = rows.where(
        *{
            "valid": [valid],
            "lapsing": [~lasting],
            "lapsed": [~valid, FacultyMember.certificates.any()],
            "none": [~FacultyMember.certificates.any()],
        }.get(certificate, [])
    )
    column = {"number": FacultyMember.staff_number}.get(sort.lstrip("-"), Person.name)
    return rows.order_by(column.desc() if sort.startswith("-") else column, FacultyMember.id)


def member_by_id(member_id: int) -> FacultyMember:
    return db.session.scalars(
        select(FacultyMember)
        .where(FacultyMember.id == member_id)
        .options(
            joinedload(FacultyMember.person),
            selectinload(FacultyMember.certificates),
            selectinload(FacultyMember.posts)
            .joinedload(Post.department)
            .joinedload(Department.institution),
        )
    ).one()


def count() -> int:
    return db.session.scalar(select(func.count()).select_from(FacultyMember)) or 0
