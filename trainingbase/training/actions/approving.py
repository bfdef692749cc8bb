"""Handing in, approving and returning activities."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import note
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.stale import Stale
from trainingbase.training.models import (
    Activity,
    AlreadyCancelled,
    NotHeldYet,
    OwnActivity,
    attendances,
)


def submit(activity: Activity, *, version: int | None, by: Person, at: datetime) -> None:
    """Held, and the list is whole: from now on the office decides.  Raises `AlreadyCancelled`,
    `AlreadyApproved`, `NotHeldYet` or `Stale`."""
    activity.expect(version)
    before = activity.state
    activity.submit(at)
    record("submit-activity", activity, by=by, at=at)
    note(activity, {"state": (before, activity.state)}, by=by, at=at)
    db.session.commit()


def approve(
    activity: Activity, *, version: int | None, by: Person, at: datetime, with_out: bool
) -> None:
    """From now on it counts.  Raises `AlreadyCancelled`, `NotHeldYet`, `OwnActivity` or
    `Stale`."""
    activity.expect(version)
    _approve(activity, by=by, at=at, with_out=with_out)
    db.session.commit()


def approve_all(
    wanted: Iterable[tuple[Activity, int | None]], *, by: Person, at: datetime, with_out: bool
) -> tuple[int, int]:
    """Those that are still as they were shown, in one act: how many, and how many were not."""
    done = left = 0
    for activity, version in wanted:
        try:
            activity.expect(version)
            _approve(activity, by=by, at=at, with_out=with_out)
        except (AlreadyCancelled, NotHeldYet, OwnActivity, Stale):
            left += 1
        else:
            done += 1
    db.session.commit()
    return done, left


def _approve(activity: Activity, *, by: Person, at: datetime, with_out: bool) -> None:
    """With `with_out`, who did not sign out does not count; imported rows have no signatures."""
    if by.id in activity.speaker_ids:
        raise OwnActivity
    before, was = activity.state, activity.approved_at
    activity.approve(at)
    if was is not None:
        return
    own = attendances.c.activity_id == activity.id
    unsigned = (attendances.c.how == "code") & attendances.c.signed_out_at.is_(None)
    db.session.execute(update(attendances).where(own & unsigned).values(counts=not with_out))
    record("approve-activity", activity, by=by, at=at)
    note(activity, {"state": (before, "approved")}, by=by, at=at)


def give_back(
    activity: Activity, because: str, *, version: int | None, by: Person, at: datetime
) -> None:
    """To be put right and handed in again.  Raises `AlreadyApproved`, `AlreadyCancelled` or
    `Stale`."""
    activity.expect(version)
    before = activity.state
    activity.give_back(because, at)
    record("return-activity", activity, by=by, at=at)
    note(activity, {"state": (before, "returned")}, by=by, at=at, why=because)
    leave(
        "activity-returned",
        to_ids=activity.speaker_ids,
        at=at,
        path=f"/training/activities/{activity.id}",
        topic=activity.topic,
        because=because,
    )
    db.session.commit()
