"""Records of where former residents worked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.careers.models import Choice, Employment
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role
from trainingbase.sites.models import Institution

SEE_ALL = (Role.OFFICE, Role.AUDITOR)
STANDING = Employment.withdrawn_at.is_(None) & Employment.approved.is_not(False)
"""Waits or is approved."""
APPROVED = Employment.withdrawn_at.is_(None) & Employment.approved.is_(True)
STATES: dict[str, ColumnElement[bool]] = {
    "waiting": and_(Employment.approved.is_(None), Employment.withdrawn_at.is_(None)),
    "approved": APPROVED,
    "refused": and_(Employment.approved.is_(False), Employment.withdrawn_at.is_(None)),
    "withdrawn": Employment.withdrawn_at.is_not(None),
}
SORTS: dict[str, Any] = {
    "name": Person.name,
    "starts": Employment.starts_on,
    "ends": Employment.ends_on,
}


def seen_by(viewer: Person) -> ColumnElement[bool]:
    """The office and the auditor see all, a resident their own."""
    if viewer.holds(*SEE_ALL):
        return true()
    return Resident.person_id == viewer.id if viewer.holds(Role.RESIDENT) else false()


@dataclass(frozen=True)
class Filter:
    search: str = ""
    state: str = ""
    where: str = ""
    sort: str = ""


def employments(viewer: Person, which: Filter) -> Select:
    """Columns of a list: id, resident_id, name, cohort, place in both languages, level, employer,
    post, days, share, approved, withdrawn_at, source."""
    rows = (
        select(
            Employment.id, Employment.resident_id, Person.name, Cohort.name.label("cohort"),
            Cohort.name_en.label("cohort_en"), Institution.name.label("place"),
            Institution.name_en.label("place_en"), Institution.level, Employment.employer,
            Employment.post, Employment.starts_on, Employment.ends_on, Employment.share,
            Employment.approved, Employment.withdrawn_at, Employment.source,
            Employment.confirmed_on,
        )
        .join(Employment.resident).join(Resident.person).join(Resident.cohort)
        .outerjoin(Employment.institution)
        .where(seen_by(viewer), *_wanted(which))
    )  # fmt: skip
    column = SORTS.get(which.sort.removeprefix("-"), Employment.starts_on)
    down = which.sort.startswith("-") or not which.sort
    return rows.order_by(column.desc() if down else column, Employment.id.desc())


def _wanted(which: Filter) -> list[ColumnElement[bool]]:
    found = [STATES.get(which.state, STANDING)]
    if which.search:
        text = which.search
        found.append(
            or_(
                called(text),
                Institution.name.icontains(text, autoescape=True),
                Employment.employer.icontains(text, autoescape=True),
            )
        )
    if which.where == "outside":
        found.append(Employment.institution_id.is_(None))
    elif which.where == "network":
        found.append(Employment.institution_id.is_not(None))
    return found


def rows_of(rows: Select) -> Sequence:
    return db.session.execute(rows).all()


def employment_for(viewer: Person, employment_id: int) -> Employment:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        select(Employment)
        .join(Employment.resident)
        .where(Employment.id == employment_id, seen_by(viewer))
        .options(
            contains_eager(Employment.resident).joinedload(Resident.person),
            joinedload(Employment.institution),
            joinedload(Employment.file),
            joinedload(Employment.entered_by),
            joinedload(Employment.decided_by),
        )
    ).one()


def by_key(request_key: str | None) -> Employment | None:
    if not request_key:
        return None
    return db.session.scalar(select(Employment).where(Employment.request_key == request_key))


def standing_of(resident_id: int) -> Sequence[Employment]:
    """What waits or is approved of one resident, the oldest first."""
    return db.session.scalars(
        select(Employment)
        .where(Employment.resident_id == resident_id, STANDING)
        .options(joinedload(Employment.institution))
        .order_by(Employment.starts_on, Employment.id)
    ).all()


def approved_of(resident_ids: Iterable[int]) -> dict[int, list[Employment]]:
    """By resident, the oldest first; one statement however many."""
    found: dict[int, list[Employment]] = defaultdict(list)
    rows = db.session.scalars(
        select(Employment)
        .where(Employment.resident_id.in_(list(resident_ids)), APPROVED)
        .options(joinedload(Employment.institution))
        .order_by(Employment.starts_on, Employment.id)
    )
    for one in rows:
        found[one.resident_id].append(one)
    return found


def current_of(resident_id: int) -> Employment | None:
    """The approved record that goes on."""
    return db.session.scalars(
        select(Employment)
        .where(Employment.resident_id == resident_id, APPROVED, Employment.ends_on.is_(None))
        .options(joinedload(Employment.institution))
        .order_by(Employment.starts_on.desc())
    ).first()


def resident_to_enter_for(viewer: Person, resident_id: int) -> Resident:
    """Whose records somebody may enter: the office everybody's, a resident their own."""
    rows = select(Resident).where(Resident.id == resident_id).options(joinedload(Resident.person))
    if not viewer.holds(Role.OFFICE):
        rows = rows.where(Resident.person_id == viewer.id)
    return db.session.scalars(rows).one()


def own_resident(viewer: Person) -> Resident | None:
    return db.session.scalar(
        select(Resident)
        .where(Resident.person_id == viewer.id)
        .options(joinedload(Resident.person), joinedload(Resident.cohort))
    )


def people_to_enter_for(viewer: Person) -> Sequence[tuple[int, str, str]]:
    """(resident id, name, cohort) of everybody else who is out of training or nearly so."""
    return db.session.execute(
        select(Resident.id, Person.name, Cohort.name)
        .join(Resident.person)
        .join(Resident.cohort)
        .where(
            or_(Resident.finished_on.is_not(None), Resident.withdrawn_on.is_not(None)),
            Resident.person_id != viewer.id,
        )
        .order_by(Cohort.year.desc(), Person.name, Resident.id)
    ).all()


def institutions() -> Sequence[Institution]:
    return db.session.scalars(select(Institution).order_by(Institution.id)).all()


def choices(of: str, *, all_of_them: bool = False) -> Sequence[Choice]:
    rows = select(Choice).where(Choice.of == of).order_by(Choice.id)
    return db.session.scalars(rows if all_of_them else rows.where(Choice.in_use)).all()


def choice_by_id(choice_id: int) -> Choice:
    return db.session.scalars(select(Choice).where(Choice.id == choice_id)).one()


def waiting_count() -> int:
    return db.session.scalar(select(func.count()).where(STATES["waiting"])) or 0


def overlapped_by_training(resident: Resident, starts_on: date) -> bool:
    """Whether the day lies in the training, whose days count by themselves."""
    free_on = resident.left_on or resident.ends_on
    return free_on is not None and starts_on < free_on
