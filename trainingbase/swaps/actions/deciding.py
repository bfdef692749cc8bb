"""Carrying an exchange out, refusing it, and taking it back."""

from collections.abc import Sequence
from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import Stale, db
from trainingbase.people.models import Person
from trainingbase.planner.problem import Problem
from trainingbase.planner.situation import Breach
from trainingbase.rotations.actions import HasBegun, NewBreaches, amend_plan
from trainingbase.rotations.models import NotPublished
from trainingbase.rotations.queries.judging import judge
from trainingbase.rotations.queries.plans import plan_by_id, plan_in_force
from trainingbase.rotations.rules.rows import Row, from_json
from trainingbase.swaps.actions.telling import hold_offer, tell
from trainingbase.swaps.models import ACCEPTED, DONE, NotOpen, Offer, TooSoon
from trainingbase.swaps.queries.market import soonest


class Unlawful(Exception):
    """The exchange breaks rules; without breaches it is simply not there any more.  `problem` and
    `starts_on` are what the words of the breaches need."""

    def __init__(
        self,
        breaches: Sequence[Breach],
        problem: Problem | None = None,
        starts_on: date | None = None,
    ) -> None:
        super().__init__(breaches)
        self.breaches, self.problem, self.starts_on = breaches, problem, starts_on


def approve(offer: Offer, *, version: int | None, by: Person, at: datetime) -> None:
    """The office carries out what two residents agreed.

    Raises `Stale`, `NotOpen`, `TooSoon`, `Unlawful`.
    """
    hold_offer(offer)
    if offer.state != ACCEPTED:
        db.session.rollback()
        raise NotOpen
    offer.expect(version)
    carry_out(offer, by=by, at=at)
    db.session.commit()


def carry_out(offer: Offer, *, by: Person, at: datetime) -> None:
    """Change the plan in force and tell the two, their supervisors, and nobody else."""
    removed, added = from_json(offer.removed or ()), from_json(offer.added or ())
    if min(row.starts_on for row in (*removed, *added)) <= soonest(_today(at)):
        db.session.rollback()
        raise TooSoon
    offer.state, offer.closed_at, offer.closed_by_id = DONE, at, by.id
    offer.version += 1
    _amend(offer, removed, added, by=by, at=at)
    record("carry-out-swap", offer, by=by, at=at, removed=offer.removed, added=offer.added)
    tell("swap-done", offer, [offer.resident_id, offer.taken_by_id], at=at)


def undo(offer: Offer, *, version: int | None, by: Person, at: datetime) -> None:
    """Put back what an exchange moved, while nothing of it has begun and it is lawful.

    Raises `Stale`, `NotOpen`, `TooSoon`, `Unlawful`.
    """
    hold_offer(offer)
    if offer.state != DONE:
        db.session.rollback()
        raise NotOpen
    offer.expect(version)
    offer.state, offer.closed_at, offer.closed_by_id = "undone", at, by.id
    _amend(offer, from_json(offer.added or ()), from_json(offer.removed or ()), by=by, at=at)
    record("undo-swap", offer, by=by, at=at)
    tell("swap-undone", offer, [offer.resident_id, offer.taken_by_id], at=at)
    db.session.commit()


def _amend(offer: Offer, removed: list[Row], added: list[Row], *, by: Person, at: datetime) -> None:
    """In the plan in force; what is in the way is raised once nothing is held any more."""
    plan = plan_in_force()
    try:
        if plan is None:
            raise NotPublished
        offer.plan_id = plan.id
        amend_plan(plan, removed=removed, added=added, by=by, at=at)
    except NewBreaches as refused:
        db.session.rollback()
        plan = plan_by_id(plan.id)
        raise Unlawful(refused.breaches, judge(plan).problem, plan.starts_on) from refused
    except HasBegun as refused:
        db.session.rollback()
        raise TooSoon from refused
    except (Stale, NotPublished) as refused:
        db.session.rollback()
        raise Unlawful(()) from refused


def refuse(
    offer: Offer, *, reason: str | None, version: int | None, by: Person, at: datetime
) -> None:
    """The office says no, and why.  Raises `Stale`, `NotOpen`."""
    hold_offer(offer)
    if offer.state != ACCEPTED:
        db.session.rollback()
        raise NotOpen
    offer.expect(version)
    offer.state, offer.closed_at, offer.closed_by_id = "refused", at, by.id
    offer.reason = reason or None
    record("refuse-swap", offer, by=by, at=at, reason=offer.reason)
    both = [offer.resident_id, offer.taken_by_id]
    tell("swap-refused", offer, both, at=at, reason=offer.reason or "")
    db.session.commit()


def _today(at: datetime) -> date:
    return at.astimezone(LOCAL).date()
