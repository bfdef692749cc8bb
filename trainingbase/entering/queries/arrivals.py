"""Whether somebody has begun a placement."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.entering.models import Arrival


def arrival_of(placement_ids: Iterable[int]) -> dict[int, Arrival]:
    """By placement, of those whose arrival is confirmed; in one statement."""
    return {key: one for key, one in records_of(placement_ids).items() if one.has_come}


def records_of(placement_ids: Iterable[int]) -> dict[int, Arrival]:
    """By placement, also of those who did not come."""
    found = db.session.scalars(select(Arrival).where(Arrival.placement_id.in_(list(placement_ids))))
    return {one.placement_id: one for one in found}


def record_of(placement_id: int) -> Arrival | None:
    """One of them, with the names and the items a page about it shows."""
    return db.session.scalars(
        select(Arrival)
        .where(Arrival.placement_id == placement_id)
        .options(
            joinedload(Arrival.confirmed_by),
            joinedload(Arrival.inducted_by),
            joinedload(Arrival.missed_by),
            selectinload(Arrival.items),
        )
    ).one_or_none()
