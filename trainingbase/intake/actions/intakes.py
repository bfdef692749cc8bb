"""Opening and changing an intake."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import change
from trainingbase.intake import queries
from trainingbase.intake.models import Intake
from trainingbase.people.models import Person


class YearTaken(Exception):
    """A programme has one intake a year; `intake` is that one."""

    def __init__(self, intake: Intake | None):
        super().__init__(intake)
        self.intake = intake


def open_intake(
    values: Mapping[str, Any], *, by: Person, at: datetime, request_key: str | None = None
) -> Intake:
    """Sent twice with one `request_key` it is one.  Raises `YearTaken`."""
    known = queries.intake_by_key(request_key)
    if known is not None:
        return known
    taken = queries.intake_of(values["year"], values["programme_id"])
    if taken is not None:
        raise YearTaken(taken)
    made = Intake(opened_at=at, opened_by_id=by.id, request_key=request_key or None, **values)
    db.session.add(made)
    record("open-intake", made, by=by, at=at, year=made.year, planned=made.planned)
    db.session.commit()
    return made


def change_intake(
    intake: Intake,
    values: Mapping[str, Any],
    *,
    version: int | None,
    why: str,
    by: Person,
    at: datetime,
) -> None:
    """Its year and programme stay.  Raises `Stale`."""
    intake.expect(version)
    change("change-intake", intake, values, by=by, at=at, why=why)
    db.session.commit()
