"""Telling speakers and residents of what comes."""

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainingbase.db import db
from trainingbase.notices.actions import leave
from trainingbase.thresholds.queries import whole
from trainingbase.training.models import Activity
from trainingbase.training.queries.audience import invited_people


def remind(*, today: date, at: datetime) -> int:
    """Once for each activity, as many days ahead as the base sets, and still on the day; how many
    activities were told of."""
    until = today + timedelta(days=whole("activity_reminder_days"))
    rows = db.session.scalars(
        select(Activity)
        .where(
            Activity.held_on.between(today, until),
            Activity.cancelled_at.is_(None),
            Activity.submitted_at.is_(None),
            Activity.approved_at.is_(None),
            Activity.reminded_at.is_(None),
        )
        .options(selectinload(Activity.others))
        .order_by(Activity.id)
    ).all()
    for one in rows:
        facts = {
            "topic": one.topic,
            "day": one.held_on.isoformat(),
            "time": one.starts_at or "",
            "place": one.room or one.link or "",
        }
        path = f"/training/activities/{one.id}"
        listeners = set(invited_people(one)) - one.speaker_ids
        leave("activity-you-speak", to_ids=one.speaker_ids, at=at, path=path, **facts)
        leave("activity-soon", to_ids=listeners, at=at, path=path, **facts)
        one.reminded_at = at
    db.session.commit()
    return len(rows)
