"""A site asks, the office decides."""

from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.network.actions.places import (
    NotConfirmed,
    changing,
    closing,
    effect_of_closure,
    effect_of_places,
    names_of,
)
from trainingbase.network.models import AlreadyDecided, Proposal
from trainingbase.network.queries.effects import Affected
from trainingbase.network.queries.proposals import proposal_by_key
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.sites.models import Closure, Department, PlaceChange


def propose(
    department: Department,
    *,
    starts_on: date,
    ends_on: date | None = None,
    most: int | None = None,
    fewest: int | None = None,
    why: str,
    seen: str | None,
    today: date,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Proposal:
    """Of a closure, or of places where `most` is given.  Raises what `close` and
    `change_places` raise."""
    known = proposal_by_key(request_key)
    if known is not None:
        return known
    made = Proposal(
        department=department,
        starts_on=starts_on,
        ends_on=ends_on if most is None else None,
        most=most,
        fewest=fewest,
        why=why,
        proposed_at=at,
        proposed_by_id=by.id,
        request_key=request_key or None,
    )
    found = effect_of(made, today=today)
    if found.effect.hits and seen != found.effect.fingerprint:
        raise NotConfirmed(found)
    db.session.add(made)
    record("ask-for-closure", made, by=by, at=at, department=department.name)
    leave(
        "closure-asked",
        to_ids=[one.id for one in holders_of(Role.OFFICE)],
        at=at,
        path=f"/network/proposals/{made.id}",
        by=by.name,
        residents=len(found.effect.hits),
        **names_of(department),
    )
    db.session.commit()
    return made


def effect_of(proposal: Proposal, *, today: date) -> Affected:
    """Who would be hit if it were granted today."""
    department = proposal.department
    if proposal.ends_on is not None:
        return effect_of_closure(department, proposal.starts_on, proposal.ends_on, today=today)
    assert proposal.most is not None and proposal.fewest is not None
    return effect_of_places(
        department, proposal.starts_on, proposal.most, proposal.fewest, today=today
    )


def decide(
    proposal: Proposal,
    granted: bool,
    *,
    reason: str | None,
    seen: str | None,
    today: date,
    by: Person,
    at: datetime,
) -> Closure | PlaceChange | None:
    """What came of it; nothing when it is refused.  Raises `AlreadyDecided` and what `close` and
    `change_places` raise."""
    hold(proposal)
    if proposal.granted is not None:
        raise AlreadyDecided
    made = _carried_out(proposal, seen=seen, today=today, by=by, at=at) if granted else None
    proposal.decide(granted, by=by, at=at, reason=reason)
    record("decide-closure", proposal, by=by, at=at, granted=granted)
    leave(
        "closure-decided",
        to_ids=[proposal.proposed_by_id],
        at=at,
        path=f"/network/proposals/{proposal.id}",
        granted=granted,
        reason=reason or "",
        **names_of(proposal.department),
    )
    db.session.commit()
    return made


def _carried_out(
    proposal: Proposal, *, seen: str | None, today: date, by: Person, at: datetime
) -> Closure | PlaceChange:
    if proposal.ends_on is not None:
        return closing(
            proposal.department,
            starts_on=proposal.starts_on,
            ends_on=proposal.ends_on,
            why=proposal.why,
            seen=seen,
            today=today,
            by=by,
            at=at,
        )
    assert proposal.most is not None and proposal.fewest is not None
    return changing(
        proposal.department,
        from_on=proposal.starts_on,
        most=proposal.most,
        fewest=proposal.fewest,
        why=proposal.why,
        seen=seen,
        today=today,
        by=by,
        at=at,
    )
