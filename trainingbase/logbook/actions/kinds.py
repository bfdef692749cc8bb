"""The office says which work is logged with which values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history import actions as history
from trainingbase.logbook.models import Field, Kind
from trainingbase.logbook.rules.kinds import KeptChoice, merged_choices
from trainingbase.people.models import Person

__all__ = ["AlreadyThere", "KeptChoice", "add_field", "add_kind", "change_field", "change_kind"]


class AlreadyThere(Exception):
    """A kind of this name is there already."""


def add_kind(answers: Mapping[str, Any], *, by: Person, at: datetime) -> Kind:
    """Raises `AlreadyThere`."""
    last = db.session.scalar(select(func.max(Kind.position)))
    number = (db.session.scalar(select(func.max(Kind.id))) or 0) + 1
    made = Kind(
        code=f"own{number}", position=(last or 0) + 1, source="Base", confidence="S", **answers
    )
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise AlreadyThere from error
    record("add-log-kind", made, by=by, at=at)
    db.session.commit()
    return made


def change_kind(
    kind: Kind, answers: Mapping[str, Any], *, version: int | None, by: Person, at: datetime
) -> None:
    """What it is called in Chinese, and what it counts, stays: entries know it by that.  Raises
    `Stale`."""
    kind.expect(version)
    history.change("change-log-kind", kind, answers, by=by, at=at)
    db.session.commit()


def add_field(
    kind: Kind, answers: Mapping[str, Any], choices: str, *, by: Person, at: datetime
) -> Field:
    number = (db.session.scalar(select(func.max(Field.id))) or 0) + 1
    last = max((one.position for one in kind.fields), default=0)
    made = Field(
        kind_id=kind.id,
        code=f"own{number}",
        position=last + 1,
        choices=merged_choices([], choices),
        **answers,
    )
    db.session.add(made)
    record("add-log-field", made, by=by, at=at)
    db.session.commit()
    return made


def change_field(
    field: Field,
    answers: Mapping[str, Any],
    choices: str,
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Choices may be added and called otherwise in English, and stay.  Raises `Stale`,
    `KeptChoice`."""
    merged = merged_choices(field.choices, choices)
    field.expect(version)
    before = field.choices
    history.change("change-log-field", field, answers, by=by, at=at)
    if merged != before:
        field.choices = merged
        said = [[name for _code, name, *_more in those] for those in (before, merged)]
        history.note(field, {"choices": (said[0], said[1])}, by=by, at=at)
        record("change-log-field", field, by=by, at=at, fields=["choices"])
    db.session.commit()
