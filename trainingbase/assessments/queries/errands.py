"""Guests somebody has to ask: how many came in, and which links were issued for it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from trainingbase.assessments.models import Errand, ErrandLink, GuestLink
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


def progress_of(request_ids: Collection[int], *, today: date) -> dict[int, Progress]:
    """By request; none for what is no errand."""
    rows = db.session.execute(
        select(
            Errand.request_id,
            Errand.wanted,
            func.count(GuestLink.used_at),
            func.count(GuestLink.id).filter(in_state("open", today)),
        )
        .outerjoin(Errand.issued)
        .outerjoin(ErrandLink.link)
        .where(Errand.request_id.in_(list(request_ids)))
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
