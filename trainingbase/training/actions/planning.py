"""Planning activities: making, repeating, changing and cancelling them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change, note
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.sites.models import Department
from trainingbase.training.models import Activity, AlreadyApproved, AlreadyHeld, Material
from trainingbase.training.queries.audience import invited_people

LISTS = ("others", "joint")


def make(
    answers: Mapping[str, Any],
    days: Sequence[date],
    uploads: Sequence[Upload],
    *,
    key: str,
    by: Person,
    at: datetime,
) -> Activity:
    """One on each of the days, the first with the files; the first of them is returned.  Sent
    twice with the same key, what was made then."""
    known = db.session.scalar(select(Activity).where(Activity.request_key == key))
    if known is not None:
        return known
    lists = {name: answers[name] for name in LISTS}
    plain = {name: value for name, value in answers.items() if name not in LISTS}
    made = []
    for number, day in enumerate(days):
        one = Activity(**plain, held_on=day, request_key=key if number == 0 else None)
        one.others, one.joint = list(lists["others"]), list(lists["joint"])
        db.session.add(one)
        made.append(one)
    made[0].materials = [Material(file=keep(upload, by=by, at=at)) for upload in uploads]
    db.session.flush()
    record("plan-activity", made[0], by=by, at=at, days=list(days))
    to = made[0].speaker_ids - {by.id}
    leave(
        "activity-planned",
        to_ids=to,
        at=at,
        path=f"/training/activities/{made[0].id}",
        topic=made[0].topic,
        day=made[0].held_on.isoformat(),
        number=len(made),
    )
    db.session.commit()
    return made[0]


def edit(
    activity: Activity,
    answers: Mapping[str, Any],
    uploads: Sequence[Upload],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`, and `AlreadyApproved` once it was handed in, approved or cancelled.  Who
    was to speak or had been told is told when day, time or place are others.  What has begun is
    moved by the office only, else `AlreadyHeld`: its signatures and its list are of that day."""
    activity.expect(version)
    if not activity.is_open:
        raise AlreadyApproved
    is_moved = any(
        name in answers and answers[name] != getattr(activity, name)
        for name in ("held_on", "starts_at")
    )
    if is_moved and activity.begins <= at and not by.holds(Role.OFFICE):
        db.session.rollback()
        raise AlreadyHeld
    before = activity.speaker_ids
    changed = change("change-activity", activity, answers, by=by, at=at)
    for upload in uploads:
        activity.materials.append(Material(file=keep(upload, by=by, at=at)))
    if uploads:
        note(activity, {"materials": (None, [one.name for one in uploads])}, by=by, at=at)
    if {"held_on", "starts_at", "room", "link"} & set(changed):
        told = invited_people(activity) if activity.reminded_at else []
        _tell("activity-moved", activity, {*before, *activity.speaker_ids, *told} - {by.id}, at)
        activity.reminded_at = None
    db.session.commit()


def remove_material(activity: Activity, material: Material, *, by: Person, at: datetime) -> None:
    """Raises `AlreadyApproved`."""
    if not activity.is_open:
        raise AlreadyApproved
    note(activity, {"materials": (material.file.name, None)}, by=by, at=at)
    activity.materials.remove(material)
    db.session.delete(material)
    record("change-activity", activity, by=by, at=at, fields=["materials"])
    db.session.commit()


def cancel(
    activity: Activity, because: str | None, *, version: int | None, by: Person, at: datetime
) -> None:
    """It does not count, approved or not.  Raises `AlreadyCancelled` or `Stale`."""
    activity.expect(version)
    before = activity.state
    activity.cancel(at, because)
    record("cancel-activity", activity, by=by, at=at)
    note(activity, {"state": (before, "cancelled")}, by=by, at=at, why=because)
    told = invited_people(activity) if activity.begins > at else []
    _tell("activity-cancelled", activity, {*activity.speaker_ids, *told} - {by.id}, at)
    db.session.commit()


def restore(activity: Activity, *, version: int | None, by: Person, at: datetime) -> None:
    """Take a cancellation back: it is planned again, and not approved.  Raises `Stale`."""
    activity.expect(version)
    if activity.cancelled_at is not None:
        activity.cancelled_at, activity.because = None, None
        activity.approved_at = None
        record("restore-activity", activity, by=by, at=at)
        note(activity, {"state": ("cancelled", activity.state)}, by=by, at=at)
        _tell("activity-restored", activity, activity.speaker_ids - {by.id}, at)
    db.session.commit()


def _tell(kind: str, activity: Activity, to_ids: set[int], at: datetime) -> None:
    leave(
        kind,
        to_ids=to_ids,
        at=at,
        path=f"/training/activities/{activity.id}",
        topic=activity.topic,
        day=activity.held_on.isoformat(),
    )


def people(ids: Sequence[int]) -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)))


def departments(ids: Sequence[int]) -> list[Department]:
    rows = select(Department).where(Department.id.in_(ids)).order_by(Department.id)
    return list(db.session.scalars(rows))
