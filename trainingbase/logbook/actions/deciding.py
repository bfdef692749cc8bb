"""Whoever supervised confirms what was logged, or returns it with a reason."""

from collections.abc import Sequence
from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.logbook.models import Entry
from trainingbase.logbook.queries.waiting import returned_corrections, waiting_by_person, waiting_in
from trainingbase.notices.actions import leave as leave_notice
from trainingbase.notices.queries import facts_since, told_since, unread_of
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement


class NobodyToAsk(Exception):
    """No supervisor is named for the placement."""


class NothingWaits(Exception):
    """All entries of the placement were decided."""


class AskedToday(Exception):
    """Once a day is enough."""


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
    """A confirmed correction counts instead of what it corrects, and ends what was to correct it
    before and was returned."""
    if entry.corrects_id is not None:
        corrected = db.session.get_one(Entry, entry.corrects_id)
        corrected.replaced_at = at
        for returned in returned_corrections(corrected.id):
            returned.replaced_at = at


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


def take_back(entries: Sequence[Entry], *, by: Person, at: datetime) -> int:
    """How many wait again: whoever decided them slipped.  What a confirmed correction had
    replaced counts again."""
    for entry in entries:
        if entry.confirmed and entry.corrects_id is not None:
            db.session.get_one(Entry, entry.corrects_id).replaced_at = None
        entry.reopen()
    if entries:
        ids = [entry.id for entry in entries]
        record("take-back-log-decision", entries[0], by=by, at=at, entries=ids)
    db.session.commit()
    return len(entries)


def remind(*, at: datetime, path: str) -> int:
    """A notice to every supervisor for whom entries wait; at most one a day, and none on top of
    one that was not read yet.  How many were left."""
    waiting = waiting_by_person(at=at)
    told = told_since("log-waits", at.astimezone(LOCAL).replace(hour=0, minute=0, second=0))
    told |= unread_of("log-waits")
    left = [person for person in waiting if person not in told]
    for person in left:
        leave_notice("log-waits", to_ids=[person], at=at, path=path, number=waiting[person])
    db.session.commit()
    return len(left)


def ask(placement: Placement, *, by: Person, at: datetime, path: str) -> None:
    """A resident asks the supervisor to confirm what waits.  Raises `NobodyToAsk`, `NothingWaits`,
    `AskedToday`."""
    if placement.supervisor is None:
        raise NobodyToAsk
    number = waiting_in(placement.id)
    if not number:
        raise NothingWaits
    whom = placement.supervisor.person_id
    today = at.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    hold(placement, "version")
    if any(one.get("resident") == by.name for one in facts_since("log-asked", whom, today)):
        raise AskedToday
    leave_notice("log-asked", to_ids=[whom], at=at, path=path, resident=by.name, number=number)
    record("ask-to-confirm-log", placement, by=by, at=at)
    db.session.commit()
