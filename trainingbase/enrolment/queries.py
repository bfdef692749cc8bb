"""Questions about residents and their leave."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, false, func, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Credit, Leave, Resident
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role

_Tutor = aliased(Person)

IN_TRAINING = Resident.finished_on.is_(None) & Resident.withdrawn_on.is_(None)


def seen_by(viewer: Person) -> ColumnElement[bool]:
    """The office and the auditor see every record, a tutor their tutees', a resident their own."""
    if viewer.holds(Role.OFFICE, Role.AUDITOR):
        return true()
    ways = []
    if viewer.holds(Role.RESIDENT):
        ways.append(Resident.person_id == viewer.id)
    if viewer.holds(Role.FACULTY):
        ways.append(Resident.tutor_id == viewer.id)
    return or_(*ways) if ways else false()


def resident_of(person: Person) -> Resident:
    return db.session.scalars(
        select(Resident)
        .where(Resident.person_id == person.id)
        .options(
            joinedload(Resident.person),
            joinedload(Resident.tutor),
            joinedload(Resident.cohort),
            joinedload(Resident.programme),
        )
    ).one()


def resident_for(viewer: Person, resident_id: int) -> Resident:
    """The whole record.  Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(
        select(Resident)
        .where(Resident.id == resident_id, seen_by(viewer))
        .options(
            joinedload(Resident.person),
            joinedload(Resident.tutor),
            joinedload(Resident.cohort),
            joinedload(Resident.programme),
            selectinload(Resident.leaves),
            selectinload(Resident.credits).joinedload(Credit.standard_department),
        )
    ).one()


SORTS = {"name": Person.name, "cohort": Resident.cohort_id, "ends": Resident.ends_on}


def residents(
    viewer: Person,
    *,
    search: str = "",
    cohort_id: int | None = None,
    state: str = "training",
    sort: str = "",
) -> Select[tuple[Resident]]:
    """Residents this person may see.  `state`: training, finished, withdrawn, all; `sort` is a
    key of `SORTS`, with `-` before it for descending."""
    rows = (
        select(Resident)
        .join(Resident.person)
        .outerjoin(Resident.tutor.of_type(_Tutor))
        .options(
            contains_eager(Resident.person),
            contains_eager(Resident.tutor.of_type(_Tutor)),
            joinedload(Resident.cohort),
        )
        .where(seen_by(viewer))
    )
    if search:
        rows = rows.where(
            or_(
                called(search),
                Resident.id_number.endswith(search, autoescape=True),
                Resident.home_institution.contains(search, autoescape=True),
            )
        )
    if cohort_id:
        rows = rows.where(Resident.cohort_id == cohort_id)
    if state != "all":
        rows = rows.where(
            {
                "training": IN_TRAINING,
                "finished": Resident.finished_on.is_not(None),
                "withdrawn": Resident.withdrawn_on.is_not(None),
            }.get(state, IN_TRAINING)
        )
    column = SORTS.get(sort.lstrip("-"), Resident.cohort_id)
    return rows.order_by(column.desc() if sort.startswith("-") else column, Resident.id)


def all_of(rows: Select) -> Sequence:
    """The whole list, for a file."""
    return db.session.scalars(rows).all()


def cohorts() -> Sequence[Cohort]:
    return db.session.scalars(select(Cohort).order_by(Cohort.year, Cohort.id)).all()


def leaves_waiting() -> int:
    waiting = Leave.granted.is_(None)
    return db.session.scalar(select(func.count()).select_from(Leave).where(waiting)) or 0


LEAVE_STATES = {
    "waiting": Leave.granted.is_(None),
    "granted": Leave.granted.is_(True),
    "refused": Leave.granted.is_(False),
}


def leaves(*, search: str = "", state: str = "", sort: str = "-starts") -> Select[tuple[Leave]]:
    """All leave, for the office.  `state` is a key of `LEAVE_STATES`, or empty for every one."""
    rows = (
        select(Leave)
        .join(Leave.resident)
        .join(Resident.person)
        .options(
            contains_eager(Leave.resident).contains_eager(Resident.person),
            contains_eager(Leave.resident).joinedload(Resident.cohort),
        )
    )
    if search:
        rows = rows.where(called(search))
    if state in LEAVE_STATES:
        rows = rows.where(LEAVE_STATES[state])
    column = {"name": Person.name}.get(sort.lstrip("-"), Leave.starts_on)
    return rows.order_by(column.desc() if sort.startswith("-") else column, Leave.id)


def leave_by_id(leave_id: int) -> Leave:
    return db.session.scalars(
        select(Leave)
        .where(Leave.id == leave_id)
        .options(joinedload(Leave.resident).joinedload(Resident.person))
    ).one()
