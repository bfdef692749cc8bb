"""A resident's record: begun by hand, changed by the office, contacts by the resident."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.enrolment import queries
from trainingbase.enrolment.models import Particulars, Resident
from trainingbase.files.actions import keep_photo
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change, note
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role

OF_PERSON = ("name", "name_en", "phone")
OF_PARTICULARS = ("email", "address", "emergency_name", "emergency_phone")


class NumberTaken(Exception):
    """Another resident has this ID number; `resident` is that one."""

    def __init__(self, resident: Resident | None):
        super().__init__(resident)
        self.resident = resident


def add_resident(
    values: Mapping[str, Any], *, person: Person | None, by: Person | None, at: datetime
) -> Resident:
    """A resident of `values`, on a person who is known already or on a new one.  The caller
    commits.  Raises `NumberTaken`."""
    taken = queries.holder_of(values["id_number"])
    if taken is not None:
        raise NumberTaken(taken)
    if person is None:
        person = Person(**{name: values[name] for name in OF_PERSON if name in values})
        db.session.add(person)
        record("welcome-person", person, by=by, at=at)
    if not person.holds(Role.RESIDENT):
        granted_by = by.id if by is not None else None
        role = Grant(role=Role.RESIDENT, granted_at=at, granted_by_id=granted_by)
        person.grants.append(role)
    own = {n: v for n, v in values.items() if n not in OF_PERSON + OF_PARTICULARS}
    resident = Resident(person=person, **own)
    db.session.add(resident)
    _put_particulars(resident, values)
    record("enrol-resident", resident, by=by, at=at)
    return resident


def enrol(values: Mapping[str, Any], *, by: Person, at: datetime) -> Resident:
    """By hand.  Raises `NumberTaken`, also when the same form was sent twice."""
    resident = add_resident(values, person=None, by=by, at=at)
    db.session.commit()
    return resident


def change_record(
    resident: Resident,
    values: Mapping[str, Any],
    *,
    photo: Upload | None = None,
    version: int | None,
    why: str | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`, `NumberTaken`, and `Unfit` for a picture that is none."""
    resident.expect(version)
    taken = queries.holder_of(values["id_number"], other_than=resident)
    if taken is not None:
        db.session.rollback()
        raise NumberTaken(taken)
    split = _split(values)
    change("change-resident", resident, split["resident"], by=by, at=at, why=why)
    change("change-person", resident.person, split["person"], by=by, at=at, why=why)
    _change_particulars(resident, split["particulars"], photo, by=by, at=at, why=why)
    db.session.commit()


def change_contacts(
    resident: Resident,
    values: Mapping[str, Any],
    *,
    photo: Upload | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """What residents keep up to date themselves.  Raises `Stale`."""
    resident.expect(version)
    change("change-person", resident.person, {"phone": values["phone"]}, by=by, at=at)
    rest = {name: values[name] for name in OF_PARTICULARS if name in values}
    _change_particulars(resident, rest, photo, by=by, at=at, why=None)
    db.session.commit()


def _split(values: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    parts: dict[str, dict[str, Any]] = {"person": {}, "particulars": {}, "resident": {}}
    for name, value in values.items():
        part = "person" if name in OF_PERSON else "resident"
        parts["particulars" if name in OF_PARTICULARS else part][name] = value
    return parts


def _put_particulars(resident: Resident, values: Mapping[str, Any]) -> Particulars:
    known = queries.particulars_of(resident) if resident.id is not None else None
    if known is None:
        known = Particulars(resident=resident, **{n: values.get(n) for n in OF_PARTICULARS})
        db.session.add(known)
    return known


def _change_particulars(
    resident: Resident,
    values: Mapping[str, Any],
    photo: Upload | None,
    *,
    by: Person,
    at: datetime,
    why: str | None,
) -> None:
    particulars = _put_particulars(resident, {})
    change("change-particulars", particulars, values, by=by, at=at, why=why)
    if photo is not None:
        before = particulars.photo
        particulars.photo = keep_photo(photo, by=by, at=at)
        note(particulars, {"photo": (before, particulars.photo)}, by=by, at=at, why=why)
        record("change-particulars", particulars, by=by, at=at, fields=["photo"])
