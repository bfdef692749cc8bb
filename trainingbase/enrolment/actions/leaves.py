"""What the office decides about residents.  Each action is one transaction."""

from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Leave
from trainingbase.notices.actions import leave as leave_notice
from trainingbase.people.models import Person


def decide_leave(leave: Leave, *, granted: bool, by: Person, at: datetime, path: str) -> None:
    """Grant or refuse.  Raises `AlreadyDecided`; the resident is told."""
    hold(leave, "granted")
    leave.decide(granted, by=by, at=at)
    record("grant-leave" if granted else "refuse-leave", leave, by=by, at=at)
    leave_notice(
        "leave-granted" if granted else "leave-refused",
        to_ids=[leave.resident.person_id],
        at=at,
        path=path,
        day=leave.starts_on.isoformat(),
    )
    db.session.commit()
