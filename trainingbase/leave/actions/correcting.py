"""The office puts leave right, with why; what it was stays in the history."""

from dataclasses import dataclass
from datetime import date, datetime

from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Leave
from trainingbase.history.actions import change
from trainingbase.leave.actions.extending import propose
from trainingbase.leave.actions.telling import tell_resident
from trainingbase.leave.models import NotAllowed, NotPossible, OutsideTheLeave
from trainingbase.leave.queries.rules import kind_rules, limits
from trainingbase.leave.queries.standing import standing_of
from trainingbase.leave.rules.judging import Wanted, refusals
from trainingbase.people.models import Person


@dataclass(frozen=True)
class Correction:
    """What the leave is to say; ends are exclusive."""

    kind: str
    starts_on: date
    ends_on: date
    returned_on: date | None
    reason: str | None


def correct(
    leave: Leave, wanted: Correction, *, why: str, version: int | None, by: Person, at: datetime
) -> None:
    """Leave that waits or is granted.  Raises `NotPossible`, `OutsideTheLeave`, `NotAllowed`,
    `Stale`."""
    hold(leave)
    leave.expect(version)
    hold(leave.resident, "version", "ends_on")
    if leave.granted is False:
        db.session.rollback()
        raise NotPossible
    if wanted.returned_on and not wanted.starts_on < wanted.returned_on <= wanted.ends_on:
        db.session.rollback()
        raise OutsideTheLeave
    asked = Wanted(wanted.kind, wanted.starts_on, wanted.ends_on, by_office=True)
    found = refusals(
        asked,
        kind_rules()[wanted.kind],
        standing_of(leave.resident, besides=leave.id),
        limits(),
        today=at.astimezone(LOCAL).date(),
    )
    if found:
        db.session.rollback()
        raise NotAllowed(found)
    answers = {name: getattr(wanted, name) for name in Correction.__dataclass_fields__}
    if change("correct-leave", leave, answers, by=by, at=at, why=why):
        db.session.flush()
        propose(leave, at=at)
        tell_resident("leave-corrected", leave, at=at)
    db.session.commit()


def revoke(leave: Leave, *, why: str, version: int | None, by: Person, at: datetime) -> None:
    """Granted leave that does not take place.  Raises `NotPossible`, `Stale`."""
    leave.expect(version)
    if leave.granted is not True:
        db.session.rollback()
        raise NotPossible
    change("revoke-leave", leave, {"closed_as": "revoked", "granted": False}, by=by, at=at, why=why)
    leave.decided_by_id, leave.decided_at = by.id, at
    db.session.flush()
    propose(leave, at=at)
    tell_resident("leave-revoked", leave, at=at)
    db.session.commit()
