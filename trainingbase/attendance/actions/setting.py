"""The base chooses how attendance is taken, and corrects its calendar."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from trainingbase.attendance.models import ChoiceRow
from trainingbase.attendance.models.records import NotPossible
from trainingbase.attendance.queries.choices import choice_rows, exception_on
from trainingbase.attendance.queries.months import closed_from
from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import change, note
from trainingbase.leave.actions import put_day_off, remove_day_off
from trainingbase.people.models import Person
from trainingbase.sites.models import CalendarException, CalendarYear, DayOff

COUNTS = ("from_on", "mode", "counting")
"""What would count closed months otherwise."""


def add_choice(answers: Mapping[str, Any], *, why: str | None, by: Person, at: datetime):
    """From the first of a month on.  Raises `NotPossible`."""
    if any(one.from_on == answers["from_on"] for one in choice_rows()):
        raise NotPossible("choice_is_there")
    if closed_from(answers["from_on"]):
        raise NotPossible("months_are_closed")
    row = ChoiceRow(**answers, why=why or None)
    db.session.add(row)
    db.session.flush()
    note(row, {"from_on": (None, row.from_on)}, by=by, at=at, why=why)
    record("choose-attendance", row, by=by, at=at, from_on=row.from_on, counting=row.counting)
    db.session.commit()
    return row


def edit_choice(
    row: ChoiceRow,
    answers: Mapping[str, Any],
    *,
    why: str | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`, and `NotPossible` where closed months would be counted otherwise."""
    row.expect(version)
    differs = any(answers.get(name, getattr(row, name)) != getattr(row, name) for name in COUNTS)
    if differs and closed_from(row.from_on):
        db.session.rollback()
        raise NotPossible("months_are_closed")
    change("choose-attendance", row, answers, by=by, at=at, why=why)
    db.session.commit()


def remove_choice(row: ChoiceRow, *, by: Person, at: datetime) -> None:
    """One that no closed month stands on, and not the first.  Raises `NotPossible`."""
    if choice_rows()[0].id == row.id:
        raise NotPossible("first_choice")
    if closed_from(row.from_on):
        raise NotPossible("months_are_closed")
    record("remove-choice", row, by=by, at=at, from_on=row.from_on)
    db.session.delete(row)
    db.session.commit()


def put_base_day(day: date, *, is_working: bool, reason: str, by: Person, at: datetime) -> None:
    """For everybody; leave counts by it too."""
    put_day_off(day, is_working=is_working, name=reason, by=by, at=at)


def remove_base_day(row: DayOff, *, by: Person, at: datetime) -> None:
    remove_day_off(row, by=by, at=at)


def add_exception(
    day: date,
    *,
    institution_id: int | None,
    department_id: int | None,
    is_working: bool,
    reason: str,
    by: Person,
    at: datetime,
) -> CalendarException:
    """The same place and day again replaces it."""
    row = exception_on(day, institution_id, department_id)
    if row is None:
        row = CalendarException(
            day_on=day,
            institution_id=institution_id,
            department_id=department_id,
            is_working=is_working,
            reason=reason,
            made_at=at,
            made_by_id=by.id,
        )
        db.session.add(row)
        record("set-exception", row, by=by, at=at, day=day, is_working=is_working, reason=reason)
    else:
        change("set-exception", row, {"is_working": is_working, "reason": reason}, by=by, at=at)
    db.session.commit()
    return row


def remove_exception(row: CalendarException, *, by: Person, at: datetime) -> None:
    record("remove-exception", row, by=by, at=at, day=row.day_on, reason=row.reason)
    db.session.delete(row)
    db.session.commit()


def declare_year(year: int, *, by: Person, at: datetime) -> None:
    """Somebody says: every public holiday of this year has been entered by hand."""
    if db.session.get(CalendarYear, year) is None:
        db.session.add(CalendarYear(year=year, entered_at=at, entered_by_id=by.id))
        record("declare-year", "calendar_years", by=by, at=at, year=year, entered=True)
    db.session.commit()


def take_back_year(year: int, *, by: Person, at: datetime) -> None:
    known = db.session.get(CalendarYear, year)
    if known is not None:
        db.session.delete(known)
        record("declare-year", "calendar_years", by=by, at=at, year=year, entered=False)
    db.session.commit()
