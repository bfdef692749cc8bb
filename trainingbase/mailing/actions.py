"""Putting messages into the outbox, and noting what became of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.history.actions import change
from trainingbase.mailing import queries
from trainingbase.mailing.models import (
    MailChoice,
    MailedNotice,
    Message,
    MessageFile,
    ReportMail,
)
from trainingbase.mailing.rules import pause_after
from trainingbase.people.models import Person
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import whole

LEASE = timedelta(minutes=10)
READ = "read in the portal"
"""The fault of a mail that is needed no more."""


def put(message: Message, notice_ids: Iterable[int] = (), *, file_id: int | None = None) -> bool:
    """Into the outbox; False where it, or one of its notices, is there already."""
    try:
        db.session.add(message)
        db.session.flush()
        db.session.add_all(
            MailedNotice(notice_id=number, message_id=message.id) for number in notice_ids
        )
        if file_id is not None:
            db.session.add(MessageFile(message_id=message.id, file_id=file_id))
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        return False
    return True


def take_due(at: datetime) -> Sequence[Message]:
    """Messages to try now.  Each counts as tried from here on, so that a worker that is killed in
    the middle does not try for ever; who else looks finds them taken."""
    taken = queries.due(at)
    digests = [one.id for one in taken if one.kind == "digest"]
    unread = queries.unread_of(digests)
    wanted = []
    for one in taken:
        if one.kind == "digest" and one.id not in unread:
            one.next_try_at, one.gave_up_at, one.fault = None, at, READ
            continue
        one.tries, one.next_try_at = one.tries + 1, at + LEASE
        wanted.append(one)
    db.session.commit()
    return wanted


def note_sent(message: Message, *, at: datetime) -> None:
    message.sent_at, message.next_try_at, message.fault = at, None, None
    db.session.commit()


def note_fault(message: Message, fault: str, *, at: datetime, is_final: bool) -> None:
    """It is tried again after a while, or given up."""
    message.fault = fault[:200]
    if is_final or message.tries >= max(1, whole("mail_tries")):
        message.next_try_at, message.gave_up_at = None, at
    else:
        message.next_try_at = at + pause_after(message.tries)
    db.session.commit()


def try_again(message: Message, *, by: Person, at: datetime) -> bool:
    """One that was given up; False where it was not."""
    hold(message)
    if message.gave_up_at is None:
        return False
    message.gave_up_at, message.tries, message.next_try_at = None, 0, at
    if message.fault == READ:
        message.kind = "again"  # it is wanted although it was read
    record("try-mail-again", message, by=by, at=at)
    db.session.commit()
    return True


def choose(
    address: str, all_notices: bool, *, version: int | None, by: Person, at: datetime
) -> MailChoice:
    """One's own; an empty address stops all mail.  Raises `Stale`."""
    row = queries.choice_of(by)
    if not row.version:
        if version:
            raise Stale(row)
        row = MailChoice(person_id=by.id, address="", all_notices=True)
        db.session.add(row)
        db.session.flush()
    else:
        row.expect(version)
    change("choose-mail", row, {"address": address, "all_notices": all_notices}, by=by, at=at)
    db.session.commit()
    return row


def choose_reports(
    answers: dict[str, bool], *, version: int | None, by: Person, at: datetime
) -> ReportMail:
    """One's own: monthly, yearly, with_paper.  Raises `Stale`."""
    row = queries.reports_of(by.id)
    if not row.version:
        if version:
            raise Stale(row)
        row = ReportMail(person_id=by.id, monthly=False, yearly=False, with_paper=False)
        db.session.add(row)
        db.session.flush()
    else:
        row.expect(version)
    change("choose-reports", row, answers, by=by, at=at)
    db.session.commit()
    return row


def stop_reports(person: Person, *, at: datetime) -> None:
    """By the link of a mail: none is mailed any more.  Nothing happens where none was."""
    row = queries.reports_of(person.id)
    if row.version and (row.monthly or row.yearly):
        hold(row)
        row.version += 1
        change("choose-reports", row, {"monthly": False, "yearly": False}, by=person, at=at)
    db.session.commit()
