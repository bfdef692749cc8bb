"""Signing in and out by the code on the screen, and by the speaker's hand."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Resident
from trainingbase.history.actions import note
from trainingbase.people.models import Person
from trainingbase.training.models import Activity, AlreadyApproved, Attendance, NotHeldYet
from trainingbase.training.rules.times import Signing


class DeviceUsed(Exception):
    """Somebody else has signed in from this telephone."""


def attendance_of(activity: Activity, resident: Resident) -> Attendance | None:
    return db.session.get(Attendance, (activity.id, resident.id))


def sign_in(
    activity: Activity, resident: Resident, *, rule: Signing, device: str | None, at: datetime
) -> Attendance:
    """The caller has checked code and window; a second time changes nothing.

    Raises `AlreadyApproved` where the list is closed, and `DeviceUsed`.
    """
    hold(activity, "version", "submitted_at", "approved_at", "cancelled_at")
    if not activity.is_open:
        raise AlreadyApproved
    known = attendance_of(activity, resident)
    if known is None:
        activity_id = activity.id
        if device is not None and _other_with(activity_id, device):
            raise DeviceUsed
        known = Attendance(
            activity_id=activity_id,
            resident_id=resident.id,
            how="code",
            signed_in_at=at,
            is_late=rule.is_late(activity.begins, at),
            counts=True,
            device=device,
        )
        db.session.add(known)
        db.session.commit()
    return known


def _other_with(activity_id: int, device: str) -> bool:
    rows = select(Attendance.resident_id).where(
        Attendance.activity_id == activity_id, Attendance.device == device
    )
    return db.session.scalar(rows) is not None


def sign_out(activity: Activity, attendance: Attendance, *, at: datetime) -> None:
    """Raises `AlreadyApproved` where the list is closed; a second time changes nothing."""
    hold(activity, "version", "submitted_at", "approved_at", "cancelled_at")
    if not activity.is_open:
        raise AlreadyApproved
    attendance.signed_out_at = attendance.signed_out_at or at
    db.session.commit()


def note_by_hand(
    activity: Activity, residents: Sequence[Resident], reason: str, *, by: Person, at: datetime
) -> int:
    """Residents who came and could not sign; how many were new.  It stands for both signatures.

    Raises `NotHeldYet`, and `AlreadyApproved` where the list is closed.
    """
    hold(activity, "version", "submitted_at", "approved_at", "cancelled_at")
    if not activity.is_open:
        raise AlreadyApproved
    if at < activity.begins:
        raise NotHeldYet
    known = _known(activity)
    new = [one for one in residents if one.id not in known]
    for one in residents:
        if one.id in known and known[one.id].signed_out_at is None:
            _complete(known[one.id], reason, by=by, at=at)
    db.session.add_all(_by_hand(activity, one, "speaker", reason, by=by, at=at) for one in new)
    if residents:
        names = [one.name for one in residents]
        record("note-attendance", activity, by=by, at=at, number=len(names))
        note(activity, {"attendances": (None, names)}, by=by, at=at, why=reason)
    db.session.commit()
    return len(new)


def _known(activity: Activity) -> dict[int, Attendance]:
    rows = db.session.scalars(select(Attendance).where(Attendance.activity_id == activity.id))
    return {one.resident_id: one for one in rows}


def _complete(one: Attendance, reason: str, *, by: Person, at: datetime) -> None:
    """Somebody who signed in and had no way to sign out."""
    one.signed_out_at, one.reason, one.by_id = at, reason, by.id


def _by_hand(
    activity: Activity, resident: Resident, how: str, reason: str, *, by: Person, at: datetime
) -> Attendance:
    return Attendance(
        activity_id=activity.id,
        resident_id=resident.id,
        how=how,
        signed_in_at=at,
        signed_out_at=at,
        is_late=False,
        counts=True,
        reason=reason,
        by_id=by.id,
    )


def strike(
    activity: Activity, attendance: Attendance, reason: str, *, by: Person, at: datetime
) -> None:
    """Somebody who was not there, before the list was approved.  Raises `AlreadyApproved`."""
    hold(activity, "version", "submitted_at", "approved_at", "cancelled_at")
    if not activity.is_open:
        raise AlreadyApproved
    _remove(activity, attendance, reason, by=by, at=at)
    db.session.commit()


def _remove(
    activity: Activity, attendance: Attendance, reason: str, *, by: Person, at: datetime
) -> None:
    name = attendance.resident.name
    db.session.delete(attendance)
    record("strike-attendance", activity, by=by, at=at, resident=attendance.resident_id)
    note(activity, {"attendances": (name, None)}, by=by, at=at, why=reason)


def correct(
    activity: Activity,
    residents: Sequence[Resident],
    struck: Sequence[Attendance],
    reason: str,
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """The office puts right the list of what was approved; what it was stays readable.
    Raises `Stale`."""
    activity.expect(version)
    known = _known(activity)
    for one in struck:
        _remove(activity, one, reason, by=by, at=at)
    for resident in residents:
        held = known.get(resident.id)
        if held is None:
            db.session.add(_by_hand(activity, resident, "correction", reason, by=by, at=at))
        else:
            held.how, held.counts, held.reason, held.by_id = "correction", True, reason, by.id
    if residents:
        names = [one.name for one in residents]
        note(activity, {"attendances": (None, names)}, by=by, at=at, why=reason)
    record("correct-activity", activity, by=by, at=at, more=len(residents), fewer=len(struck))
    db.session.commit()
