"""Works as lists and one by one; those with a viewer return what that person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.people.queries import called, holders_of
from trainingbase.research.models import Work, WorkEvidence, WorkPoints
from trainingbase.roles import Role

SEE_ALL = (Role.OFFICE, Role.AUDITOR)
STANDING = Work.withdrawn_at.is_(None) & Work.replaced_at.is_(None)
STATES: dict[str, ColumnElement[bool]] = {
    "waiting": and_(Work.approved.is_(None), STANDING),
    "approved": and_(Work.approved.is_(True), STANDING),
    "returned": and_(Work.approved.is_(False), STANDING),
    "replaced": Work.replaced_at.is_not(None),
    "withdrawn": Work.withdrawn_at.is_not(None),
}
SORTS: dict[str, Any] = {
    "name": Person.name,
    "kind": Work.kind,
    "title": Work.title,
    "day": Work.done_on,
    "points": Work.points,
    "handed": Work.handed_in_at,
}


@dataclass(frozen=True)
class Filter:
    """Empty values look for nothing; `until_on` is exclusive."""

    search: str = ""
    kind: str = ""
    state: str = ""
    year: int = 0
    only_own: bool = False
    sort: str = ""


def seen_by(viewer: Person) -> ColumnElement[bool]:
    """The office and the auditor see all, everybody their own, a tutor their tutees'."""
    if viewer.holds(*SEE_ALL):
        return true()
    ways = [Work.person_id == viewer.id]
    if viewer.holds(Role.FACULTY):
        tutees = select(Resident.person_id).where(Resident.tutor_id == viewer.id)
        ways.append(Work.person_id.in_(tutees))
    return or_(*ways)


def works(viewer: Person, which: Filter) -> Select[tuple[Work]]:
    """The newest first, each with its person."""
    rows = (
        select(Work)
        .join(Work.person)
        .options(contains_eager(Work.person), joinedload(Work.decided_by))
        .where(seen_by(viewer), *_conditions(viewer, which))
    )
    column = SORTS.get(which.sort.removeprefix("-"), Work.done_on)
    down = which.sort.startswith("-") or not which.sort
    return rows.order_by(column.desc() if down else column, Work.id.desc())


def _conditions(viewer: Person, which: Filter) -> list[ColumnElement[bool]]:
    found = []
    if which.search:
        text = which.search
        found.append(
            or_(
                called(text),
                Work.title.icontains(text, autoescape=True),
                Work.venue.icontains(text, autoescape=True),
                Work.reference.icontains(text, autoescape=True),
            )
        )
    if which.kind:
        found.append(Work.kind == which.kind)
    found.append(STATES.get(which.state, STANDING))
    if which.year:
        found += [
            Work.done_on >= date(which.year, 1, 1),
            Work.done_on < date(which.year + 1, 1, 1),
        ]
    if which.only_own:
        found.append(Work.person_id == viewer.id)
    return found


def all_of(rows: Select) -> Sequence[Any]:
    """The whole list, for a file."""
    return db.session.scalars(rows).all()


def work_for(viewer: Person, work_id: int) -> Work:
    """One, with its evidence.  Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        select(Work)
        .where(Work.id == work_id, seen_by(viewer))
        .options(
            joinedload(Work.person),
            joinedload(Work.entered_by),
            joinedload(Work.decided_by),
            joinedload(Work.corrects),
            selectinload(Work.evidence).joinedload(WorkEvidence.file),
        )
    ).one()


def work_by_key(request_key: str | None) -> Work | None:
    if not request_key:
        return None
    return db.session.scalar(select(Work).where(Work.request_key == request_key))


def alike(work: Work) -> Sequence[Work]:
    """Others with the same DOI or title that stand: the same work of a fellow author, or the same
    thing claimed twice."""
    same = [Work.title_key == work.title_key]
    if work.doi:
        same.append(Work.doi == work.doi)
    return _others(or_(*same), work.id, work.corrects_id)


def claimed_before(
    person_id: int, *, kind: str, key: str, doi: str | None, other_than: Sequence[int | None] = ()
) -> Work | None:
    """What this person handed in before with the same DOI, or of that kind with the same title."""
    same = [and_(Work.title_key == key, Work.kind == kind)]
    if doi:
        same.append(Work.doi == doi)
    found = _others(and_(Work.person_id == person_id, or_(*same)), *other_than)
    return found[0] if found else None


def _others(condition: ColumnElement[bool], *but: int | None) -> Sequence[Work]:
    left_out = [one for one in but if one is not None]
    return db.session.scalars(
        select(Work)
        .where(condition, STANDING, Work.id.not_in(left_out))
        .options(joinedload(Work.person))
        .order_by(Work.id)
        .limit(20)
    ).all()


def people_to_enter_for() -> Sequence[Person]:
    """Whom the office may hand in work for."""
    return sorted(holders_of(Role.RESIDENT, Role.FACULTY), key=lambda one: (one.name, one.id))


def person_to_enter_for(person_id: int) -> Person:
    return db.session.scalars(select(Person).where(Person.id == person_id)).one()


def points_table() -> dict[tuple[str, str], WorkPoints]:
    """By kind and level; the level is empty where it does not matter."""
    return {(one.kind, one.level): one for one in db.session.scalars(select(WorkPoints))}


def points_for(kind: str, level: str | None) -> Decimal | None:
    """What the base gives: for this level, else for the kind; None where it gives none."""
    table = points_table()
    row = table.get((kind, level or "")) or table.get((kind, ""))
    return row.points if row is not None else None


def corrections_of(work: Work) -> Sequence[Work]:
    """What stands beside it, the oldest first."""
    return db.session.scalars(
        select(Work)
        .where(Work.corrects_id == work.id)
        .options(joinedload(Work.entered_by))
        .order_by(Work.id)
    ).all()
