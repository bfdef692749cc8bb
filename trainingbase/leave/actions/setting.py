"""The base sets its rules of leave and its calendar."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import change
from trainingbase.leave.models import LeaveRule
from trainingbase.people.models import Person
from trainingbase.sites.models import DayOff


def set_rule(
    row: LeaveRule,
    answers: Mapping[str, Any],
    *,
    why: str | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """What is asked for from now on follows it; chains that have begun stay as they are.
    Raises `Stale`."""
    row.expect(version)
    change("set-leave-rule", row, answers, by=by, at=at, why=why)
    db.session.commit()


def put_day_off(day: date, *, is_working: bool, name: str, by: Person, at: datetime) -> None:
    """A public holiday, or a weekend day that is worked; the same day again replaces it."""
    known = db.session.get(DayOff, day)
    if known is None:
        db.session.add(DayOff(day_on=day, is_working=is_working, name=name))
    else:
        known.is_working, known.name = is_working, name
    record("set-day-off", "days_off", by=by, at=at, day=day, is_working=is_working, name=name)
    db.session.commit()


def remove_day_off(row: DayOff, *, by: Person, at: datetime) -> None:
    db.session.delete(row)
    record("remove-day-off", "days_off", by=by, at=at, day=row.day_on, name=row.name)
    db.session.commit()
