"""Offering a placement, accepting an offer, and taking one's word back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.rules.rows import to_json
from trainingbase.swaps.actions.deciding import Unlawful, carry_out
from trainingbase.swaps.actions.telling import hold_offer, tell
from trainingbase.swaps.models import (
    ACCEPTED,
    OPEN,
    PENDING,
    AlreadyOffered,
    NotForYou,
    NotOpen,
    Offer,
    TooSoon,
)
from trainingbase.swaps.queries import offers
from trainingbase.swaps.queries.market import Market, market
from trainingbase.swaps.rules import Exchange
from trainingbase.thresholds.queries import whole


def offer_swap(
    placement: Placement,
    *,
    wanted: Sequence[list],
    to: Resident | None,
    word: str | None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Offer:
    """Offer a placement of one's own, for any of the `wanted` results (see `models.Offer`), to
    everybody or to one co-resident.  Sent twice with one `request_key` it is one offer.

    Raises `TooSoon`, `AlreadyOffered`, and `Unlawful` when a result is not lawful any more.
    """
    known = offers.offer_by_key(request_key)
    if known is not None:
        return known
    today = at.astimezone(LOCAL).date()
    there = market(today=today)
    offered = there.row_of(placement) if there else None
    if there is None or offered is None:
        raise TooSoon
    found = there.lawful(offered, [to.id] if to else None)
    matches = [one for one in found if one.result in wanted]
    if not wanted or any(result not in [one.result for one in found] for result in wanted):
        raise Unlawful(())
    offer = Offer(
        plan_id=there.plan.id,
        resident_id=placement.resident_id,
        placement_id=placement.id,
        to_resident_id=to.id if to else None,
        word=word or None,
        wanted=list(wanted),
        state=OPEN,
        offered_at=at,
        expires_on=last_day_to_answer(placement, today),
        request_key=request_key or None,
    )
    db.session.add(offer)
    try:
        db.session.flush()
    except IntegrityError as error:  # on offer already, or sent twice at the same moment
        db.session.rollback()
        raise AlreadyOffered from error
    record("offer-swap", offer, by=by, at=at, placement=placement.id, to=offer.to_resident_id)
    tell("swap-offered", offer, sorted({one.taking for one in matches}), at=at)
    db.session.commit()
    return offer


def last_day_to_answer(placement: Placement, today: date) -> date:
    """The exclusive end of an offer: some days on, and before the days of notice begin."""
    stays = timedelta(days=whole("swap_offer_days"))
    return min(today + stays, placement.starts_on - timedelta(days=whole("notice_days")))


def accept(offer: Offer, taker: Resident, key: str, *, by: Person, at: datetime) -> Offer:
    """Take the offer with the exchange of this `key`; the first who does has it.  Where the base
    lets lawful exchanges pass by themselves, it is carried out at once.

    Raises `NotOpen`, `NotForYou`, `TooSoon`, and `Unlawful` with the breaches.
    """
    today = at.astimezone(LOCAL).date()
    hold_offer(offer)
    if not offer.is_open(today):
        db.session.rollback()
        raise NotOpen
    if taker.id == offer.resident_id or offer.to_resident_id not in (None, taker.id):
        db.session.rollback()
        raise NotForYou
    chosen, plan_id = _chosen(market(today=today), offer, taker, key)
    offer.state, offer.taken_by_id, offer.accepted_at = ACCEPTED, taker.id, at
    offer.plan_id = plan_id
    offer.removed, offer.added = to_json(chosen.removed), to_json(chosen.added)
    offer.version += 1
    record("accept-swap", offer, by=by, at=at, removed=offer.removed, added=offer.added)
    if whole("swaps_pass"):
        carry_out(offer, by=by, at=at)
    else:
        tell("swap-accepted", offer, [offer.resident_id], at=at)
        tell("swap-waits", offer, (), at=at, to_office=True)
    db.session.commit()
    return offer


def _chosen(there: Market | None, offer: Offer, taker: Resident, key: str) -> tuple[Exchange, int]:
    """The exchange that the taker means, and the plan it is in."""
    offered = there.row_of(offer.placement) if there else None
    if there is None or offered is None:
        db.session.rollback()
        raise TooSoon
    for one in there.judged(offered, [taker.id]):
        if one.exchange.key == key and one.exchange.result in offer.wanted:
            if one.breaches:
                db.session.rollback()
                raise Unlawful(one.breaches, one.problem, there.plan.starts_on)
            return one.exchange, there.plan.id
    db.session.rollback()
    raise NotForYou


def withdraw(offer: Offer, resident: Resident, *, by: Person, at: datetime) -> None:
    """Either of the two takes their word back, until it is carried out.

    Raises `NotOpen`, `NotForYou`.
    """
    hold_offer(offer)
    if resident.id not in (offer.resident_id, offer.taken_by_id):
        db.session.rollback()
        raise NotForYou
    if offer.state not in PENDING:
        db.session.rollback()
        raise NotOpen
    offer.state, offer.closed_at, offer.closed_by_id = "withdrawn", at, by.id
    offer.version += 1
    record("withdraw-swap", offer, by=by, at=at)
    both = {offer.resident_id, offer.taken_by_id, offer.to_resident_id} - {resident.id, None}
    tell("swap-withdrawn", offer, sorted(both), at=at)
    db.session.commit()
