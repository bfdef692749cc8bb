"""Guests somebody has to ask: how many came in, and which links were issued for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from trainingbase.assessments.models import Errand, ErrandLink, GuestLink, Request
from trainingbase.assessments.queries.guests import in_state
from trainingbase.db import db


@dataclass(frozen=True)
class Progress:
    """`out` are links that still open."""

    wanted: int
    came: int
    out: int

    @property
    def left(self) -> int:
        """How many are still to be asked."""
        return max(0, self.wanted - self.came - self.out)


def progress_of(
    which: Collection[int] | ColumnElement[bool], *, today: date
) -> dict[int, Progress]:
    """By request, of these or of those that fulfil a condition; none for what is no errand."""
    if not isinstance(which, ColumnElement):
        which = Request.id.in_(list(which))
    rows = db.session.execute(
        select(
            Errand.request_id,
            Errand.wanted,
            func.count(GuestLink.used_at),
            func.count(GuestLink.id).filter(in_state("open", today)),
        )
        .join(Errand.request)
        .outerjoin(Errand.issued)
        .outerjoin(ErrandLink.link)
        .where(which)
        .group_by(Errand.request_id, Errand.wanted)
    )
    return {one: Progress(wanted, came, out) for one, wanted, came, out in rows}


def errand_of(request_id: int) -> Errand | None:
    return db.session.get(Errand, request_id)


def errand_of_link(link_id: int) -> Errand | None:
    return db.session.scalar(
        select(Errand).join(Errand.issued).where(ErrandLink.link_id == link_id)
    )


def links_of(request_id: int) -> Sequence[GuestLink]:
    return db.session.scalars(
        select(GuestLink)
        .join(ErrandLink, ErrandLink.link_id == GuestLink.id)
        .where(ErrandLink.request_id == request_id)
        .order_by(GuestLink.id)
    ).all()
