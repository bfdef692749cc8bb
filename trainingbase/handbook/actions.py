"""What happens to handbooks and orders.  Each action is one transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, update

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Resident
from trainingbase.files.actions import keep
from trainingbase.files.rules import PDF, Upload, plain_name
from trainingbase.handbook.models import Handbook, HandbookOrder, OrderLine
from trainingbase.handbook.queries import handbooks, orders
from trainingbase.handbook.rules.archive import packed_file
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.queue import enqueue_after_commit

JOB = "make-handbooks"
SILENCE = timedelta(minutes=1)
"""So long without a sign of life, and a worker counts as dead."""
MOST_TRIES = 3


class NobodyAsked(Exception):
    """An order is for somebody."""


def order(
    residents: Sequence[Resident],
    *,
    title: str,
    language: str,
    address: str,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> HandbookOrder:
    """Ask the worker for a handbook of each.  Sent twice, or again while the same handbook is
    being made, it is one order.  Raises `NobodyAsked`."""
    if not residents:
        raise NobodyAsked
    known = orders.by_key(request_key)
    if known is None and len(residents) == 1:
        known = orders.open_for(residents[0], language=language, by=by)
    if known is not None:
        return known
    made = HandbookOrder(
        title=title,
        language=language,
        address=address,
        asked_at=at,
        asked_by_id=by.id,
        request_key=request_key or None,
        lines=[
            OrderLine(resident_id=one.id, position=number)
            for number, one in enumerate(residents, 1)
        ],
    )
    db.session.add(made)
    record("order-handbooks", made, by=by, at=at, residents=len(residents), language=language)
    enqueue_after_commit(db.session, JOB, order_id=made.id)
    db.session.commit()
    return made


def begin(order_id: int, *, at: datetime) -> bool:
    """Take the order for this worker; False when it is over, or another worker is at it."""
    dead = or_(HandbookOrder.alive_at.is_(None), HandbookOrder.alive_at < at - SILENCE)
    taken = db.session.scalars(
        update(HandbookOrder)
        .where(
            HandbookOrder.id == order_id,
            HandbookOrder.finished_at.is_(None),
            HandbookOrder.stopped_at.is_(None),
            dead,
        )
        .values(alive_at=at)
        .returning(HandbookOrder.id)
    ).all()
    db.session.commit()
    return bool(taken)


def rest(made: HandbookOrder, *, at: datetime) -> None:
    """Let other work have its turn; this order goes on after it."""
    made.alive_at = None
    enqueue_after_commit(db.session, JOB, order_id=made.id)
    db.session.commit()


def take_up(line: OrderLine, *, at: datetime) -> bool:
    """A sign of life before each handbook; False for one at which the worker has died before,
    again and again."""
    line.order.alive_at = at
    line.tries += 1
    if line.tries > MOST_TRIES:
        line.failed_because = "WorkerDied"
    db.session.commit()
    return line.failed_because is None


def issue(
    line: OrderLine, facts: dict, content: bytes, *, edition: int, code: str, at: datetime
) -> Handbook:
    """Keep what was made; it supersedes the edition before.  Commits."""
    resident, made_for = line.resident, line.order
    hold(resident, "version")
    by = made_for.asked_by
    stored = keep(Upload(_file_name(resident, edition), PDF, content), by=by, at=at)
    db.session.flush()
    for older in handbooks.valid_of(resident.id, made_for.language):
        older.superseded_at = at
    book = Handbook.of(
        facts,
        resident_id=resident.id,
        language=made_for.language,
        edition=edition,
        code=code,
        file_id=stored.id,
        issued_at=at,
        issued_by_id=by.id,
    )
    db.session.add(book)
    record("issue-handbook", book, by=by, at=at, resident=resident.id, edition=edition,
           digest=book.digest)  # fmt: skip
    if by.id != resident.person_id:
        leave("handbook-issued", to_ids=[resident.person_id], at=at, path="/handbooks/mine",
              edition=edition)  # fmt: skip
    _made(line, book, content, is_new=True, at=at)
    db.session.commit()
    return book


def hand_over(line: OrderLine, book: Handbook, content: bytes, *, at: datetime) -> None:
    """Nothing has changed since the last edition: this is it."""
    _made(line, book, content, is_new=False, at=at)
    db.session.commit()


def _made(line: OrderLine, book: Handbook, content: bytes, *, is_new: bool, at: datetime) -> None:
    line.handbook, line.is_new = book, is_new
    line.packed, line.crc = packed_file(content)
    line.order.alive_at = at


def fail(line: OrderLine, because: str, *, at: datetime) -> None:
    """One handbook could not be made; the others go on."""
    line.failed_because = because
    line.order.alive_at = at
    db.session.commit()


def finish(made: HandbookOrder, *, at: datetime) -> None:
    """Everything was made or has failed: tell who asked."""
    hold(made)
    if made.is_over:
        db.session.rollback()
        return
    made.finished_at = at
    counts = orders.counts([made.id])[made.id]
    leave(
        "handbooks-ready",
        to_ids=[made.asked_by_id],
        at=at,
        path=f"/handbooks/orders/{made.id}",
        made=counts.made,
        failed=counts.failed,
    )
    db.session.commit()


def stop(made: HandbookOrder, *, by: Person, at: datetime) -> None:
    """What is made stays; the rest is not made.  Raises `Over`."""
    hold(made)
    made.stop(at)
    record("stop-handbooks", made, by=by, at=at)
    db.session.commit()


def withdraw(book: Handbook, because: str, *, by: Person, at: datetime) -> None:
    """From now on it does not verify; the resident is told.  Raises `AlreadyWithdrawn`."""
    hold(book)
    book.withdraw(because, by=by, at=at)
    record("withdraw-handbook", book, by=by, at=at, resident=book.resident_id)
    leave(
        "handbook-withdrawn",
        to_ids=[book.resident.person_id],
        at=at,
        path="/handbooks/mine",
        edition=book.edition,
        because=because,
    )
    db.session.commit()


def _file_name(resident: Resident, edition: int) -> str:
    return plain_name(f"{resident.name}-{resident.cohort.name}-{edition}.pdf", PDF)
