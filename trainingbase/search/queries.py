"""What is called like the text somebody typed; each function returns one row more than `most` when
there are more."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.accounts.models import Account
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import seen_by, with_number
from trainingbase.faculty.models import FacultyMember
from trainingbase.faculty.queries import seen_by as faculty_seen_by
from trainingbase.people.models import Person
from trainingbase.people.queries import called, nearness
from trainingbase.programmes.models import Programme
from trainingbase.rotations.models import Placement, Plan
from trainingbase.rotations.queries.placements import visible_to
from trainingbase.sites.models import Department, Institution

DIGITS_OF_A_NUMBER = 4
"""Fewer digits of an identity number would find half the county."""


def _first(rows: Select, most: int) -> Sequence:
    return db.session.scalars(rows.limit(most + 1)).all()


def residents(viewer: Person, text: str, *, today: date, most: int) -> Sequence[Resident]:
    """Whose record or placements this person may see; by name, sound or end of the ID number."""
    placed = visible_to(viewer, today).with_only_columns(Placement.resident_id)
    ways = [called(text)]
    if len(text) >= DIGITS_OF_A_NUMBER and text[:-1].isdigit():
        ways.append(with_number(Resident.id_number, viewer, text))
    rows = (
        select(Resident)
        .join(Resident.person)
        .options(contains_eager(Resident.person), joinedload(Resident.cohort))
        .where(or_(*ways), or_(seen_by(viewer), Resident.id.in_(placed)))
        .order_by(nearness(text), Person.name, Resident.id)
    )
    return _first(rows, most)


def faculty(viewer: Person, text: str, *, most: int) -> Sequence[FacultyMember]:
    number = FacultyMember.staff_number.startswith(text, autoescape=True)
    rows = (
        select(FacultyMember)
        .join(FacultyMember.person)
        .options(contains_eager(FacultyMember.person))
        .where(faculty_seen_by(viewer), or_(called(text), number))
        .order_by(nearness(text), Person.name, FacultyMember.id)
    )
    return _first(rows, most)


def departments(text: str, *, most: int) -> Sequence[Department]:
    rows = (
        select(Department)
        .join(Department.institution)
        .options(contains_eager(Department.institution))
        .where(_named(Department, text))
        .order_by(Department.institution_id, Department.id)
    )
    return _first(rows, most)


def institutions(text: str, *, most: int) -> Sequence[Institution]:
    return _first(
        select(Institution).where(_named(Institution, text)).order_by(Institution.id), most
    )


def programmes(text: str, *, most: int) -> Sequence[Programme]:
    code = Programme.code.icontains(text, autoescape=True)
    rows = select(Programme).where(or_(_named(Programme, text), code)).order_by(Programme.id)
    return _first(rows, most)


def plans(text: str, *, most: int) -> Sequence[Plan]:
    titled = Plan.title.icontains(text, autoescape=True)
    return _first(select(Plan).where(titled).order_by(Plan.id.desc()), most)


def accounts(text: str, *, most: int) -> Sequence[Person]:
    """Everyone, with or without an account, for whoever looks after accounts."""
    login = select(Account.person_id).where(Account.login.startswith(text, autoescape=True))
    rows = (
        select(Person)
        .where(or_(called(text), Person.id.in_(login)), Person.is_guest.is_(False))
        .order_by(nearness(text), Person.name, Person.id)
    )
    return _first(rows, most)


def _named(model, text: str):
    return or_(
        model.name.contains(text, autoescape=True),
        model.name_en.icontains(text, autoescape=True),
    )
