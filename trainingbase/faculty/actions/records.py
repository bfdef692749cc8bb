"""What happens to the records of faculty.  Each action is one transaction."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.faculty.models import Absence, Certificate, FacultyMember, Post
from trainingbase.files.actions import keep, keep_photo
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change, note
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role


class NumberTaken(Exception):
    """Another member has this staff number, or this member has this certificate already."""


class AlreadyThere(Exception):
    """The member has a post in this department already; it is changed, not added."""


class AlreadyAway(Exception):
    """The days overlap with `absence`."""

    def __init__(self, absence: Absence):
        super().__init__(absence)
        self.absence = absence


def add_member(
    values: Mapping[str, Any],
    *,
    name: str,
    phone: str | None,
    department_id: int,
    most_residents: int,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> FacultyMember:
    """A new person who teaches.  Asked for twice with one `request_key` it is one.

    Raises `NumberTaken`."""
    known = (
        request_key
        and db.session.scalars(
            select(FacultyMember).where(FacultyMember.request_key == request_key)
        ).first()
    )
    if known:
        return known
    _must_be_free(values["staff_number"])
    role = Grant(role=Role.FACULTY, granted_at=at, granted_by_id=by.id)
    member = FacultyMember(
        person=Person(name=name, phone=phone or None, grants=[role]),
        most_residents=most_residents,
        posts=[Post(department_id=department_id)],
        request_key=request_key,
        **values,
    )
    db.session.add(member)
    db.session.flush()
    record("add-faculty", member, by=by, at=at, number=member.staff_number)
    db.session.commit()
    return member


def _must_be_free(staff_number: str, but: FacultyMember | None = None) -> None:
    other = db.session.scalars(
        select(FacultyMember).where(FacultyMember.staff_number == staff_number)
    ).first()
    if other is not None and other is not but:
        db.session.rollback()
        raise NumberTaken(staff_number)


def _flush_numbers() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:  # somebody took the number at the same moment
        db.session.rollback()
        raise NumberTaken from error


def edit_member(
    member: FacultyMember,
    values: Mapping[str, Any],
    *,
    name: str,
    phone: str | None,
    version: int | None,
    by: Person,
    at: datetime,
    why: str | None = None,
) -> None:
    """Raises `Stale`, `NumberTaken`."""
    member.expect(version)
    with db.session.no_autoflush:
        _must_be_free(values["staff_number"], member)
    person = member.person
    said = {"name": name, "phone": phone or None}
    noted = {f: (getattr(person, f), new) for f, new in said.items() if getattr(person, f) != new}
    for field, (_old, new) in noted.items():
        setattr(person, field, new)
    if noted:
        note(member, noted, by=by, at=at, why=why)
    change("edit-faculty", member, values, by=by, at=at, why=why)
    if noted:
        record("edit-faculty", person, by=by, at=at, fields=list(noted))
    db.session.commit()


def add_post(member: FacultyMember, values: Mapping[str, Any], *, by: Person, at: datetime) -> Post:
    """Raises `AlreadyThere`."""
    if any(one.department_id == values["department_id"] for one in member.posts):
        db.session.rollback()
        raise AlreadyThere
    post = Post(faculty_member=member, **values)
    db.session.add(post)
    db.session.flush()
    note(member, {"posts": (None, post.department)}, by=by, at=at)
    record("add-post", post, by=by, at=at, member=member.id)
    db.session.commit()
    return post


def edit_post(
    post: Post, values: Mapping[str, Any], *, version: int | None, by: Person, at: datetime
) -> None:
    """Raises `Stale`."""
    post.expect(version)
    change("edit-post", post, values, by=by, at=at)
    db.session.commit()


def add_certificate(
    member: FacultyMember,
    values: Mapping[str, Any],
    *,
    scan: Upload | None,
    by: Person,
    at: datetime,
) -> Certificate:
    """Raises `NumberTaken`."""
    if any(one.number == values["number"] for one in member.certificates):
        db.session.rollback()
        raise NumberTaken(values["number"])
    certificate = Certificate(faculty_member=member, **values)
    certificate.scan = keep(scan, by=by, at=at) if scan else None
    db.session.add(certificate)
    _flush_numbers()
    note(member, {"certificates": (None, certificate.number)}, by=by, at=at)
    record("add-certificate", certificate, by=by, at=at, member=member.id)
    db.session.commit()
    return certificate


def edit_certificate(
    certificate: Certificate,
    values: Mapping[str, Any],
    *,
    scan: Upload | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Without a new scan the former one stays.  Raises `Stale`, `NumberTaken`."""
    certificate.expect(version)
    others = [one for one in certificate.faculty_member.certificates if one is not certificate]
    if any(one.number == values["number"] for one in others):
        db.session.rollback()
        raise NumberTaken(values["number"])
    kept = {"scan": keep(scan, by=by, at=at)} if scan else {}
    change("edit-certificate", certificate, {**values, **kept}, by=by, at=at)
    db.session.commit()


def add_absence(
    member: FacultyMember, values: Mapping[str, Any], *, by: Person, at: datetime
) -> Absence:
    """The same days for the same reason twice are one absence.  Raises `AlreadyAway`."""
    for one in member.absences:
        if one.counts and all(getattr(one, name) == value for name, value in values.items()):
            return one
    _must_be_here(member, values)
    absence = Absence(faculty_member=member, **values)
    db.session.add(absence)
    db.session.flush()
    note(member, {"absences": (None, _days(absence))}, by=by, at=at)
    record("add-absence", absence, by=by, at=at, member=member.id)
    db.session.commit()
    return absence


def edit_absence(
    absence: Absence, values: Mapping[str, Any], *, version: int | None, by: Person, at: datetime
) -> None:
    """Raises `Stale`, `AlreadyAway`."""
    absence.expect(version)
    _must_be_here(absence.faculty_member, values, but=absence)
    change("edit-absence", absence, values, by=by, at=at)
    db.session.commit()


def withdraw_absence(absence: Absence, *, by: Person, at: datetime) -> None:
    """As if it had never been; a second time changes nothing."""
    if absence.counts:
        absence.withdrawn_at = at
        absence.version += 1
        note(absence.faculty_member, {"absences": (_days(absence), None)}, by=by, at=at)
        record("withdraw-absence", absence, by=by, at=at)
    db.session.commit()


def _must_be_here(
    member: FacultyMember, values: Mapping[str, Any], but: Absence | None = None
) -> None:
    for one in member.absences:
        apart = one.ends_on <= values["starts_on"] or one.starts_on >= values["ends_on"]
        if one is not but and one.counts and not apart:
            db.session.rollback()
            raise AlreadyAway(one)


def _days(absence: Absence) -> str:
    return f"{_day(absence.starts_on)} – {_day(absence.ends_on - timedelta(days=1))}"


def _day(day: date) -> str:
    return day.isoformat()


def set_photo(member: FacultyMember, upload: Upload, *, by: Person, at: datetime) -> None:
    """Raises `files.rules.Unfit`."""
    had = member.photo is not None
    member.photo = keep_photo(upload, by=by, at=at)
    db.session.flush()
    note(member, {"photo": ("1" if had else None, "1")}, by=by, at=at)
    record("set-photo", member, by=by, at=at)
    db.session.commit()
