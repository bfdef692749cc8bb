"""The timetable of an OSCE: made, announced, taken back; what is gone again."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.exams.actions.forgetting import forget_timetable
from trainingbase.exams.addresses import MARKING, MINE
from trainingbase.exams.models import NotYet, Osce, OsceCandidate, OsceSlot, OsceStation
from trainingbase.exams.queries import marks, osce
from trainingbase.exams.queries.names import of_session
from trainingbase.exams.rules.timetable import Bells, Visit, again, numbers_of, walk
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person


def bells_of(session: Osce) -> Bells:
    stations = [one for one in session.stations if one.dropped_because is None]
    return Bells(
        begins_at=session.begins_at,
        length=max(one.minutes for one in stations),
        change=session.change_minutes,
        pause=session.pause_minutes,
        wave=len(stations) + session.rests,
    )


def plan(session: Osce, *, by: Person, at: datetime) -> int:
    """Make the timetable anew; how many rounds.  Raises `NotYet`, `NothingToPlan`."""
    hold(session)
    if session.planned_at is not None:
        raise NotYet("announced")
    candidates = list(osce.candidates_of(session))
    forget_timetable(session)
    visits = walk(
        [one.id for one in session.stations],
        [one.id for one in candidates],
        circuits=session.circuits,
        rests=session.rests,
    )
    numbers = numbers_of([one.id for one in candidates], session.circuits)
    for one in candidates:
        one.circuit, one.number = numbers[one.id]
    _put(session, visits)
    record("plan-osce", session, by=by, at=at, slots=len(visits))
    db.session.commit()
    return max(one.round for one in visits) + 1


def _put(session: Osce, visits: Iterable[Visit]) -> None:
    bells = bells_of(session)
    minutes = {one.id: one.minutes for one in session.stations}
    for one in visits:
        starts_at = bells.start_of(one.round)
        db.session.add(
            OsceSlot(
                session_id=session.id,
                station_id=one.station,
                candidate_id=one.candidate,
                circuit=one.circuit,
                round=one.round,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=minutes[one.station]),
            )
        )


def announce(session: Osce, *, by: Person, at: datetime) -> None:
    """Candidates and examiners are told, and see where they are when.  Raises `NotYet`."""
    hold(session)
    if session.planned_at is not None:
        return
    if not osce.has_timetable(session):
        raise NotYet("unplanned")
    session.planned_at = at
    record("announce-osce", session, by=by, at=at)
    leave(
        "osce-candidate",
        to_ids=[one.resident.person_id for one in osce.candidates_of(session)],
        at=at,
        path=MINE,
        **of_session(session),
    )
    tell_examiners(session, [one.person_id for one in osce.examiners_of(session)], at=at)
    db.session.commit()


def tell_examiners(session: Osce, people: Iterable[int], *, at: datetime) -> None:
    leave("osce-examiner", to_ids=people, at=at, path=MARKING, **of_session(session))


def take_back(session: Osce, *, by: Person, at: datetime) -> None:
    """To a draft again, before anybody has marked.  Raises `NotYet`."""
    hold(session)
    if session.opened_at is not None:
        raise NotYet("opened")
    session.planned_at = None
    record("take-osce-back", session, by=by, at=at)
    leave(
        "osce-taken-back",
        to_ids=[one.resident.person_id for one in osce.candidates_of(session)],
        at=at,
        path=MINE,
        **of_session(session),
    )
    db.session.commit()


def run_again(station: OsceStation, because: str, *, by: Person, at: datetime) -> int:
    """Close a station's run and let everybody who was or would be there go again after the last
    round; how many.  Its marks stay readable and count no more.  Raises `NotYet`."""
    session = _running(station.session)
    slots = [one for one in osce.slots_of(session) if one.station_id == station.id]
    kept = [one for one in slots if one.candidate.absent_because is None]
    for one in slots:
        one.voided_because, one.voided_at = because, at
    db.session.flush()
    _go_again(session, [(one.candidate_id, one.station_id, one.circuit) for one in kept])
    record("run-station-again", station, by=by, at=at, because=because)
    db.session.commit()
    return len(kept)


def catch_up(candidate: OsceCandidate, because: str, *, by: Person, at: datetime) -> int:
    """Somebody who came late goes to every station where nobody has marked them after the last
    round; how many.  Raises `NotYet`."""
    session = _running(candidate.session)
    marked = marks.marked_slots(session)
    slots = [
        one
        for one in osce.slots_of(session)
        if one.candidate_id == candidate.id and one.id not in marked
    ]
    for one in slots:
        one.voided_because, one.voided_at = because, at
    candidate.absent_because = None
    candidate.arrived_at = candidate.arrived_at or at
    db.session.flush()
    _go_again(session, [(one.candidate_id, one.station_id, one.circuit) for one in slots])
    record("candidate-catches-up", candidate, by=by, at=at, because=because)
    db.session.commit()
    return len(slots)


def _running(session: Osce) -> Osce:
    hold(session)
    if session.opened_at is None:
        raise NotYet("unopened")
    if session.closed_at is not None:
        raise NotYet("closed")
    return session


def _go_again(session: Osce, wanted: list[tuple[int, int, int]]) -> None:
    kept = osce.slots_of(session)
    last = osce.last_round(session)
    _put(
        session,
        again(
            wanted,
            first_round=last + 1,
            busy={(one.candidate_id, one.round) for one in kept},
            taken={(one.station_id, one.circuit, one.round) for one in kept},
        ),
    )
