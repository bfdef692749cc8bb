"""That a resident has left is a fact of its own; only the office takes it back."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.leaving.actions.telling import tell
from trainingbase.leaving.models import CURRENT, Leaving, Left, NotNow
from trainingbase.leaving.queries import deciding
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.signatures.actions import withdraw as take_back
from trainingbase.thresholds.queries import whole

DAY = timedelta(days=1)


def complete(
    leaving: Leaving, *, today: date, by: Person | None, at: datetime, unsigned: bool = False
) -> Left | None:
    """Note that the resident has left, where nothing is open any more; the caller commits.

    Passed, or failed and decided what follows; read and signed by the resident (or `unsigned`: the
    time for it is over); no objection unanswered; and the last day of the placement is here.
    """
    settled = leaving.state == "passed" or leaving.consequence is not None
    read = unsigned or leaving.seen_at is not None
    answered = not leaving.objects or leaving.answered_at is not None
    over = today >= leaving.placement.ends_on - DAY
    if not (settled and read and answered and over) or deciding.left(leaving.placement_id):
        return None
    made = Left(
        placement_id=leaving.placement_id,
        leaving_id=leaving.id,
        left_on=today,
        done_at=at,
        done_by_id=by.id if by else None,
    )
    db.session.add(made)
    record("leave-department", made, by=by, at=at, verdict=leaving.verdict)
    return made


def complete_those_over(*, today: date, at: datetime) -> int:
    """What was signed by all before the last day, on that day; how many."""
    done = 0
    for leaving in _signed(Leaving.seen_at.is_not(None), Placement.ends_on <= today + DAY):
        done += complete(leaving, today=today, by=None, at=at) is not None
        db.session.commit()
    return done


def close_unsigned(*, today: date, at: datetime) -> int:
    """What the resident has not signed in the time the base gives for it; how many."""
    done = 0
    since = at - timedelta(days=whole("leaving_seen_days"))
    for leaving in _signed(Leaving.seen_at.is_(None), Leaving.signed_at <= since):
        done += complete(leaving, today=today, by=None, at=at, unsigned=True) is not None
        db.session.commit()
    return done


def _signed(*which) -> Sequence[Leaving]:
    gone = select(Left.leaving_id).where(Left.withdrawn_at.is_(None))
    return db.session.scalars(
        select(Leaving)
        .join(Leaving.placement)
        .where(
            CURRENT,
            Leaving.state.in_(("passed", "failed")),
            Leaving.id.not_in(gone),
            Placement.cancelled_at.is_(None),
            *which,
        )
        .options(joinedload(Leaving.placement).options(*WITH_NAMES))
        .order_by(Leaving.id)
    ).all()


def withdraw(
    leaving: Leaving, *, because: str, version: int | None, by: Person, at: datetime
) -> None:
    """The office takes a review back, with the signatures and the leaving itself; all of it stays
    readable.  After a re-examination the review before it counts again.  Raises `Stale`,
    `NotNow`."""
    hold(leaving.placement, "version")
    leaving.expect(version)
    if leaving.is_current is None or not leaving.is_signed:
        db.session.rollback()
        raise NotNow
    for signature in (leaving.signature, leaving.view_signature):
        if signature is not None:
            take_back(signature, because=because, by=by, at=at)
    gone = deciding.left(leaving.placement_id)
    if gone is not None:
        gone.withdrawn_at = at
    leaving.placement.repeats_at = None
    leaving.state, leaving.is_current = "withdrawn", None
    leaving.withdrawn_at, leaving.withdrawn_by_id = at, by.id
    leaving.withdrawn_because = because
    db.session.flush()
    before = deciding.round_before(leaving)
    if before is not None:
        before.is_current = True
    record("withdraw-leaving", leaving, by=by, at=at)
    placement = leaving.placement
    told = {placement.resident.person_id}
    if leaving.signature is not None:
        told.add(leaving.signature.signer_id)
    tell("leaving-withdrawn", placement, told, at=at, reason=because)
    db.session.commit()
