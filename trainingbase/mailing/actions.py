"""Putting messages into the outbox, and noting what became of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
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
from trainingbase.mailing.rules import BEFORE, TO_WHERE_THEY_ARE, pause_after
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.stale import Stale
from trainingbase.thresholds.queries import whole

LEASE = timedelta(minutes=10)
"""Much longer than handing one message over may take (`settings.LONGEST`)."""
READ = "read in the portal"
"""The fault of a mail that is needed no more."""
NOWHERE = "no longer mailed"
"""The fault of a mail whose recipient has left, has no open account or wants none any more."""


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


def take_next(at: datetime) -> Message | None:
    """The message to try now.  It counts as tried from here on, so that a worker that is killed in
    the middle does not try for ever; who else looks finds it taken.  A worker killed between the
    server's yes and `note_sent` mails it a second time, with the same number: none is lost."""
    while (one := queries.next_due(at)) is not None:
        needless = _needless(one, at)
        if needless is None:
            one.tries, one.next_try_at = one.tries + 1, at + LEASE
            db.session.commit()
            return one
        one.next_try_at, one.gave_up_at, one.fault = None, at, needless
        db.session.commit()
    return None


def _needless(message: Message, at: datetime) -> str | None:
    """Why it is not to be sent, if so; else it goes to where its recipient wants mail now."""
    if message.kind == "digest" and not queries.tells_of_unread(message):
        return READ
    if message.kind in TO_WHERE_THEY_ARE:
        address = queries.address_now(message, today=at.astimezone(LOCAL).date())
        if address is None:
            return NOWHERE
        message.address = address
    return None


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
    """One's own; an empty address stops all mail.  The address before is told of it, in case
    somebody else has done it.  Raises `Stale`."""
    row = queries.choice_of(by)
    if not row.version:
        if version:
            raise Stale(row)
        row = MailChoice(person_id=by.id, address="", all_notices=True)
        db.session.add(row)
        db.session.flush()
    else:
        row.expect(version)
    if row.address not in ("", address):
        leave("mail-address-changed", to_ids=[by.id], at=at, path="/mailing/mine",
              done_at=at.isoformat(), **{BEFORE: row.address})  # fmt: skip
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
