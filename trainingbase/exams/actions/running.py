"""The day itself: opened, who came, what is left out, closed."""

from datetime import datetime

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.exams.models import NotYet, Osce, OsceCandidate, OsceStation
from trainingbase.exams.queries import marks, osce
from trainingbase.people.models import Person


def open_marking(session: Osce, *, by: Person, at: datetime) -> None:
    """Raises `NotYet` where the timetable is not announced or a room has no examiner."""
    hold(session)
    if session.planned_at is None:
        raise NotYet("unannounced")
    if session.opened_at is not None:
        return
    if osce.rooms_without_examiner(session):
        raise NotYet("examiners")
    session.opened_at = at
    record("open-osce", session, by=by, at=at)
    db.session.commit()


def close_marking(session: Osce, *, by: Person, at: datetime) -> None:
    """Raises `NotYet` before it was opened, and while somebody present is not marked."""
    hold(session)
    if session.opened_at is None:
        raise NotYet("unopened")
    if session.closed_at is not None:
        return
    if marks.unmarked(session):
        raise NotYet("unmarked")
    session.closed_at = at
    record("close-osce", session, by=by, at=at)
    db.session.commit()


def reopen(session: Osce, because: str, *, by: Person, at: datetime) -> None:
    """Take marks again, while no cut is frozen and nothing released.  Raises `NotYet`."""
    hold(session)
    if session.closed_at is None:
        raise NotYet("unclosed")
    if session.released_at is not None:
        raise NotYet("released")
    if osce.cuts_of(session):
        raise NotYet("frozen")
    session.closed_at = None
    record("reopen-osce", session, by=by, at=at, because=because)
    db.session.commit()


def arrive(candidate: OsceCandidate, *, by: Person, at: datetime) -> None:
    candidate.arrived_at, candidate.absent_because = candidate.arrived_at or at, None
    record("candidate-arrives", candidate, by=by, at=at)
    db.session.commit()


def set_absent(candidate: OsceCandidate, because: str, *, by: Person, at: datetime) -> None:
    """Is not marked any more, and has no result.  Raises `NotYet` once results are released."""
    if candidate.session.released_at is not None:
        raise NotYet("released")
    candidate.absent_because = because
    record("candidate-absent", candidate, by=by, at=at)
    db.session.commit()


def drop_station(station: OsceStation, because: str, *, by: Person, at: datetime) -> None:
    """Leave a station out of everybody's result, whatever was marked there.  Raises `NotYet`."""
    session = station.session
    hold(session)
    if session.released_at is not None:
        raise NotYet("released")
    if sum(one.dropped_because is None for one in session.stations) < 2:
        raise NotYet("last_station")
    station.dropped_because = because
    record("drop-station", station, by=by, at=at, because=because)
    db.session.commit()


def use_station_again(station: OsceStation, *, by: Person, at: datetime) -> None:
    if station.session.released_at is not None:
        raise NotYet("released")
    station.dropped_because = None
    record("use-station-again", station, by=by, at=at)
    db.session.commit()
