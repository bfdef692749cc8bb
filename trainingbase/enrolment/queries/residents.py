"""Questions about residents."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, false, or_, select, true
from sqlalchemy.orm import (
    InstrumentedAttribute,
    aliased,
    contains_eager,
    joinedload,
    selectinload,
)

from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Credit, Resident
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.prepared import prepared
from trainingbase.roles import Role

_Tutor = aliased(Person)

LAST_SHOWN = 4  # of an ID number that is masked
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


def with_number(
    column: InstrumentedAttribute[str], viewer: Person, text: str
) -> ColumnElement[bool]:
    """Whose ID number ends so.  Who reads numbers masked asks for the last four only: more would
    tell, digit by digit, what the mask hides."""
    if len(text) > LAST_SHOWN and not viewer.holds(Role.OFFICE):
        return false()
    return column.endswith(text.upper(), autoescape=True)


def resident_of(person: Person) -> Resident:
    return db.session.scalars(*_resident_of(person.id)).one()


@prepared
def _resident_of(person_id: int):
    return (
        select(Resident)
        .where(Resident.person_id == person_id)
        .options(
            joinedload(Resident.person),
            joinedload(Resident.tutor),
            joinedload(Resident.cohort),
            joinedload(Resident.programme),
        )
    )


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
                with_number(Resident.id_number, viewer, search),
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
