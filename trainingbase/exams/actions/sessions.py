"""Setting up an OSCE: the session, its stations, examiners and candidates."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.exams.actions.forgetting import forget_examiner, forget_panel, forget_timetable
from trainingbase.exams.actions.planning import tell_examiners
from trainingbase.exams.models import (
    NotYet,
    Osce,
    OsceCandidate,
    OsceExaminer,
    OsceStation,
)
from trainingbase.exams.queries import osce
from trainingbase.history.actions import change
from trainingbase.people.models import Person

SHAPE = {"circuits", "rests", "change_minutes", "pause_minutes", "begins_at"}
"""What the timetable hangs on."""


class ElsewhereAlready(Exception):
    """This person examines at another station of the session."""


def make(answers: Mapping[str, Any], *, form_key: str, by: Person, at: datetime) -> Osce:
    """The same `form_key` again is the same session."""
    known = osce.by_key(form_key)
    if known is not None:
        return known
    session = Osce(form_key=form_key, made_at=at, made_by_id=by.id, **answers)
    db.session.add(session)
    db.session.flush()
    record("make-osce", session, by=by, at=at)
    db.session.commit()
    return session


def change_session(
    session: Osce, answers: Mapping[str, Any], *, version: int | None, by: Person, at: datetime
) -> None:
    """What is not the timetable may change until the release.  Raises `NotYet`, `Stale`."""
    session.expect(version)
    if session.released_at is not None:
        raise NotYet("released")
    changed = {name for name, value in answers.items() if getattr(session, name) != value}
    if changed & SHAPE:
        _expect_draft(session)
        forget_timetable(session)
    change("change-osce", session, answers, by=by, at=at)
    db.session.commit()


def add_station(
    session: Osce, answers: Mapping[str, Any], *, by: Person, at: datetime
) -> OsceStation:
    hold(session)
    _expect_draft(session)
    position = max((one.position for one in session.stations), default=0) + 1
    station = OsceStation(session=session, position=position, **answers)
    db.session.add(station)
    forget_timetable(session)
    record("add-station", station, by=by, at=at)
    db.session.commit()
    return station


def change_station(
    station: OsceStation,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Its words may change until the session opens, its minutes and its sheet only before the
    timetable stands.  Raises `NotYet`, `Stale`."""
    station.expect(version)
    session = station.session
    if session.opened_at is not None:
        raise NotYet("opened")
    if any(getattr(station, name) != answers[name] for name in ("minutes", "instrument_id")):
        _expect_draft(session)
        forget_timetable(session)
    change("change-station", station, answers, by=by, at=at)
    db.session.commit()


def remove_station(station: OsceStation, *, by: Person, at: datetime) -> None:
    """Raises `NotYet` once the timetable is announced."""
    session = station.session
    hold(session)
    _expect_draft(session)
    forget_timetable(session)
    for one in osce.examiners_of(session):
        if one.station_id == station.id:
            forget_examiner(one)
    forget_panel(session)
    record("remove-station", station, by=by, at=at, name=station.name)
    session.stations.remove(station)
    db.session.delete(station)
    db.session.commit()


def move_station(station: OsceStation, step: int, *, by: Person, at: datetime) -> None:
    """One place up (-1) or down (1); at the end nothing happens."""
    session = station.session
    hold(session)
    _expect_draft(session)
    line = list(session.stations)
    place = line.index(station)
    if 0 <= place + step < len(line):
        other = line[place + step]
        station.position, other.position = other.position, station.position
        forget_timetable(session)
        record("change-station", station, by=by, at=at, fields=["position"])
    db.session.commit()


def add_examiner(
    station: OsceStation, circuit: int, person: Person, *, by: Person, at: datetime
) -> OsceExaminer:
    """Also while the session runs: somebody who steps in.  Raises `ElsewhereAlready`, `NotYet`."""
    session = station.session
    if session.closed_at is not None:
        raise NotYet("closed")
    if not 0 <= circuit < session.circuits:
        raise ValueError(circuit)
    one = OsceExaminer(
        session_id=session.id, station_id=station.id, circuit=circuit, person_id=person.id
    )
    db.session.add(one)
    try:
        db.session.flush()
    except IntegrityError as twice:
        db.session.rollback()
        raise ElsewhereAlready from twice
    record("add-examiner", one, by=by, at=at, person=person.name)
    if session.planned_at is not None:
        tell_examiners(session, [person.id], at=at)
    db.session.commit()
    return one


def remove_examiner(one: OsceExaminer, *, by: Person, at: datetime) -> None:
    """Who has marked stays.  Raises `NotYet`."""
    if osce.has_marked(one):
        raise NotYet("marked")
    record("remove-examiner", one, by=by, at=at, person=one.person.name)
    forget_examiner(one)
    db.session.commit()


def set_absent(one: OsceExaminer, because: str | None, *, by: Person, at: datetime) -> None:
    """Does not come, or (without `because`) is there after all."""
    one.absent_because = because
    record("examiner-absent" if because else "examiner-there", one, by=by, at=at)
    db.session.commit()


def put_candidates(session: Osce, resident_ids: Sequence[int], *, by: Person, at: datetime) -> int:
    """Those who are not among the candidates yet; how many.  Raises `NotYet`."""
    hold(session)
    _expect_draft(session)
    known = {one.resident_id for one in osce.candidates_of(session)}
    new = [one for one in dict.fromkeys(resident_ids) if one not in known]
    db.session.add_all(OsceCandidate(session_id=session.id, resident_id=one) for one in new)
    if new:
        forget_timetable(session)
        record("add-candidates", session, by=by, at=at, number=len(new))
    db.session.commit()
    return len(new)


def remove_candidate(candidate: OsceCandidate, *, by: Person, at: datetime) -> None:
    session = candidate.session
    hold(session)
    _expect_draft(session)
    forget_timetable(session)
    record("remove-candidate", candidate, by=by, at=at)
    db.session.delete(candidate)
    db.session.commit()


def _expect_draft(session: Osce) -> None:
    if session.planned_at is not None:
        raise NotYet("announced")
