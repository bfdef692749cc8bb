"""Coming back (销假): said by the resident, confirmed by the secretary or the office."""

from datetime import date, datetime

from sqlalchemy import select

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Leave
from trainingbase.history.actions import change
from trainingbase.leave.actions.extending import propose
from trainingbase.leave.actions.telling import tell_confirmers, tell_resident
from trainingbase.leave.models import NotPossible, NotYours, OutsideTheLeave
from trainingbase.leave.queries.deciding import may_confirm
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement


def report_return(leave: Leave, back_on: date, *, by: Person, at: datetime) -> None:
    """The resident says on which day they are back; on the first day of the leave, that none of
    it was taken.  Raises `NotYours`, `NotPossible`, `OutsideTheLeave`."""
    hold(leave)
    if leave.resident.person_id != by.id:
        db.session.rollback()
        raise NotYours
    _check(leave, back_on)
    leave.reported_on = back_on
    leave.version += 1
    record("report-return", leave, by=by, at=at, day=back_on)
    tell_confirmers(leave, _department(leave), at=at)
    db.session.commit()


def confirm_return(
    leave: Leave, back_on: date, *, version: int | None, by: Person, at: datetime
) -> None:
    """The days taken count until `back_on`; back on its first day, the leave is revoked.
    Raises `NotYours`, `NotPossible`, `OutsideTheLeave`, `Stale`."""
    hold(leave)
    leave.expect(version)
    _check(leave, back_on)
    if not may_confirm(by, leave):
        db.session.rollback()
        raise NotYours
    leave.confirmed_at, leave.confirmed_by_id = at, by.id
    change("confirm-return", leave, {"returned_on": back_on}, by=by, at=at)
    if back_on == leave.starts_on:
        leave.close("revoked", by=by, at=at)
    db.session.flush()
    propose(leave, at=at)
    tell_resident("leave-return-confirmed", leave, at=at)
    db.session.commit()


def _check(leave: Leave, back_on: date) -> None:
    if leave.granted is not True or leave.returned_on is not None:
        db.session.rollback()
        raise NotPossible
    if not leave.starts_on <= back_on <= leave.ends_on:
        db.session.rollback()
        raise OutsideTheLeave


def _department(leave: Leave):
    """Where the resident was to be on the last day of the leave."""
    placement = db.session.scalars(
        select(Placement)
        .where(
            Placement.resident_id == leave.resident_id,
            Placement.cancelled_at.is_(None),
            Placement.starts_on < leave.ends_on,
            Placement.ends_on > leave.starts_on,
        )
        .order_by(Placement.starts_on.desc())
    ).first()
    return placement.department if placement else None
