"""The faculty as the rule of supervising sees them."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.rules import Limits, Teacher, Teaching, Validity
from trainingbase.thresholds.queries import values


def limits() -> Limits:
    numbers = values()
    return Limits(
        rank=int(numbers["supervisor_title_rank"]), days_away=int(numbers["supervisor_leave_days"])
    )


def teachers(ids: Iterable[int] | None = None) -> dict[int, Teacher]:
    """Everybody, or those of `ids`, by id."""
    years = int(values()["certificate_years"])
    rows = select(FacultyMember).options(
        joinedload(FacultyMember.person),
        selectinload(FacultyMember.posts),
        selectinload(FacultyMember.certificates),
        selectinload(FacultyMember.absences),
    )
    if ids is not None:
        rows = rows.where(FacultyMember.id.in_(list(ids)))
    return {
        one.id: teacher_of(one, years)
        for one in db.session.scalars(rows.order_by(FacultyMember.id))
    }


def teacher_of(member: FacultyMember, years: int) -> Teacher:
    ends = [day for day in (member.inactive_on, member.person.left_on) if day is not None]
    return Teacher(
        id=member.id,
        name=member.person.name,
        title=member.title,
        most=member.most_residents,
        posts=tuple(
            Teaching(one.department_id, one.starts_on, one.ends_on, one.is_second)
            for one in member.posts
        ),
        certificates=tuple(
            Validity(one.issued_on or date.min, until)
            for one in member.certificates
            if (until := one.lapses_on(years)) is not None
        ),
        away=tuple((one.starts_on, one.ends_on) for one in member.absences if one.counts),
        inactive_on=min(ends, default=None),
    )


def hold_members(ids: Iterable[int] | None = None) -> None:
    """Nobody else gives these faculty members (without `ids`: anybody) residents, or changes how
    many they may have, until the commit; what is read of them from now on is what stands."""
    rows = select(FacultyMember).order_by(FacultyMember.id)
    if ids is not None:
        rows = rows.where(FacultyMember.id.in_(list(ids)))
    db.session.scalars(rows.with_for_update().execution_options(populate_existing=True)).all()
