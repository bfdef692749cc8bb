"""The calendar feed of a person (RFC 5545): placements by day, activities by the hour."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from trainingbase.rotations.models import CalendarFeed, Placement
from trainingbase.training.models import Activity


def token(feed: CalendarFeed, secret: str) -> str:
    """What stands in the feed's address; 128 bits of it cannot be guessed."""
    said = f"calendar:{feed.person_id}:{feed.number}"
    seal = hmac.new(secret.encode(), said.encode(), hashlib.sha256).hexdigest()[:32]
    return f"{feed.person_id}-{feed.number}-{seal}"


def person_of(text: str) -> int | None:
    """Whose feed this token claims to be; whether rightly, `is_token_of` says."""
    owner = text.partition("-")[0]
    return int(owner) if owner.isascii() and owner.isdigit() and len(owner) < 12 else None


def is_token_of(feed: CalendarFeed, text: str, secret: str) -> bool:
    return hmac.compare_digest(token(feed, secret).encode(), text.encode())


def feed_text(
    *,
    name: str,
    host: str,
    zone: ZoneInfo,
    placements: Iterable[Placement],
    activities: Iterable[Activity],
    title_of,
    place_of,
) -> bytes:
    """The feed.  The same rows give the same bytes, so that an unchanged feed is a 304."""
    from icalendar import Calendar, Timezone

    calendar = Calendar()
    calendar.add("prodid", "-//trainingbase//rotations//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for placement in placements:
        calendar.add_component(_placement(placement, host, title_of, place_of))
    timed = [_activity(activity, host, zone, place_of) for activity in activities]
    if timed:
        calendar.add_component(Timezone.from_tzinfo(zone, last_date=_far(timed)))
    for event in timed:
        calendar.add_component(event)
    return calendar.to_ical()


def _far(events):
    return max(event["dtend"].dt for event in events).date() + timedelta(days=366)


def _placement(placement: Placement, host: str, title_of, place_of):
    from icalendar import Event

    event = Event()
    event.add("uid", f"placement-{placement.id}@{host}")
    event.add("dtstamp", placement.changed_at)
    event.add("last-modified", placement.changed_at)
    event.add("sequence", placement.sequence)
    event.add("dtstart", placement.starts_on)
    event.add("dtend", placement.ends_on)
    event.add("summary", title_of(placement))
    event.add("location", place_of(placement.department))
    event.add("status", "CONFIRMED" if placement.is_live else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    return event


def _activity(activity: Activity, host: str, zone: ZoneInfo, place_of):
    from icalendar import Event

    hour, _, minute = (activity.starts_at or "8:00").partition(":")
    starts = datetime.combine(activity.held_on, time(int(hour), int(minute or 0)), zone)
    ends = starts + timedelta(hours=float(activity.hours or 1))
    event = Event()
    event.add("uid", f"activity-{activity.id}@{host}")
    event.add("dtstamp", activity.approved_at or starts)
    event.add("sequence", activity.version)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    event.add("summary", f"{activity.kind} {activity.topic}")
    place = place_of(activity.department) if activity.department else ""
    where = " ".join(part for part in (place, activity.room, activity.link) if part)
    if where:
        event.add("location", where)
    event.add("status", "CANCELLED" if activity.cancelled_at else "CONFIRMED")
    return event
