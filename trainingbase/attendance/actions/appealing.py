"""A resident says that a day was otherwise; who answers for it decides."""

from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from trainingbase.attendance.actions.holding import held_month
from trainingbase.attendance.models import Appeal, Mark
from trainingbase.attendance.models.records import NotPossible
from trainingbase.attendance.queries.appeals import by_key, may_decide, open_on
from trainingbase.attendance.queries.roster import cell_of, mark_of
from trainingbase.attendance.queries.scope import placement_on
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.enrolment.models import AlreadyDecided, Resident
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import note
from trainingbase.leave.queries.standing import secretaries_of
from trainingbase.notices.actions import leave as leave_notice
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.thresholds.queries import whole


class NotTheirs(Exception):
    """Somebody else decides this appeal."""


def why_not(resident: Resident, day: date, *, today: date) -> str | None:
    """Why the day cannot be appealed, as a key of `words.NOT_POSSIBLE`."""
    if day > today:
        return "to_come"
    if day < today - timedelta(days=whole("attendance_appeal_days")):
        return "too_late"
    placement = placement_on(resident.id, day)
    cell = cell_of(placement, day) if placement else None
    if cell is None:
        return "not_placed"
    if cell.leave is not None:
        return "on_leave"
    return "already_open" if open_on(resident.id, day) else None


def appeal(
    resident: Resident,
    day: date,
    *,
    morning: str | None,
    afternoon: str | None,
    reason: str,
    paper: Upload | None = None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Appeal:
    """Asked twice with one key it is one.  Raises `NotPossible`."""
    today = at.astimezone(LOCAL).date()
    known = by_key(request_key)
    if known is not None:
        return known
    because = why_not(resident, day, today=today)
    if because is not None:
        raise NotPossible(because)
    placement = placement_on(resident.id, day)
    made = Appeal(
        resident_id=resident.id,
        placement_id=placement.id,
        day_on=day,
        morning=morning,
        afternoon=afternoon,
        before=list(cell_of(placement, day).halves),
        reason=reason,
        asked_at=at,
        request_key=request_key or None,
    )
    try:
        if paper is not None:
            kept = keep(paper, by=by, at=at)
            db.session.flush()
            made.file_id = kept.id
        db.session.add(made)
        record("appeal-attendance", made, by=by, at=at, day=day)
        _tell_deciders(made, placement, today, at)
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        known = by_key(request_key)
        if known is None:
            raise NotPossible("already_open") from error
        return known
    return made


def _tell_deciders(made: Appeal, placement, today: date, at: datetime) -> None:
    people = [one.id for one in secretaries_of(placement.department, today=today)]
    if placement.supervisor is not None:
        people.append(placement.supervisor.person_id)
    leave_notice(
        "attendance-appealed",
        to_ids=people or [one.id for one in holders_of(Role.OFFICE)],
        at=at,
        path=f"/attendance/appeals/{made.id}",
        resident=placement.resident.name,
        day=made.day_on.isoformat(),
    )


def withdraw(appeal: Appeal, *, by: Person, at: datetime) -> None:
    """The resident lets it be.  Raises `AlreadyDecided`, `NotTheirs`."""
    hold(appeal)
    if appeal.resident.person_id != by.id:
        db.session.rollback()
        raise NotTheirs
    try:
        appeal.decide(False, None, by=by, at=at)
    except AlreadyDecided:
        db.session.rollback()
        raise
    appeal.version += 1
    record("withdraw-appeal", appeal, by=by, at=at)
    db.session.commit()


def decide(
    appeal: Appeal,
    approved: bool,
    *,
    answer: str | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """A granted appeal is recorded as the resident says, beside what was there before.
    Raises `Stale`, `AlreadyDecided`, `NotTheirs`."""
    held_month(appeal.placement.department_id, appeal.day_on)
    hold(appeal)
    if appeal.approved is not None:
        db.session.rollback()
        raise AlreadyDecided
    appeal.expect(version)
    if not may_decide(by, appeal):
        db.session.rollback()
        raise NotTheirs
    appeal.decide(approved, answer, by=by, at=at)
    if approved:
        _put(appeal, by, at)
    record("grant-appeal" if approved else "refuse-appeal", appeal, by=by, at=at)
    leave_notice(
        "appeal-decided",
        to_ids=[appeal.resident.person_id],
        at=at,
        path=f"/attendance/appeals/{appeal.id}",
        day=appeal.day_on.isoformat(),
        granted=approved,
        reason=answer or "",
    )
    db.session.commit()


def _put(appeal: Appeal, by: Person, at: datetime) -> None:
    row = mark_of(appeal.resident_id, appeal.day_on)
    before = f"{row.morning or '-'}/{row.afternoon or '-'}" if row else None
    if row is None:
        row = Mark(
            resident_id=appeal.resident_id,
            department_id=appeal.placement.department_id,
            day_on=appeal.day_on,
        )
        db.session.add(row)
    else:
        row.version += 1
    row.morning = appeal.morning or row.morning
    row.afternoon = appeal.afternoon or row.afternoon
    row.reason, row.how = appeal.reason, "appeal"
    row.marked_at, row.marked_by_id = at, by.id
    db.session.flush()
    after = f"{row.morning or '-'}/{row.afternoon or '-'}"
    note(row, {"halves": (before, after)}, by=by, at=at, why=appeal.reason)
