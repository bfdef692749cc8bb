"""Residents moved to another version, and back.  Each action is one transaction."""

from collections.abc import Mapping
from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.editions import queries
from trainingbase.editions.models import AlreadyUndone, Move, MovedResident
from trainingbase.enrolment.models import Resident
from trainingbase.history.actions import note
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.programmes.models import Programme


class NotInForce(Exception):
    """Residents move only to a version that is in force."""


class CannotMove(Exception):
    """Not in training, of another programme, or moved on since; `names` are these people's."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(names)
        self.names = names


def move(
    target: Programme,
    versions: Mapping[int, int],
    *,
    why: str,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Move:
    """All of them or nobody; `versions` are those of the records that were shown, by resident.
    Asked for twice with one `request_key` it is one move.

    Raises `NotInForce`, `CannotMove`, `Stale`.
    """
    known = queries.move_by_key(request_key)
    if known is not None:
        return known
    hold(target, "in_force_at", "retired_at")
    if target.state != "in_force":
        db.session.rollback()
        raise NotInForce
    residents = queries.chosen(target, versions)
    if len(residents) != len(versions) or not residents:
        db.session.rollback()
        raise CannotMove([])
    for one in residents:
        one.expect(versions[one.id])
    today = at.astimezone(LOCAL).date()
    made = Move(to_id=target.id, why=why, at=at, by_id=by.id, request_key=request_key or None)
    for found in queries.foreseen(target, residents, today=today):
        one = found.resident
        made.moved.append(
            MovedResident(
                resident_id=one.id, from_id=one.programme_id, gains=found.effect.as_json()
            )
        )
        _put(one, target, why=why, by=by, at=at)
    db.session.add(made)
    record("move-to-version", made, by=by, at=at, to=target.code, residents=len(residents))
    _tell("version-moved", residents, target, at)
    db.session.commit()
    return made


def move_back(moved: Move, *, by: Person, at: datetime) -> None:
    """Everybody to where they were.  Raises `AlreadyUndone`, and `CannotMove` when somebody has
    left training or trains by yet another version by now."""
    hold(moved, "undone_at")
    if moved.undone_at is not None:
        db.session.rollback()
        raise AlreadyUndone
    for one in moved.moved:
        hold(one.resident, "programme_id", "finished_on", "withdrawn_on", "version")
    gone = [
        one.resident.name
        for one in moved.moved
        if one.resident.programme_id != moved.to_id or not one.resident.is_in_training
    ]
    if gone:
        db.session.rollback()
        raise CannotMove(gone)
    for one in moved.moved:
        one.resident.version += 1
        _put(one.resident, one.from_, why=None, by=by, at=at)
    moved.undone_at, moved.undone_by_id = at, by.id
    record("move-back-to-version", moved, by=by, at=at, residents=len(moved.moved))
    for one in moved.moved:
        _tell("version-moved", [one.resident], one.from_, at)
    db.session.commit()


def _put(resident: Resident, to: Programme, *, why: str | None, by: Person, at: datetime) -> None:
    before = resident.programme
    fields = {"programme": (f"{before.name} {before.code}", f"{to.name} {to.code}")}
    resident.programme = to
    note(resident, fields, by=by, at=at, why=why)


def _tell(kind: str, residents, to: Programme, at: datetime) -> None:
    leave(
        kind,
        to_ids=[one.person_id for one in residents],
        at=at,
        path=f"/programmes/{to.id}",
        name=to.name,
        name_en=to.name_en,
        code=to.code,
    )
