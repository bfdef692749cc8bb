"""Questions about changes of course; with a viewer they return what that person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.courses.models import Course, Reason
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.enrolment.queries import seen_by
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role

STATES: dict[str, ColumnElement[bool]] = {
    "open": Course.decided_at.is_(None) & Course.dropped_at.is_(None),
    "done": Course.decided_at.is_not(None) & Course.undoes_id.is_(None),
    "counter": Course.undoes_id.is_not(None),
    "dropped": Course.dropped_at.is_not(None),
}
SORTS = {"name": Person.name, "day": Course.starts_on, "kind": Course.kind}

WITH_NAMES = (
    joinedload(Course.reason),
    joinedload(Course.manner),
    joinedload(Course.decided_by),
    joinedload(Course.cohort),
    joinedload(Course.undone_by),
)


@dataclass(frozen=True)
class Filter:
    """Empty values look for nothing; days are the first and the exclusive last."""

    search: str = ""
    kind: str = ""
    state: str = ""
    cohort_id: int = 0
    from_on: date | None = None
    until_on: date | None = None
    sort: str = ""


def visible_to(viewer: Person) -> Select[tuple[Course]]:
    """The office and the auditor see everything, others what was decided."""
    everything = viewer.holds(Role.OFFICE, Role.AUDITOR)
    decided = true() if everything else Course.decided_at.is_not(None)
    return (
        select(Course)
        .join(Course.resident)
        .join(Resident.person)
        .where(seen_by(viewer), decided)
        .options(
            contains_eager(Course.resident).contains_eager(Resident.person),
            contains_eager(Course.resident).joinedload(Resident.cohort),
            *WITH_NAMES,
        )
    )


def listed(viewer: Person, which: Filter) -> Select[tuple[Course]]:
    """The newest first."""
    rows = visible_to(viewer)
    if which.search:
        rows = rows.where(called(which.search))
    if which.kind:
        rows = rows.where(Course.kind == which.kind)
    if which.state in STATES:
        rows = rows.where(STATES[which.state])
    else:
        rows = rows.where(Course.dropped_at.is_(None))
    if which.cohort_id:
        rows = rows.where(Resident.cohort_id == which.cohort_id)
    if which.from_on:
        rows = rows.where(Course.starts_on >= which.from_on)
    if which.until_on:
        rows = rows.where(Course.starts_on < which.until_on)
    column = SORTS.get(which.sort.lstrip("-"))
    if column is not None:
        rows = rows.order_by(column.desc() if which.sort.startswith("-") else column)
    return rows.order_by(Course.id.desc())


def all_of(rows: Select[tuple[Course]]) -> Sequence[Course]:
    return db.session.scalars(rows).all()


def course_for(viewer: Person, course_id: int) -> Course:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        visible_to(viewer)
        .where(Course.id == course_id)
        .options(joinedload(Course.evidence), joinedload(Course.proposed_by))
    ).one()


def of_resident(viewer: Person, resident_id: int) -> Sequence[Course]:
    """What was decided about one resident, the newest first."""
    return db.session.scalars(
        visible_to(viewer)
        .where(Course.resident_id == resident_id, Course.decided_at.is_not(None))
        .order_by(Course.id.desc())
    ).all()


def open_of(resident_id: int) -> Sequence[Course]:
    return db.session.scalars(
        select(Course).where(Course.resident_id == resident_id, STATES["open"])
    ).all()


def course_by_key(key: str | None) -> Course | None:
    if not key:
        return None
    return db.session.scalar(select(Course).where(Course.request_key == key))


def reasons(of: str, *, all_of_them: bool = False) -> Sequence[Reason]:
    rows = select(Reason).where(Reason.of == of)
    if not all_of_them:
        rows = rows.where(Reason.is_in_use.is_(True))
    return db.session.scalars(rows.order_by(Reason.id)).all()


def reason_lists() -> dict[str, list[Reason]]:
    found: dict[str, list[Reason]] = {}
    for one in db.session.scalars(select(Reason).order_by(Reason.id)):
        found.setdefault(one.of, []).append(one)
    return found


def reason_by_id(reason_id: int) -> Reason:
    return db.session.scalars(select(Reason).where(Reason.id == reason_id)).one()


def cohorts_of_other_programmes(programme_id: int) -> Sequence[Cohort]:
    return db.session.scalars(
        select(Cohort)
        .where(Cohort.programme_id != programme_id)
        .options(joinedload(Cohort.programme))
        .order_by(Cohort.year.desc(), Cohort.id)
    ).all()
