"""What belongs to a resident's record beside the training."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import (
    Cohort,
    Contract,
    CreditClaim,
    Obligation,
    Particulars,
    Resident,
)
from trainingbase.enrolment.queries.residents import seen_by
from trainingbase.files.models import StoredFile
from trainingbase.history.models import Change
from trainingbase.history.queries import changes_of
from trainingbase.people.models import Person
from trainingbase.people.queries import called, holders_of
from trainingbase.programmes.models import Programme
from trainingbase.roles import Role


def own_or_office(viewer: Person) -> ColumnElement[bool]:
    """Whose record somebody may add to: the office to every one, a resident to their own."""
    if viewer.holds(Role.OFFICE):
        return Resident.id.is_not(None)
    return Resident.person_id == viewer.id


def holder_of(id_number: str, *, other_than: Resident | None = None) -> Resident | None:
    """Whose ID number it is."""
    held = Resident.id_number == id_number
    if other_than is not None and other_than.id is not None:
        held &= Resident.id != other_than.id
    return db.session.scalar(select(Resident).where(held).options(joinedload(Resident.person)))


def cohort_of(year: int, programme: Programme) -> Cohort:
    """The one of the year and the programme, begun if there is none.  The caller commits."""
    found = db.session.scalar(
        select(Cohort).where(Cohort.year == year, Cohort.programme_id == programme.id)
    )
    if found is None:
        found = Cohort.of(year, programme, among=set(db.session.scalars(select(Cohort.name))))
        db.session.add(found)
    return found


def tutors() -> Sequence[Person]:
    """Who may be chosen as tutor."""
    return sorted(holders_of(Role.FACULTY), key=lambda one: (one.name, one.id))


def particulars_of(resident: Resident) -> Particulars | None:
    return db.session.scalar(select(Particulars).where(Particulars.resident_id == resident.id))


def stored_photo(viewer: Person, resident_id: int) -> StoredFile:
    """Raises `NoResultFound` where there is none, or none for this viewer."""
    return db.session.scalars(
        select(StoredFile)
        .join(Particulars, Particulars.photo_id == StoredFile.id)
        .join(Resident, Resident.id == Particulars.resident_id)
        .where(Resident.id == resident_id, seen_by(viewer))
    ).one()


def contracts_of(resident: Resident) -> Sequence[Contract]:
    return db.session.scalars(
        select(Contract).where(Contract.resident_id == resident.id).order_by(Contract.starts_on)
    ).all()


def obligations_of(resident: Resident) -> Sequence[Obligation]:
    return db.session.scalars(
        select(Obligation).where(Obligation.resident_id == resident.id).order_by(Obligation.id)
    ).all()


def record_changes(resident: Resident) -> Select[tuple[Change]]:
    """Everything that was changed on the whole record, newest first."""
    beside: list[Any] = [
        *contracts_of(resident),
        *obligations_of(resident),
        *db.session.scalars(select(CreditClaim).where(CreditClaim.resident_id == resident.id)),
    ]
    particulars = particulars_of(resident)
    if particulars is not None:
        beside.append(particulars)
    return changes_of(resident, resident.person, *beside)


def stored(row: Contract | Obligation) -> StoredFile:
    """The file of a row the viewer may read.  Raises `NoResultFound` where there is none."""
    return db.session.scalars(select(StoredFile).where(StoredFile.id == row.file_id)).one()


def _by_key(model: Any, key: str | None) -> Any:
    return db.session.scalar(select(model).where(model.request_key == key)) if key else None


def contract_by_key(key: str | None) -> Contract | None:
    return _by_key(Contract, key)


def obligation_by_key(key: str | None) -> Obligation | None:
    return _by_key(Obligation, key)


def _of_record(model: Any) -> Select:
    return (
        select(model)
        .join(model.resident)
        .join(Resident.person)
        .options(
            contains_eager(model.resident).contains_eager(Resident.person),
            contains_eager(model.resident).joinedload(Resident.cohort),
            joinedload(model.file),
        )
    )


def contract_by_id(viewer: Person, contract_id: int) -> Contract:
    return db.session.scalars(
        _of_record(Contract).where(Contract.id == contract_id, _may_read(viewer))
    ).one()


def obligation_by_id(viewer: Person, obligation_id: int) -> Obligation:
    return db.session.scalars(
        _of_record(Obligation).where(Obligation.id == obligation_id, _may_read(viewer))
    ).one()


def _may_read(viewer: Person) -> ColumnElement[bool]:
    """Contracts and obligations are between the base and the resident: no tutor's business."""
    if viewer.holds(Role.AUDITOR):
        return Resident.id.is_not(None)
    return own_or_office(viewer)


def _named(search: str) -> ColumnElement[bool]:
    return or_(called(search), Resident.home_institution.contains(search, autoescape=True))


CONTRACT_SORTS = {"name": Person.name, "starts": Contract.starts_on, "ends": Contract.ends_on}


def contracts(*, search: str, state: str, sort: str, today: date) -> Select[tuple[Contract]]:
    """`state`: running, over, coming, or empty for all."""
    rows = _of_record(Contract)
    if search:
        rows = rows.where(_named(search))
    states = {
        "running": (Contract.starts_on <= today) & (Contract.ends_on > today),
        "over": Contract.ends_on <= today,
        "coming": Contract.starts_on > today,
    }
    if state in states:
        rows = rows.where(states[state])
    column = CONTRACT_SORTS.get(sort.lstrip("-"), Contract.ends_on)
    return rows.order_by(column.desc() if sort.startswith("-") else column, Contract.id)


OBLIGATION_SORTS = {"name": Person.name, "years": Obligation.years, "place": Obligation.place}


def obligations(*, search: str, state: str, sort: str) -> Select[tuple[Obligation]]:
    """`state`: open, ended, or empty for all."""
    rows = _of_record(Obligation)
    if search:
        rows = rows.where(or_(_named(search), Obligation.place.contains(search, autoescape=True)))
    if state in ("open", "ended"):
        ended = Obligation.ended_on.is_not(None)
        rows = rows.where(ended if state == "ended" else ~ended)
    column = OBLIGATION_SORTS.get(sort.lstrip("-"), Person.name)
    return rows.order_by(column.desc() if sort.startswith("-") else column, Obligation.id)
