"""Whoever supervised confirms what was logged, or returns it with a reason."""

from collections.abc import Sequence
from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.logbook.models import Entry
from trainingbase.notices.actions import leave as leave_notice
from trainingbase.people.models import Person


def confirm(entries: Sequence[Entry], *, by: Person, at: datetime) -> int:
    """How many now count.  What was decided meanwhile stays as it is."""
    waiting = [entry for entry in entries if entry.is_waiting]
    for entry in waiting:
        entry.decide(True, by=by, at=at)
        _take_place(entry, at=at)
    if waiting:
        record("confirm-log", waiting[0], by=by, at=at, entries=[entry.id for entry in waiting])
    db.session.commit()
    return len(waiting)


def _take_place(entry: Entry, *, at: datetime) -> None:
    """A confirmed correction counts instead of what it corrects."""
    if entry.corrects_id is not None:
        corrected = db.session.get_one(Entry, entry.corrects_id)
        corrected.replaced_at = at


def send_back(entries: Sequence[Entry], *, reason: str, by: Person, at: datetime, path: str) -> int:
    """How many go back; each resident is told once."""
    waiting = [entry for entry in entries if entry.is_waiting]
    for entry in waiting:
        entry.decide(False, by=by, at=at, reason=reason)
    if waiting:
        record("return-log", waiting[0], by=by, at=at, entries=[entry.id for entry in waiting])
        leave_notice(
            "log-returned",
            to_ids=[entry.resident.person_id for entry in waiting],
            at=at,
            path=path,
            reason=reason,
        )
    db.session.commit()
    return len(waiting)
