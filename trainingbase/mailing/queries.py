"""What is to be mailed, what waits to be sent, and what became of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from trainingbase.accounts.models import Account
from trainingbase.db import db
from trainingbase.mailing.models import MailChoice, MailedNotice, Message, ReportMail
from trainingbase.mailing.rules import ALERTS, BEFORE, DUTIES, REPORT_READERS
from trainingbase.notices.models import Notice
from trainingbase.people.models import Grant, Person

NOT_OLDER = timedelta(days=7)
"""An older notice is not mailed: the mail was off, or has only begun."""
STATES: dict[str, ColumnElement[bool]] = {
    "waiting": Message.sent_at.is_(None) & Message.gave_up_at.is_(None),
    "sent": Message.sent_at.is_not(None),
    "failed": Message.gave_up_at.is_not(None),
}


@dataclass(frozen=True)
class ToMail:
    """Notices of one person that stand in no mail yet."""

    person: Person
    address: str
    notices: tuple[tuple[int, str], ...]


def to_mail(*, today: date, at: datetime) -> list[ToMail]:
    """Of everybody who has given an address, is still here and has an account that is open: what
    they have not read."""
    rows = db.session.execute(
        select(Person, MailChoice.address, Notice.id, Notice.kind)
        .join(MailChoice, MailChoice.person_id == Person.id)
        .join(Notice, Notice.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(
            Notice.read_at.is_(None),
            Notice.created_at > at - NOT_OLDER,
            Notice.id.not_in(select(MailedNotice.notice_id)),
            or_(MailChoice.all_notices, Notice.kind.in_(DUTIES)),
            Notice.kind.not_in(ALERTS),
            *_reachable(today),
        )
        .order_by(Person.id, Notice.id)
    )
    people: dict[int, tuple[Person, str]] = {}
    notices: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for person, address, notice_id, kind in rows:
        people[person.id] = (person, address)
        notices[person.id].append((notice_id, kind))
    return [ToMail(*people[key], tuple(notices[key])) for key in people]


def _reachable(today: date) -> tuple[ColumnElement[bool], ...]:
    """Of a person with their account and choice: still here, may sign in, has given an address."""
    return (
        MailChoice.address != "",
        Account.disabled_at.is_(None),
        or_(Person.left_on.is_(None), Person.left_on > today),
    )


def _wishing(today: date, *wished: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    """Of the same with their `ReportMail`: wishes any of these, and may read reports."""
    may_read = Person.id.in_(select(Grant.person_id).where(Grant.role.in_(REPORT_READERS)))
    return (or_(*wished), may_read, *_reachable(today))


def address_now(message: Message, *, today: date) -> str | None:
    """Where a digest or report goes, None where it goes nowhere any more."""
    asked = (
        select(MailChoice.address)
        .join(Person, Person.id == MailChoice.person_id)
        .join(Account, Account.person_id == Person.id)
        .where(Person.id == message.person_id)
    )
    if message.kind == "report":
        asked = asked.join(ReportMail, ReportMail.person_id == Person.id)
        wish = (ReportMail.monthly, ReportMail.yearly)
        return db.session.scalar(asked.where(*_wishing(today, *wish)))
    return db.session.scalar(asked.where(*_reachable(today)))


@dataclass(frozen=True)
class Alert:
    """A notice about somebody's account that stands in no mail yet."""

    notice: Notice
    person: Person
    address: str


def alerts(*, at: datetime) -> list[Alert]:
    """Each to where its person was mailed when it happened: whoever took an account over may have
    given another address since, and read the notice."""
    notices = db.session.execute(
        select(Notice, Person, func.coalesce(MailChoice.address, ""))
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(MailChoice, MailChoice.person_id == Person.id)
        .where(
            Notice.kind.in_(ALERTS),
            Notice.created_at > at - NOT_OLDER,
            Notice.id.not_in(select(MailedNotice.notice_id)),
        )
        .order_by(Notice.id.desc())
    )
    then: dict[int, str] = {}
    found = []
    for notice, person, address in notices:
        then[person.id] = notice.facts.get(BEFORE) or then.get(person.id, address)
        if then[person.id]:
            found.append(Alert(notice, person, then[person.id]))
    return found[::-1]


def keys_made(keys: Sequence[str]) -> set[str]:
    return set(db.session.scalars(select(Message.key).where(Message.key.in_(keys))))


def next_due(at: datetime) -> Message | None:
    """To be tried now, the oldest first; nobody else takes it until the commit."""
    return db.session.scalars(
        select(Message)
        .where(Message.next_try_at.is_not(None), Message.next_try_at <= at)
        .order_by(Message.next_try_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()


def tells_of_unread(message: Message) -> bool:
    """Whether a mail still tells of something that was not read in the portal."""
    unread = (
        select(MailedNotice.message_id)
        .join(Notice, Notice.id == MailedNotice.notice_id)
        .where(MailedNotice.message_id == message.id, Notice.read_at.is_(None))
    )
    return db.session.scalar(unread.limit(1)) is not None


def duties_waiting(at: datetime) -> tuple[int, int]:
    """How many people have duties they have not looked at, and how many duties."""
    row = db.session.execute(
        select(func.count(Notice.person_id.distinct()), func.count()).where(
            Notice.read_at.is_(None),
            Notice.kind.in_(DUTIES),
            Notice.created_at > at - NOT_OLDER,
        )
    ).one()
    return row[0], row[1]


def messages(*, state: str = "", search: str = "", sort: str = "") -> Select[tuple[Message]]:
    rows = select(Message).outerjoin(Message.person).options(joinedload(Message.person))
    if state in STATES:
        rows = rows.where(STATES[state])
    if search:
        rows = rows.where(
            or_(
                Person.name.icontains(search, autoescape=True),
                Message.address.icontains(search, autoescape=True),
            )
        )
    if sort == "made":
        return rows.order_by(Message.id)
    return rows.order_by(Message.id.desc())


def counts() -> dict[str, int]:
    row = db.session.execute(
        select(*(func.count().filter(which) for which in STATES.values())).select_from(Message)
    ).one()
    return dict(zip(STATES, row, strict=True))


def message(message_id: int) -> Message:
    return db.session.scalars(
        select(Message).where(Message.id == message_id).options(joinedload(Message.person))
    ).one()


def choice_of(person: Person) -> MailChoice:
    """Theirs; version 0 and no address where they have chosen nothing."""
    return db.session.get(MailChoice, person.id) or MailChoice(
        person_id=person.id, address="", all_notices=True, version=0
    )


def reports_of(person_id: int) -> ReportMail:
    """Which reports they are mailed; version 0 and none where they have chosen nothing."""
    return db.session.get(ReportMail, person_id) or ReportMail(
        person_id=person_id, monthly=False, yearly=False, with_paper=False, version=0
    )


@dataclass(frozen=True)
class Reader:
    """Who is mailed a report."""

    person: Person
    address: str
    with_paper: bool


def readers(kind: str, *, today: date) -> list[Reader]:
    """Of the `month` or `year`: those who wish it, may read it today, have given an address, are
    still here and have an account that is open."""
    wished = {"month": ReportMail.monthly, "year": ReportMail.yearly}[kind]
    rows = db.session.execute(
        select(Person, MailChoice.address, ReportMail.with_paper)
        .join(ReportMail, ReportMail.person_id == Person.id)
        .join(MailChoice, MailChoice.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(*_wishing(today, wished))
        .order_by(Person.id)
    )
    return [Reader(*row) for row in rows]
