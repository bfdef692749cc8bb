"""Who may be one person, and what was decided about it."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Select,
    Table,
    UniqueConstraint,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased, joinedload

from trainingbase.db import Model, db
from trainingbase.enrolment.models import Resident
from trainingbase.faculty.models import FacultyMember
from trainingbase.identities.models import Merge, Sameness
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.people.rules import sounds_of

_Earlier = aliased(Person)
_EarlierResident = aliased(Resident)
_LaterResident = aliased(Resident)


def _born(resident: Any) -> ColumnElement[str]:
    """The eight digits of the day of birth."""
    return func.substr(resident.id_number, 7, 8)


def _same_birth(one: Any, other: Any) -> ColumnElement[bool]:
    return and_(func.length(one.id_number) == 18, _born(one) == _born(other))


def look_alikes(name: str, id_number: str, phone: str | None) -> Sequence[Person]:
    """People who may be whoever claims this name and this number, and about whom nobody decided:
    residents so called who were born on the same day, others so called, and whoever has this very
    number under another name."""
    decided = select(Sameness.id).where(
        Sameness.person_id == Person.id, Sameness.id_number == id_number
    )
    sounds = sounds_of(name)
    born = and_(Resident.id_number != id_number, _born(Resident) == id_number[6:14])
    teaches = select(FacultyMember.id).where(FacultyMember.person_id == Person.id).exists()
    ways = [born, and_(Resident.id.is_(None), teaches)]
    if phone:
        ways.append(and_(Resident.id.is_(None), Person.phone == phone))
    return db.session.scalars(
        select(Person)
        .outerjoin(Resident, Resident.person_id == Person.id)
        .where(
            or_(
                and_(Person.sounds == sounds, or_(*ways)),
                and_(Person.sounds != sounds, Resident.id_number == id_number),
            ),
            Person.merged_at.is_(None),
            ~decided.exists(),
        )
        .order_by(Person.id)
    ).all()


def same_as(id_number: str) -> Person | None:
    """Who the claimant of this number is, by the last decision that they are one person."""
    found = db.session.scalar(
        select(Sameness)
        .where(Sameness.id_number == id_number, Sameness.is_same)
        .order_by(Sameness.id.desc())
        .limit(1)
        .options(joinedload(Sameness.person))
    )
    return found.person if found is not None and found.person.merged_at is None else None


def is_somebody_else(person: Person, id_number: str) -> bool:
    """Whether the claimant of this number was last said not to be this person."""
    said = db.session.scalar(
        select(Sameness.is_same)
        .where(Sameness.person_id == person.id, Sameness.id_number == id_number)
        .order_by(Sameness.id.desc())
        .limit(1)
    )
    return said is False


def _alike() -> ColumnElement[bool]:
    """Of `_Earlier` and `Person`, with their residents."""
    decided = select(Sameness.id).where(
        Sameness.person_id == _Earlier.id, Sameness.other_id == Person.id
    )
    return and_(
        _Earlier.id < Person.id,
        _Earlier.sounds == Person.sounds,
        Person.sounds != "",
        _Earlier.merged_at.is_(None),
        Person.merged_at.is_(None),
        or_(
            _same_birth(_EarlierResident, _LaterResident),
            _Earlier.phone == Person.phone,
        ),
        ~decided.exists(),
    )


def doubles(*, search: str = "", sort: str = "") -> Select[tuple[Person]]:
    """People who look like somebody known before them, undecided.  `sort`: name, or `-name`."""
    like = (
        select(_Earlier.id)
        .outerjoin(_EarlierResident, _EarlierResident.person_id == _Earlier.id)
        .where(_alike())
        .correlate(Person, _LaterResident)
    )
    rows = (
        select(Person)
        .outerjoin(_LaterResident, _LaterResident.person_id == Person.id)
        .where(like.exists())
    )
    if search:
        rows = rows.where(called(search))
    order = {"name": Person.name, "-name": Person.name.desc()}.get(sort, Person.id.desc())
    return rows.order_by(order, Person.id)


def earlier_ones(people: Iterable[Person]) -> dict[int, list[Person]]:
    """Whom each of these looks like."""
    rows = db.session.execute(
        select(Person.id, _Earlier)
        .select_from(Person)
        .outerjoin(_LaterResident, _LaterResident.person_id == Person.id)
        .join(_Earlier, _Earlier.id < Person.id)
        .outerjoin(_EarlierResident, _EarlierResident.person_id == _Earlier.id)
        .where(Person.id.in_([one.id for one in people]), _alike())
        .order_by(_Earlier.id)
    )
    found: dict[int, list[Person]] = {}
    for later, earlier in rows:
        found.setdefault(later, []).append(earlier)
    return found


def person_by_id(person_id: int) -> Person:
    return db.session.scalars(select(Person).where(Person.id == person_id)).one()


def residents_of(people: Iterable[Person]) -> dict[int, Resident]:
    """By person."""
    rows = db.session.scalars(
        select(Resident)
        .where(Resident.person_id.in_([one.id for one in people]))
        .options(joinedload(Resident.cohort))
    )
    return {one.person_id: one for one in rows}


def teaching_of(people: Iterable[Person]) -> dict[int, FacultyMember]:
    rows = db.session.scalars(
        select(FacultyMember).where(FacultyMember.person_id.in_([one.id for one in people]))
    )
    return {one.person_id: one for one in rows}


def decisions(*, search: str = "", said: str = "", sort: str = "") -> Select[tuple[Sameness]]:
    """Newest first.  `said`: same, different, or empty for all."""
    rows = (
        select(Sameness)
        .join(Sameness.person)
        .options(
            joinedload(Sameness.person),
            joinedload(Sameness.other),
            joinedload(Sameness.decided_by),
        )
    )
    if search:
        rows = rows.where(called(search))
    if said in ("same", "different"):
        rows = rows.where(Sameness.is_same.is_(said == "same"))
    column = Person.name if sort.lstrip("-") == "name" else Sameness.id
    down = sort.startswith("-") or not sort
    return rows.order_by(column.desc() if down else column, Sameness.id)


def merges(*, search: str = "", state: str = "", sort: str = "") -> Select[tuple[Merge]]:
    """Newest first.  `state`: standing, undone, or empty for all."""
    rows = (
        select(Merge)
        .join(Merge.kept)
        .options(
            joinedload(Merge.kept),
            joinedload(Merge.gone),
            joinedload(Merge.merged_by),
            joinedload(Merge.undone_by),
        )
    )
    if search:
        rows = rows.where(called(search))
    if state in ("standing", "undone"):
        undone = Merge.undone_at.is_not(None)
        rows = rows.where(undone if state == "undone" else ~undone)
    column = Person.name if sort.lstrip("-") == "name" else Merge.id
    down = sort.startswith("-") or not sort
    return rows.order_by(column.desc() if down else column, Merge.id)


def merge_by_id(merge_id: int) -> Merge:
    return db.session.scalars(
        select(Merge)
        .where(Merge.id == merge_id)
        .options(joinedload(Merge.kept), joinedload(Merge.gone))
    ).one()


def all_of(rows: Select) -> Sequence:
    return db.session.scalars(rows).all()


def references() -> list[tuple[Table, Column]]:
    """Every column of the database that says which person, but for those of the trail (sealed)
    and of signing in and deciding (about the row itself)."""
    return [
        (table, column)
        for table in Model.metadata.sorted_tables
        if table.name not in KEPT_AS_THEY_ARE
        for column in table.columns
        if any(key.column.table.name == Person.__tablename__ for key in column.foreign_keys)
    ]


KEPT_AS_THEY_ARE = {
    "audit_entries",
    "sign_ins",
    "kept_answers",
    "samenesses",
    "person_merges",
    "merge_steps",
}


def unique_with(table: Table, column: Column) -> list[tuple[Column, ...]]:
    """The sets of columns of which no two rows may have the same, where `column` is in them."""
    sets: list[Any] = [table.primary_key.columns]
    sets += [one.columns for one in table.constraints if isinstance(one, UniqueConstraint)]
    sets += [one.columns for one in table.indexes if isinstance(one, Index) and one.unique]
    return [tuple(columns) for columns in sets if column.name in columns]
