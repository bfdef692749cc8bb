"""What the office does about teaching activities.  Each action is one transaction."""

from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.training.models import Activity


def approve(activity: Activity, *, version: int | None, by: Person, at: datetime) -> None:
    """From now on it counts.  Raises `AlreadyCancelled` or `Stale`."""
    activity.expect(version)
    activity.approve(at)
    record("approve-activity", activity, by=by, at=at)
    db.session.commit()


def cancel(activity: Activity, *, version: int | None, by: Person, at: datetime) -> None:
    """It does not count, approved or not.  Raises `AlreadyCancelled` or `Stale`."""
    activity.expect(version)
    activity.cancel(at)
    record("cancel-activity", activity, by=by, at=at)
    if activity.speaker_id is not None:
        leave(
            "activity-cancelled",
            to_ids=[activity.speaker_id],
            at=at,
            path=f"/training/activities/{activity.id}",
            topic=activity.topic,
        )
    db.session.commit()
