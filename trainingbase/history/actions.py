"""Changing a record so that what it was stays readable.  The caller commits."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from trainingbase.audit.actions import identity, record
from trainingbase.db import Model, db
from trainingbase.history.models import Change
from trainingbase.people.models import Person


def change(
    act: str,
    row: Any,
    answers: Mapping[str, Any],
    *,
    by: Person | None,
    at: datetime,
    why: str | None = None,
) -> list[str]:
    """Set the attributes of `row` that differ from `answers`; the names of those that did.

    Each leaves a `Change`, and all together one entry `act` in the audit trail, which names the
    fields only.  Attributes that are rows themselves are noted by their names.
    """
    before = {name: getattr(row, name) for name in answers}
    changed = [name for name in answers if before[name] != answers[name]]
    for name in changed:
        setattr(row, name, answers[name])
    if changed:
        note(row, {name: (before[name], answers[name]) for name in changed}, by=by, at=at, why=why)
        record(act, row, by=by, at=at, fields=changed)
    return changed


def note(
    row: Any,
    fields: Mapping[str, tuple[Any, Any]],
    *,
    by: Person | None,
    at: datetime,
    why: str | None = None,
) -> None:
    """Keep old and new of each field; for what the caller changed itself (lists, files)."""
    db.session.flush()
    db.session.add_all(
        Change(
            subject=row.__tablename__,
            subject_id=identity(row),
            field=name,
            old=readable(old),
            new=readable(new),
            why=why or None,
            at=at,
            by_id=by.id if by is not None else None,
        )
        for name, (old, new) in fields.items()
    )


def readable(value: Any) -> str | None:
    """A value as it is kept in the history."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, Model):
        return str(getattr(value, "name", None) or getattr(value, "id", ""))
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(sorted(readable(one) or "" for one in value)) or None
    return str(value)
