"""Yes and no along the chain."""

from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.enrolment.models import AlreadyDecided, Leave
from trainingbase.leave.actions.extending import propose
from trainingbase.leave.actions.telling import tell_asked, tell_office, tell_resident
from trainingbase.leave.models import NotYours, Step
from trainingbase.leave.queries.deciding import asks, may_decide, present_step
from trainingbase.leave.queries.leaves import chain
from trainingbase.people.models import Person


def decide(
    leave: Leave,
    approved: bool,
    *,
    reason: str | None = None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """One step; for who is also the next one asked, that one too.  After the last yes the leave
    is granted, after any no it is refused.  Raises `AlreadyDecided`, `Stale`, `NotYours`."""
    hold(leave)
    if leave.granted is not None:
        db.session.rollback()
        raise AlreadyDecided
    leave.expect(version)
    if not may_decide(by, leave, at=at):
        db.session.rollback()
        raise NotYours
    step: Step | None = present_step(leave) or _office_step(leave, at)
    while step is not None:
        step.decide(approved, reason, by=by, at=at)
        db.session.flush()
        record("approve-leave-step" if approved else "refuse-leave-step", leave, by=by, at=at)
        following = _opened_after(leave, step, at) if approved else None
        if following is None:
            _end(leave, approved, reason, by, at)
        elif not asks(following, by):
            tell_asked(following, leave, at=at)
            tell_resident("leave-step-approved", leave, at=at)
            following = None
        step = following
    db.session.commit()


def hand_over(leave: Leave, *, version: int | None, by: Person, at: datetime) -> None:
    """Who is asked leaves it to the office.  Raises `NotYours`, `Stale`."""
    leave.expect(version)
    step = present_step(leave)
    if step is None or step.is_the_offices or not asks(step, by):
        db.session.rollback()
        raise NotYours
    step.passed_because = "handed_over"
    record("hand-over-leave", leave, by=by, at=at)
    tell_office("leave-to-decide", leave, at=at)
    db.session.commit()


def _office_step(leave: Leave, at: datetime) -> Step:
    """Leave that was imported, or that an older portal took, has no chain: the office decides."""
    step = Step(leave_id=leave.id, position=len(chain(leave)), step="office", opened_at=at)
    db.session.add(step)
    db.session.flush()
    return step


def _opened_after(leave: Leave, step: Step, at: datetime) -> Step | None:
    following = next((one for one in chain(leave) if one.position > step.position), None)
    if following is not None:
        following.opened_at = at
        db.session.flush()
    return following


def _end(leave: Leave, granted: bool, reason: str | None, by: Person, at: datetime) -> None:
    leave.decide(granted, by=by, at=at)
    db.session.flush()
    record("grant-leave" if granted else "refuse-leave", leave, by=by, at=at)
    if granted:
        propose(leave, at=at)
        tell_resident("leave-granted", leave, at=at)
    else:
        tell_resident("leave-refused", leave, at=at, reason=reason or "")
