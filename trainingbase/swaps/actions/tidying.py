"""Offers that end by themselves: in time, or because what was offered is not there any more."""

from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.rotations.actions.placing import FOLLOWERS
from trainingbase.rotations.rules.rows import from_json
from trainingbase.swaps.actions.telling import hold_offer, tell
from trainingbase.swaps.models import OPEN, PENDING, Offer
from trainingbase.swaps.queries import offers
from trainingbase.swaps.queries.market import as_row


def expire(*, today: date, at: datetime) -> int:
    """Close the open offers whose time is over, and tell those who offered; how many."""
    over = [one for one in offers.pending() if one.state == OPEN and one.expires_on <= today]
    ended = [one for one in over if _end(one, "expired", at)]
    db.session.commit()
    return len(ended)


def void_changed(placement_ids: set[int], at: datetime) -> None:
    """Offers about placements that were cancelled or changed are void.  Part of publishing: the
    caller commits."""
    if not placement_ids:
        return
    waiting = offers.pending()
    if not waiting:
        return
    rows = {as_row(one) for one in offers.placements_by_id(placement_ids)}
    for one in waiting:
        moved = rows.intersection(from_json(one.removed or ()))
        if one.placement_id in placement_ids or moved:
            _end(one, "void", at)


def _end(offer: Offer, state: str, at: datetime) -> bool:
    hold_offer(offer)
    if offer.state not in PENDING:
        return False
    offer.state, offer.closed_at = state, at
    offer.version += 1
    record("end-swap", offer, by=None, at=at, state=state)
    both = {offer.resident_id, offer.taken_by_id} - {None}
    tell(f"swap-{state}", offer, sorted(both), at=at)
    return True


FOLLOWERS.append(void_changed)
