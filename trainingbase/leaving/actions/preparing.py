"""Handing a placement to the teaching group: by the secretary, or by itself."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.leaving.actions.telling import secretaries, signers, tell
from trainingbase.leaving.models import CURRENT, Leaving, NotNow, NotReady
from trainingbase.leaving.queries import deciding
from trainingbase.leaving.queries.standing import Standing, standing_of
from trainingbase.leaving.rules.gate import OK
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.thresholds.queries import whole

DAY = timedelta(days=1)
AT_ONCE = 100
"""Placements whose standing the nightly run asks for together."""


def prepare(
    placement: Placement,
    *,
    by: Person | None,
    at: datetime,
    because: str | None = None,
) -> Leaving:
    """Hand it to the group; done twice it is one.  `by` is None where the portal does it.

    After a failed review it is the next round, once the re-examination has its marks.  With
    `because` the office hands it over although something is missing.  Raises `NotNow` before its
    time, after it was signed, or before the re-examination; `NotReady` with what is missing.
    """
    hold(placement, "version")
    today = at.astimezone(LOCAL).date()
    leaving = deciding.current(placement.id)
    if leaving is not None and leaving.state == "ready":
        db.session.rollback()
        return leaving
    if today < placement.ends_on - timedelta(days=1 + whole("leaving_ready_before_days")):
        db.session.rollback()
        raise NotNow
    if leaving is not None and not _may_follow(leaving, today):
        db.session.rollback()
        raise NotNow
    missing = standing_of([placement.id])[placement.id].missing
    if missing and not because:
        db.session.rollback()
        raise NotReady(missing)
    made = _handed(placement, leaving, because=because if missing else None, by=by, at=at)
    record("prepare-leaving", made, by=by, at=at, round=made.round)
    tell("leaving-ready", placement, signers(placement, today), at=at)
    db.session.commit()
    return made


def _may_follow(leaving: Leaving, today: date) -> bool:
    """Sent back it may come again; failed, once the marks of the re-examination are there, or its
    day, where nothing is examined."""
    if leaving.state == "sent_back":
        return True
    if leaving.state != "failed" or leaving.retake is None or leaving.consequence is not None:
        return False
    examined = {"theory", "skill"} & set(leaving.retake.kinds)
    if not examined:
        return today >= leaving.retake.held_on
    entered = {
        one.kind
        for one in deciding.exams_of(leaving.placement_id)
        if one.attempt == leaving.round + 1
    }
    return examined <= entered


def _handed(
    placement: Placement,
    before: Leaving | None,
    *,
    because: str | None,
    by: Person | None,
    at: datetime,
) -> Leaving:
    if before is not None and before.state == "sent_back":
        hold(before)
        before.version += 1
        before.state, before.prepared_at = "ready", at
        before.prepared_by_id, before.prepared_because = by.id if by else None, because
        return before
    if before is not None:
        before.is_current = None
        db.session.flush()
    made = Leaving(
        placement_id=placement.id,
        round=before.round + 1 if before else 1,
        state="ready",
        prepared_at=at,
        prepared_by_id=by.id if by else None,
        prepared_because=because,
    )
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError as error:  # handed over by somebody else at the same moment
        db.session.rollback()
        raise NotNow from error
    return made


def send_back(
    leaving: Leaving, *, because: str, version: int | None, by: Person, at: datetime
) -> None:
    """The leader wants something done first.  Raises `Stale`, `NotNow`."""
    leaving.expect(version)
    if leaving.state != "ready":
        db.session.rollback()
        raise NotNow
    leaving.state, leaving.sent_back_because = "sent_back", because
    record("send-leaving-back", leaving, by=by, at=at)
    placement, today = leaving.placement, at.astimezone(LOCAL).date()
    tell("leaving-sent-back", placement, secretaries(placement, today), at=at, reason=because)
    db.session.commit()


def prepare_those_ready(*, today: date, at: datetime) -> int:
    """Hand over by itself what has all that is needed: at once where every line holds, else on the
    last day.  How many."""
    handed = 0
    for group in _in_parts(_candidates(today)):
        standings = standing_of([one.id for one in group])
        for placement in group:
            if _is_due(placement, standings[placement.id], today):
                handed += _prepared(placement, at=at)
    return handed


def _is_due(placement: Placement, standing: Standing, today: date) -> bool:
    if standing.missing:
        return False
    over = today >= placement.ends_on - DAY
    return over or all(one.state == OK for one in standing.lines)


def _prepared(placement: Placement, *, at: datetime) -> bool:
    try:
        prepare(placement, by=None, at=at)
    except (NotNow, NotReady):
        return False
    return True


def _candidates(today: date) -> Sequence[Placement]:
    before = timedelta(days=whole("leaving_ready_before_days"))
    after = timedelta(days=whole("leaving_late_shown_days"))
    begun = select(Leaving.placement_id).where(CURRENT, Leaving.state != "failed")
    return db.session.scalars(
        select(Placement)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.ends_on <= today + DAY + before,
            Placement.ends_on > today - after,
            Placement.id.not_in(begun),
        )
        .options(*WITH_NAMES)
        .order_by(Placement.ends_on, Placement.id)
    ).all()


def _in_parts(rows: Sequence[Placement]) -> Iterator[Sequence[Placement]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
