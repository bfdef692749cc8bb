"""After a failed review: the re-examination, and what follows for the plan where none is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.history.actions import change
from trainingbase.leaving.actions.finishing import complete
from trainingbase.leaving.actions.telling import secretaries, tell
from trainingbase.leaving.models import Leaving, NotNow, NotTheExaminers, Retake
from trainingbase.leaving.queries import deciding
from trainingbase.people.models import Person
from trainingbase.thresholds.queries import whole


@dataclass(frozen=True)
class Arranged:
    """`kinds`: theory, skill, records (what the log lacks is made up)."""

    kinds: Sequence[str]
    held_on: date
    examiner_id: int
    second_examiner_id: int


def may_retake(leaving: Leaving) -> bool:
    return (
        leaving.state == "failed"
        and leaving.is_current is True
        and leaving.consequence is None
        and leaving.round <= whole("exit_retakes")
    )


def arrange(
    leaving: Leaving, given: Arranged, *, version: int | None, by: Person, at: datetime
) -> Retake:
    """Fix day and examiners, or change them (`version` is that of the re-examination).  The same
    again changes nothing.  Raises `NotNow`, `NotTheExaminers`, `Stale`."""
    hold(leaving, "version")
    leaving = deciding.current(leaving.placement_id) or leaving
    if not may_retake(leaving):
        db.session.rollback()
        raise NotNow
    two = {given.examiner_id, given.second_examiner_id}
    if len(two) < 2 or leaving.placement.resident.person_id in two:
        db.session.rollback()
        raise NotTheExaminers
    values = {
        "kinds": list(given.kinds),
        "held_on": given.held_on,
        "examiner_id": given.examiner_id,
        "second_examiner_id": given.second_examiner_id,
    }
    row = leaving.retake
    if row is not None and all(getattr(row, name) == value for name, value in values.items()):
        db.session.rollback()
        return row
    if row is None:
        row = Retake(leaving_id=leaving.id, arranged_at=at, arranged_by_id=by.id, **values)
        db.session.add(row)
        db.session.flush()
        record("arrange-retake", row, by=by, at=at, held_on=given.held_on)
    else:
        row.expect(version)
        change("arrange-retake", row, values, by=by, at=at)
    told = {leaving.placement.resident.person_id, *two}
    tell("leaving-retake", leaving.placement, told, at=at, day=given.held_on.isoformat())
    db.session.commit()
    return row


def decide_consequence(
    leaving: Leaving,
    consequence: str,
    *,
    because: str,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """repeat (the rotation is planned again, and its months are owed anew) or go_on (with the
    reason for it).  Raises `NotNow` unless it was failed and nothing is decided yet, `Stale`."""
    leaving.expect(version)
    if leaving.state != "failed" or leaving.is_current is None or leaving.consequence is not None:
        db.session.rollback()
        raise NotNow
    leaving.consequence, leaving.consequence_because = consequence, because
    leaving.consequence_at, leaving.consequence_by_id = at, by.id
    leaving.placement.repeats_at = at if consequence == "repeat" else None
    record("decide-exit-consequence", leaving, by=by, at=at, consequence=consequence)
    placement, today = leaving.placement, at.astimezone(LOCAL).date()
    told = {placement.resident.person_id, *secretaries(placement, today)}
    tell("leaving-consequence", placement, told, at=at, what=consequence, reason=because)
    complete(leaving, today=today, by=by, at=at)
    db.session.commit()
