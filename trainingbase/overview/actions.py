"""The address of one's calendar feed: made on demand, renewed by its owner."""

from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.rotations.models import CalendarFeed


def open_feed(*, by: Person, at: datetime) -> CalendarFeed:
    """The person's feed; a second time, the same one."""
    feed = db.session.get(CalendarFeed, by.id)
    if feed is None:
        feed = CalendarFeed(person_id=by.id, number=1, renewed_at=at)
        db.session.add(feed)
        record("open-calendar-feed", "calendar_feeds", by=by, at=at)
        db.session.commit()
    return feed


def renew_feed(*, by: Person, at: datetime) -> CalendarFeed:
    """A new address; the old one is dead from now on."""
    feed = open_feed(by=by, at=at)
    feed.number, feed.renewed_at = feed.number + 1, at
    record("renew-calendar-feed", "calendar_feeds", by=by, at=at)
    db.session.commit()
    return feed
