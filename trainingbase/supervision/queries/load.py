"""How many residents each faculty member has, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import contains_eager, selectinload

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember, Post
from trainingbase.faculty.queries import active_on, seen_by
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.sites.models import Department
from trainingbase.supervision.queries.scope import placement_in_scope
from trainingbase.supervision.rules import Cell, line, resident_months, to_even_out


@dataclass(frozen=True)
class Line:
    """A faculty member, their months, and all residents in them (months of residents)."""

    member: FacultyMember
    cells: Sequence[Cell]
    total: float


@dataclass(frozen=True)
class Load:
    """`uneven` as `rules.to_even_out` says, over everybody in `lines`."""

    months: Sequence[date]
    lines: Sequence[Line]
    uneven: float | None


def load(
    viewer: Person,
    months: Sequence[date],
    *,
    ends_on: date,
    department_id: int = 0,
    institution_id: int = 0,
    search: str = "",
    sort: str = "",
) -> Load:
    """Of everybody who is active and has a post there, in a fixed number of statements."""
    rows = (
        select(FacultyMember)
        .join(FacultyMember.person)
        .where(seen_by(viewer), active_on(months[0]))
        .options(
            contains_eager(FacultyMember.person),
            selectinload(FacultyMember.posts).joinedload(Post.department),
        )
        .order_by(Person.name, FacultyMember.id)
    )
    if search:
        rows = rows.where(called(search))
    if department_id:
        rows = rows.where(FacultyMember.posts.any(Post.department_id == department_id))
    if institution_id:
        inside = select(Department.id).where(Department.institution_id == institution_id)
        rows = rows.where(FacultyMember.posts.any(Post.department_id.in_(inside)))
    members = db.session.scalars(rows).all()
    spans = _spans(months[0], ends_on)
    lines = [
        Line(
            one,
            line(months, spans.get(one.id, ()), one.most_residents),
            resident_months(spans.get(one.id, ()), months[0], ends_on),
        )
        for one in members
    ]
    uneven = to_even_out(
        {one.member.id: one.total for one in lines},
        {one.member.id: one.member.most_residents for one in lines},
    )
    return Load(months, _sorted(lines, sort), uneven)


def _sorted(lines: list[Line], sort: str) -> list[Line]:
    if sort.lstrip("-") == "total":
        return sorted(lines, key=lambda one: one.total, reverse=sort.startswith("-"))
    return lines[::-1] if sort == "-name" else lines


def _spans(starts_on: date, ends_on: date) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = {}
    for member, since, until in db.session.execute(
        select(Placement.supervisor_id, Placement.starts_on, Placement.ends_on).where(
            Placement.supervisor_id.is_not(None),
            Placement.cancelled_at.is_(None),
            Placement.starts_on < ends_on,
            Placement.ends_on > starts_on,
        )
    ):
        found.setdefault(member, []).append((since, until))
    return found


def supervised(
    viewer: Person,
    member: FacultyMember,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Select[tuple[Placement]]:
    """The placements behind a number, as far as the viewer may see them: in [starts_on, ends_on)
    where given, newest first."""
    rows = _theirs(member, starts_on, ends_on).options(*WITH_NAMES)
    return rows.where(own_or_in_scope(viewer, member)).order_by(
        Placement.starts_on.desc(), Placement.id
    )


def elsewhere(
    viewer: Person,
    member: FacultyMember,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> int:
    """How many there are beside, in departments the viewer does not see."""
    rows = _theirs(member, starts_on, ends_on).where(~own_or_in_scope(viewer, member))
    return db.session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _theirs(
    member: FacultyMember, starts_on: date | None, ends_on: date | None
) -> Select[tuple[Placement]]:
    rows = select(Placement).where(
        Placement.supervisor_id == member.id, Placement.cancelled_at.is_(None)
    )
    if starts_on is not None and ends_on is not None:
        rows = rows.where(Placement.starts_on < ends_on, Placement.ends_on > starts_on)
    return rows


def own_or_in_scope(viewer: Person, member: FacultyMember) -> ColumnElement[bool]:
    """Faculty see whom they supervise themselves, wherever that is."""
    return true() if member.person_id == viewer.id else placement_in_scope(viewer)


def all_of(rows: Select) -> Sequence:
    """The whole list, for a file."""
    return db.session.scalars(rows).all()
