"""Changing a draft.  Its version counts every change of any of its parts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import change, note, readable
from trainingbase.people.models import Person
from trainingbase.programmes import queries
from trainingbase.programmes.models import ElectiveGroup, InUse, Programme, Requirement


class AlreadyThere(Exception):
    """The programme has one of this already."""


class StillUsed(Exception):
    """Departments are still in the elective group."""


def opened(programme: Programme, version: int | None) -> None:
    """Raises `Stale`, and `InUse` unless it is a draft that nobody trains by."""
    programme.expect(version)
    if not queries.editable(programme):
        db.session.rollback()
        raise InUse


def change_head(
    programme: Programme,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Names, code, months, note.  Raises `Stale`, `InUse`, `AlreadyThere`."""
    opened(programme, version)
    named = queries.programme_by_code(answers["code"])
    if named is not None and named is not programme:
        db.session.rollback()
        raise AlreadyThere
    alone = programme.edition == 1 and programme.family == programme.code
    change("change-programme", programme, answers, by=by, at=at)
    if alone and len(queries.editions_of(programme)) == 1:
        programme.family = programme.code
    _commit()


def add(
    programme: Programme,
    row: Any,
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """A requirement, group, rule, minimum or assessment, new and not yet of the programme.
    Raises `Stale`, `InUse`, `AlreadyThere`."""
    opened(programme, version)
    if isinstance(row, Requirement):
        last = max((one.position for one in programme.requirements), default=-1)
        row.position = last + 1
    row.programme = programme
    db.session.add(row)
    _say(programme, row.__tablename__, None, subject_of(row), by, at)
    _commit()


def alter(
    programme: Programme,
    row: Any,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`, `InUse`, `AlreadyThere`."""
    opened(programme, version)
    before = {name: getattr(row, name) for name in answers}
    old = {name: readable(value) for name, value in before.items()}
    what = subject_of(row)
    changed = [name for name in answers if before[name] != answers[name]]
    for name in changed:
        setattr(row, name, answers[name])
    _flushed()
    if changed:
        fields = {
            f"{row.__tablename__}.{name}": (
                f"{what}: {old[name] or '—'}",
                f"{subject_of(row)}: {readable(answers[name]) or '—'}",
            )
            for name in changed
        }
        note(programme, fields, by=by, at=at)
        record("change-programme", programme, by=by, at=at, fields=sorted(fields))
    _commit()


def remove(
    programme: Programme, row: Any, *, version: int | None, by: Person, at: datetime
) -> None:
    """Raises `Stale`, `InUse`, and `StillUsed` for a group with departments in it."""
    opened(programme, version)
    if isinstance(row, ElectiveGroup) and any(
        one.elective_group_id == row.id for one in programme.requirements
    ):
        db.session.rollback()
        raise StillUsed
    _say(programme, row.__tablename__, subject_of(row), None, by, at)
    db.session.delete(row)
    db.session.commit()


def shift(
    programme: Programme,
    row: Requirement,
    by_rows: int,
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Move a requirement down by so many rows (up when negative).  Raises `Stale`, `InUse`."""
    opened(programme, version)
    rows = list(programme.requirements)
    old = rows.index(row)
    new = max(0, min(len(rows) - 1, old + by_rows))
    rows.insert(new, rows.pop(old))
    for position, one in enumerate(rows):
        one.position = position
    if new != old:
        what = subject_of(row)
        note(
            programme,
            {"requirements.position": (f"{what}: {old + 1}", f"{what}: {new + 1}")},
            by=by,
            at=at,
        )
        record("change-programme", programme, by=by, at=at, fields=["requirements.position"])
    db.session.commit()


def subject_of(row: Any) -> str:
    """What a part is about, as the history says it."""
    standard = getattr(row, "standard_department", None)
    parts = [
        standard.name if standard is not None else None,
        getattr(row, "instrument", None),
        getattr(row, "item", None),
        getattr(row, "name", None),
    ]
    return " · ".join(part for part in parts if part)


def _say(
    programme: Programme, what: str, old: str | None, new: str | None, by: Person, at: datetime
) -> None:
    _flushed()
    note(programme, {what: (old, new)}, by=by, at=at)
    record("change-programme", programme, by=by, at=at, fields=[what])


def _flushed() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise AlreadyThere from error


def _commit() -> None:
    _flushed()
    db.session.commit()
