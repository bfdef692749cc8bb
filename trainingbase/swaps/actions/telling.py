"""Telling those concerned by an offer.  The caller commits."""

from collections.abc import Collection
from datetime import datetime

from trainingbase.db import hold
from trainingbase.notices.actions import leave
from trainingbase.rotations.queries.published import person_ids_of_residents
from trainingbase.swaps.models import Offer
from trainingbase.swaps.queries import offers


def hold_offer(offer: Offer) -> None:
    """Read how the offer stands now; nobody else changes it until the commit."""
    hold(offer, "state", "version", "taken_by_id", "removed", "added", "expires_on")


def tell(
    kind: str,
    offer: Offer,
    resident_ids: Collection[int],
    *,
    at: datetime,
    to_office: bool = False,
    **facts,
) -> None:
    """Say it to these residents, or to the office, in words of the placement on offer."""
    people = offers.office_ids() if to_office else person_ids_of_residents(resident_ids).values()
    placement = offer.placement
    leave(
        kind,
        to_ids=people,
        at=at,
        path=f"/swaps/{offer.id}",
        resident=offer.resident.name,
        name=placement.department.name,
        name_en=placement.department.name_en,
        starts_on=placement.starts_on.isoformat(),
        ends_on=placement.ends_on.isoformat(),
        **facts,
    )
