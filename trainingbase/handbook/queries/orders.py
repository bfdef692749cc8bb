"""Orders, how far they are, and what their archives hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import aliased, joinedload, undefer

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import seen_by
from trainingbase.handbook.models import Handbook, HandbookOrder, OrderLine
from trainingbase.people.models import Person
from trainingbase.roles import Role

AT_ONCE = 10
"""Handbooks read together for an archive."""


@dataclass(frozen=True)
class Counts:
    total: int = 0
    made: int = 0
    failed: int = 0

    @property
    def done(self) -> int:
        return self.made + self.failed


def visible_to(viewer: Person) -> Select[tuple[HandbookOrder]]:
    """The office and the auditor see every order, others those they gave; the newest first."""
    everything = viewer.holds(Role.OFFICE, Role.AUDITOR)
    return (
        select(HandbookOrder)
        .where(true() if everything else HandbookOrder.asked_by_id == viewer.id)
        .options(joinedload(HandbookOrder.asked_by))
        .order_by(HandbookOrder.asked_at.desc(), HandbookOrder.id.desc())
    )


def order_for(viewer: Person, order_id: int) -> HandbookOrder:
    """Raises `NoResultFound` for a foreign or missing one."""
    return db.session.scalars(visible_to(viewer).where(HandbookOrder.id == order_id)).one()


def order_by_id(order_id: int) -> HandbookOrder:
    return db.session.scalars(select(HandbookOrder).where(HandbookOrder.id == order_id)).one()


def by_key(request_key: str | None) -> HandbookOrder | None:
    if not request_key:
        return None
    return db.session.scalar(select(HandbookOrder).where(HandbookOrder.request_key == request_key))


def open_for(resident: Resident, *, language: str, by: Person) -> HandbookOrder | None:
    """This person's order of this one handbook that is still being made."""
    each = aliased(OrderLine)
    number = (
        select(func.count())
        .where(each.order_id == HandbookOrder.id)
        .correlate(HandbookOrder)
        .scalar_subquery()
    )
    return db.session.scalars(
        select(HandbookOrder)
        .join(HandbookOrder.lines)
        .where(
            OrderLine.resident_id == resident.id,
            HandbookOrder.language == language,
            HandbookOrder.asked_by_id == by.id,
            HandbookOrder.finished_at.is_(None),
            HandbookOrder.stopped_at.is_(None),
            number == 1,
        )
        .limit(1)
    ).first()


def counts(order_ids: Sequence[int]) -> dict[int, Counts]:
    """By order."""
    rows = db.session.execute(
        select(
            OrderLine.order_id,
            func.count(),
            func.count(OrderLine.handbook_id),
            func.count(OrderLine.failed_because),
        )
        .where(OrderLine.order_id.in_(list(order_ids)))
        .group_by(OrderLine.order_id)
    )
    return {key: Counts(total, made, failed) for key, total, made, failed in rows}


def lines(order: HandbookOrder, viewer: Person, *, state: str = "") -> Select[tuple[OrderLine]]:
    """In their order, each with its resident and handbook, of those whose record the viewer may
    see now: a tutor who is theirs no more reads nothing that was made before.  `state`: waiting,
    made, failed."""
    rows = (
        select(OrderLine)
        .where(
            OrderLine.order_id == order.id,
            OrderLine.resident_id.in_(
                select(Resident.id).join(Resident.person).where(seen_by(viewer))
            ),
        )
        .options(
            joinedload(OrderLine.resident).options(
                joinedload(Resident.person), joinedload(Resident.cohort)
            ),
            joinedload(OrderLine.handbook).joinedload(Handbook.file),
        )
        .order_by(OrderLine.position)
    )
    states = {
        "made": OrderLine.handbook_id.is_not(None),
        "failed": OrderLine.failed_because.is_not(None),
        "waiting": OrderLine.handbook_id.is_(None) & OrderLine.failed_because.is_(None),
    }
    return rows.where(states[state]) if state in states else rows


def waiting_lines(order_id: int) -> Sequence[int]:
    """What is neither made nor failed, in order."""
    return db.session.scalars(
        select(OrderLine.id)
        .where(
            OrderLine.order_id == order_id,
            OrderLine.handbook_id.is_(None),
            OrderLine.failed_because.is_(None),
        )
        .order_by(OrderLine.position)
    ).all()


def line_by_id(line_id: int) -> OrderLine:
    """With the resident and everything about them that the handbook names."""
    return db.session.scalars(
        select(OrderLine)
        .where(OrderLine.id == line_id)
        .options(
            joinedload(OrderLine.order).joinedload(HandbookOrder.asked_by),
            joinedload(OrderLine.resident).options(
                joinedload(Resident.person),
                joinedload(Resident.tutor),
                joinedload(Resident.cohort),
                joinedload(Resident.programme),
            ),
        )
    ).one()


def made_for(order: HandbookOrder, viewer: Person) -> Sequence[int]:
    """Ids of the lines that are made, and that the viewer may see."""
    rows = lines(order, viewer, state="made").with_only_columns(OrderLine.id)
    return db.session.scalars(rows).all()


def packed_lines(order: HandbookOrder, viewer: Person) -> Iterator[OrderLine]:
    """What is made, a few at a time, as it stands in the archive."""
    found = made_for(order, viewer)
    for first in range(0, len(found), AT_ONCE):
        some = found[first : first + AT_ONCE]
        rows = lines(order, viewer).where(OrderLine.id.in_(some)).options(undefer(OrderLine.packed))
        for one in db.session.scalars(rows):
            yield one
            db.session.expunge(one)


def silent_since(moment: datetime) -> Sequence[int]:
    """Orders whose worker has died, or that no worker was ever told of."""
    last = func.coalesce(HandbookOrder.alive_at, HandbookOrder.asked_at)
    return db.session.scalars(
        select(HandbookOrder.id).where(
            HandbookOrder.finished_at.is_(None), HandbookOrder.stopped_at.is_(None), last < moment
        )
    ).all()
