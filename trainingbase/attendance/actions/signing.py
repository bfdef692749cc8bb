"""Signing in by the code on the department's screen."""

from datetime import date, datetime, time

from sqlalchemy.exc import IntegrityError

from trainingbase.attendance.actions.holding import held_month
from trainingbase.attendance.models import ChoiceRow, Mark
from trainingbase.attendance.models.records import MonthIsClosed
from trainingbase.attendance.queries.choices import choice_row_on
from trainingbase.attendance.queries.roster import mark_of
from trainingbase.attendance.queries.scope import placement_on
from trainingbase.attendance.rules.states import PRESENT
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.codes import GOOD, Code
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person


class NotHere(Exception):
    """The resident is not placed in this department on this day."""


class NotSignedIn(Exception):
    """`because`: early, over or old (see `codes`), by_default where the base asks for no code."""

    def __init__(self, because: str):
        super().__init__(because)
        self.because = because


def screen(secret: str, department_id: int, day: date, half: str, seconds: int) -> Code:
    """What a department shows for one half of one day: no other day's or department's code is
    like it."""
    return Code(secret, f"attendance {half}", f"{department_id} {day.isoformat()}", seconds)


def window(row: ChoiceRow, day: date, half: str) -> tuple[datetime, datetime]:
    """The moments between which one signs in."""
    opens, closes = row.window(half)
    return _moment(day, opens), _moment(day, closes)


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, LOCAL)


def sign_in(
    resident: Resident,
    department_id: int,
    half: str,
    sent: str,
    *,
    secret: str,
    seconds: int,
    by: Person,
    at: datetime,
) -> tuple[Mark, bool]:
    """The mark, and whether it is new: a second time changes nothing, and nothing that somebody
    of the department has noted is changed.  Raises `NotHere`, `NotSignedIn`, `MonthIsClosed`."""
    day = at.astimezone(LOCAL).date()
    placement = placement_on(resident.id, day)
    if placement is None or placement.department_id != department_id:
        raise NotHere
    row = choice_row_on(day)
    if row.mode != "code":
        raise NotSignedIn("by_default")
    opens_at, closes_at = window(row, day, half)
    shown = screen(secret, department_id, day, half, seconds)
    answer = shown.check(sent, at, opens_at=opens_at, closes_at=closes_at)
    if answer != GOOD:
        raise NotSignedIn(answer)
    halves = ["morning", "afternoon"] if row.once_a_day else [half]
    try:
        return _signed(resident, department_id, day, halves, by, at)
    except IntegrityError:  # the same person on two devices
        db.session.rollback()
        return _signed(resident, department_id, day, halves, by, at)


def _signed(resident, department_id: int, day: date, halves: list[str], by: Person, at: datetime):
    if held_month(department_id, day).is_closed:
        db.session.rollback()
        raise MonthIsClosed
    known = mark_of(resident.id, day)
    free = [half for half in halves if known is None or getattr(known, half) is None]
    if known is not None and not free:
        found = mark_of(resident.id, day)
        db.session.rollback()
        return found, False
    if known is None:
        known = Mark(resident_id=resident.id, department_id=department_id, day_on=day)
        db.session.add(known)
    else:
        known.version += 1
    for half in free:
        setattr(known, half, PRESENT)
    known.how, known.marked_at, known.marked_by_id = "code", at, by.id
    db.session.flush()
    record("sign-in-attendance", known, by=by, at=at, halves=free)
    db.session.commit()
    return known, True
