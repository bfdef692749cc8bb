"""What leave does to the end of the training: proposed to the office, done by its one act."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Leave
from trainingbase.history.actions import change
from trainingbase.leave.actions.telling import tell_resident
from trainingbase.leave.models import EndDateChange, NotPossible, span_of
from trainingbase.leave.queries.rules import kind_rules
from trainingbase.leave.rules.effects import made_up_by
from trainingbase.people.models import Person


def propose(leave: Leave, *, at: datetime) -> None:
    """Bring the open proposals of this leave, and of the resident's others that have any, to
    what is owed now and not decided.  The caller commits."""
    hold(leave.resident, "version")
    touched = select(EndDateChange.leave_id).where(EndDateChange.resident_id == leave.resident_id)
    granted = db.session.scalars(
        select(Leave).where(Leave.resident_id == leave.resident_id, Leave.granted.is_(True))
    ).all()
    spans = [span_of(one) for one in granted]
    rules = kind_rules()
    owed = {one.id: made_up_by(one, spans, rules[one.kind]) for one in spans}
    for leave_id in sorted({leave.id, *db.session.scalars(touched)}):
        _bring(leave_id, leave.resident_id, owed.get(leave_id, 0), at)


def _bring(leave_id: int, resident_id: int, owed: int, at: datetime) -> None:
    of_leave = EndDateChange.leave_id == leave_id
    settled = db.session.scalar(
        select(func.sum(EndDateChange.days)).where(of_leave, EndDateChange.decided_at.is_not(None))
    )
    left = owed - (settled or 0)
    waiting = db.session.scalars(
        select(EndDateChange).where(of_leave, EndDateChange.decided_at.is_(None))
    ).one_or_none()
    if waiting is not None and left == 0:
        db.session.delete(waiting)
    elif waiting is not None and waiting.days != left:
        waiting.days, waiting.proposed_at = left, at
        waiting.version += 1
    elif waiting is None and left:
        db.session.add(
            EndDateChange(leave_id=leave_id, resident_id=resident_id, days=left, proposed_at=at)
        )
    db.session.flush()


def move_end_date(
    proposed: EndDateChange, *, version: int | None, by: Person, at: datetime
) -> None:
    """Move the end of the training by the days proposed; the resident is told.  Raises
    `NotPossible` (decided already, or no end is known), `Stale`."""
    resident = proposed.resident
    hold(resident, "version", "ends_on")
    proposed.expect(version)
    if resident.ends_on is None or proposed.decided_at is not None:
        db.session.rollback()
        raise NotPossible
    proposed.before_on = resident.ends_on
    proposed.after_on = resident.ends_on + timedelta(days=proposed.days)
    proposed.decide(True, by=by, at=at, reason=None)
    resident.version += 1
    why = f"/leaves/{proposed.leave_id}"
    change("move-end-date", resident, {"ends_on": proposed.after_on}, by=by, at=at, why=why)
    tell_resident("end-date-moved", proposed.leave, at=at, end=proposed.after_on.isoformat())
    db.session.commit()


def dismiss_change(
    proposed: EndDateChange, *, reason: str, version: int | None, by: Person, at: datetime
) -> None:
    """The training ends when it did.  Raises `NotPossible`, `Stale`."""
    proposed.expect(version)
    proposed.decide(False, by=by, at=at, reason=reason)
    record("dismiss-end-date", proposed, by=by, at=at, days=proposed.days)
    db.session.commit()
