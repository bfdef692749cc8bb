"""Standard departments: made and renamed, never merged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.programmes.models import StandardDepartment


class NameTaken(Exception):
    """Another standard department bears this name."""


def add_standard(
    *, name: str, name_en: str | None, is_primary_care: bool, by: Person, at: datetime
) -> StandardDepartment:
    """Raises `NameTaken`."""
    made = StandardDepartment(name=name, name_en=name_en, is_primary_care=is_primary_care)
    db.session.add(made)
    _flushed()
    record("add-standard-department", made, by=by, at=at, name=name)
    db.session.commit()
    return made


def change_standard(
    standard: StandardDepartment,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Workbooks that still use a former name go on meaning it.  Raises `Stale`, `NameTaken`."""
    standard.expect(version)
    for name, value in answers.items():
        if name == "name" and value != standard.name:
            _free(value)
    change("change-standard-department", standard, answers, by=by, at=at)
    _flushed()
    db.session.commit()


def _free(name: str) -> None:
    if db.session.query(StandardDepartment).filter_by(name=name).first() is not None:
        db.session.rollback()
        raise NameTaken


def _flushed() -> None:
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise NameTaken from error
