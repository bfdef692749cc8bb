"""Closing a department's month, and opening it again."""

from datetime import date, datetime

from trainingbase.attendance.actions.holding import held_month
from trainingbase.attendance.models import Month
from trainingbase.attendance.models.records import NotPossible
from trainingbase.attendance.queries.days import days_of
from trainingbase.attendance.queries.months import Open, open_in, snapshot
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.history.actions import note
from trainingbase.leave.queries.standing import secretaries_of
from trainingbase.months import months_later
from trainingbase.notices.actions import leave as leave_notice
from trainingbase.people.models import Person
from trainingbase.sites.models import Department


class Unsettled(Exception):
    """Something is not known: `found` says what; `presumed` has to be confirmed, the rest said."""

    def __init__(self, found: Open):
        super().__init__()
        self.found = found


def close_month(
    department: Department,
    month_on: date,
    *,
    confirms: bool,
    said: str | None,
    by: Person,
    at: datetime,
) -> tuple[Month, bool]:
    """The month, and whether it was this that closed it: a second time changes nothing.

    `confirms` that everybody was there on the days nobody has confirmed; `said` about all else
    that is not known.  Raises `Unsettled`, `NotPossible`.
    """
    closer = by.id
    if at.astimezone(LOCAL).date() < months_later(month_on, 1):
        raise NotPossible("month_runs")
    month = held_month(department.id, month_on)
    if month.is_closed:
        db.session.rollback()
        return month, False
    rows, found = open_in(department.id, month_on)
    if not rows:
        db.session.rollback()
        raise NotPossible("nobody_there")
    if (found.presumed and not confirms) or (found.must_be_said and not said):
        db.session.rollback()
        raise Unsettled(found)
    month.closed_at, month.closed_by_id, month.said = at, closer, said or None
    month.version += 1
    db.session.flush()
    ids = [one.placement.id for one in rows]
    month.totals = snapshot(days_of(ids, month_on, months_later(month_on, 1)))
    note(month, {"is_closed": (False, True)}, by=by, at=at, why=said)
    record(
        "close-attendance",
        month,
        by=by,
        at=at,
        department=department.id,
        month=month_on,
        unknown=len(found.unknown),
    )
    db.session.commit()
    return month, True


def reopen_month(month: Month, *, because: str, version: int | None, by: Person, at: datetime):
    """What was confirmed by closing waits for it again.  Raises `Stale`, `NotPossible`."""
    opener = by.id
    month.expect(version)
    if not month.is_closed:
        db.session.rollback()
        raise NotPossible("not_closed")
    month.closed_at = month.closed_by_id = None
    month.reopened_at, month.reopened_by_id, month.reopened_because = at, opener, because
    month.reminded_on = None
    note(month, {"is_closed": (True, False)}, by=by, at=at, why=because)
    record("reopen-attendance", month, by=by, at=at, month=month.month_on)
    people = secretaries_of(month.department, today=at.astimezone(LOCAL).date())
    leave_notice(
        "month-reopened",
        to_ids=[one.id for one in people if one.id != opener],
        at=at,
        path=f"/attendance/months/{month.month_on:%Y-%m}/{month.department_id}",
        department=month.department.name,
        department_en=month.department.name_en,
        month=month.month_on.isoformat(),
        reason=because,
    )
    db.session.commit()
