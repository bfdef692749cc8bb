"""Reminders, every few days as the base sets, until it is done."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.leaving.actions.telling import path_of, secretaries, signers, tell
from trainingbase.leaving.models import CURRENT, Leaving, Left
from trainingbase.leaving.queries import deciding
from trainingbase.leaving.queries.standing import Standing, standing_of
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.placements import WITH_NAMES
from trainingbase.thresholds.queries import whole

AT_ONCE = 100
KIND = "leaving-late"


def remind(*, today: date, at: datetime) -> int:
    """Whoever is to do the next step of what is over and not done: the supervisor, the secretary,
    the leader, or the resident.  How many were told."""
    told_before = deciding.told_since(KIND, at, whole("leaving_reminder_days"))
    told = 0
    rows = _waiting(today)
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        standings = standing_of([placement.id for placement, _leaving in part])
        for placement, leaving in part:
            for step, person_id in _asked(placement, leaving, standings[placement.id], today):
                if (person_id, path_of(placement)) not in told_before:
                    tell(KIND, placement, [person_id], at=at, step=step)
                    told += 1
    db.session.commit()
    return told


def _waiting(today: date) -> Sequence[tuple[Placement, Leaving | None]]:
    """Over, and not left; in the span in which the base calls it late."""
    known = timedelta(days=whole("leaving_late_shown_days"))
    gone = select(Left.placement_id).where(Left.withdrawn_at.is_(None))
    rows = db.session.execute(
        select(Placement, Leaving)
        .outerjoin(Leaving, (Leaving.placement_id == Placement.id) & CURRENT)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.ends_on <= today,
            Placement.ends_on > today - known,
            Placement.id.not_in(gone),
        )
        .options(*WITH_NAMES)
        .order_by(Placement.id)
    )
    return [(placement, leaving) for placement, leaving in rows]


def _asked(
    placement: Placement, leaving: Leaving | None, standing: Standing, today: date
) -> Iterator[tuple[str, int]]:
    """Each step that waits, with who is to do it."""
    if leaving is None or leaving.state == "sent_back":
        supervisor = placement.supervisor
        if supervisor is not None and {"exit_form", "appraisal"} & set(standing.missing):
            yield "assess", supervisor.person_id
        else:
            yield from (("prepare", one) for one in secretaries(placement, today))
    elif leaving.state == "ready":
        yield from (("sign", one) for one in signers(placement, today))
    elif leaving.seen_at is None:
        yield "see", placement.resident.person_id
    elif leaving.state == "failed" and leaving.retake is None and leaving.consequence is None:
        yield from (("retake", one) for one in secretaries(placement, today))
