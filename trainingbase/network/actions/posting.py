"""Experts go to sites, staff come up to learn."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change, note
from trainingbase.network.models import Posting, Session, ShortCourse
from trainingbase.network.queries.posting import course_by_key, posting_by_key
from trainingbase.network.rules.posting import days_of
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person


class NotADayOfIt(Exception):
    """The posting has no session on this day, or the day has not come."""


class AlreadyConfirmed(Exception):
    """A session is confirmed once."""


def add_posting(
    answers: Mapping[str, Any], *, by: Person, at: datetime, request_key: str | None = None
) -> Posting:
    known = posting_by_key(request_key)
    if known is not None:
        return known
    made = Posting(**answers, request_key=request_key or None)
    db.session.add(made)
    record("post-expert", made, by=by, at=at, person=made.person_id, site=made.institution_id)
    leave("expert-posted", to_ids=[made.person_id], at=at, path="/")
    db.session.commit()
    return made


def edit_posting(
    posting: Posting,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`."""
    posting.expect(version)
    change("edit-posting", posting, answers, by=by, at=at)
    db.session.commit()


def confirm_session(
    posting: Posting,
    *,
    held_on: date,
    hours: Decimal,
    note: str | None,
    today: date,
    by: Person,
    at: datetime,
) -> Session:
    """`hours` are 0 where it fell out.  Raises `NotADayOfIt` and `AlreadyConfirmed`."""
    hold(posting)
    db.session.expire(posting, ["sessions"])
    after = date.fromordinal(held_on.toordinal() + 1)
    known = days_of(posting.weekday, posting.starts_on, posting.ends_on, first=held_on, after=after)
    if held_on > today or not known:
        raise NotADayOfIt
    if any(one.held_on == held_on for one in posting.sessions):
        raise AlreadyConfirmed
    made = Session(
        posting=posting,
        held_on=held_on,
        hours=hours,
        note=note or None,
        confirmed_at=at,
        confirmed_by_id=by.id,
    )
    db.session.add(made)
    record("confirm-session", posting, by=by, at=at, held_on=held_on, hours=hours)
    db.session.commit()
    return made


def add_course(
    answers: Mapping[str, Any],
    *,
    upload: Upload | None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> ShortCourse:
    known = course_by_key(request_key)
    if known is not None:
        return known
    made = ShortCourse(**answers, request_key=request_key or None)
    made.file = keep(upload, by=by, at=at) if upload is not None else None
    db.session.add(made)
    record("send-to-course", made, by=by, at=at, person=made.name)
    db.session.commit()
    return made


def edit_course(
    course: ShortCourse,
    answers: Mapping[str, Any],
    *,
    upload: Upload | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """A new file takes the place of the old one.  Raises `Stale`."""
    course.expect(version)
    change("edit-course", course, answers, by=by, at=at)
    if upload is not None:
        before = course.file.name if course.file else None
        course.file = keep(upload, by=by, at=at)
        note(course, {"file": (before, upload.name)}, by=by, at=at)
    db.session.commit()
