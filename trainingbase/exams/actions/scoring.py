"""Where to pass, releasing an OSCE, and putting a score right."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.exams.addresses import MINE
from trainingbase.exams.models import (
    AlreadyReleased,
    Cut,
    ExamAppeal,
    ExamCorrection,
    NotYet,
    Osce,
    OsceCandidate,
)
from trainingbase.exams.queries import osce, scores, sittings
from trainingbase.exams.queries.names import of_session
from trainingbase.exams.rules.results import Result
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person


@dataclass(frozen=True)
class Chosen:
    """The cut of one station in percent, how it was found, and from how many."""

    method: str
    value: Decimal
    standard_error: Decimal | None = None
    candidates: int | None = None


def freeze(
    session: Osce, chosen: Mapping[int, Chosen], *, why: str, by: Person, at: datetime
) -> None:
    """The cut of every station, by station; the ones before stay readable.  Raises `NotYet` while
    marks are taken, where a station has none, and after the release."""
    hold(session)
    if session.released_at is not None:
        raise AlreadyReleased
    if session.closed_at is None:
        raise NotYet("unclosed")
    wanted = {one.id for one in session.stations if one.dropped_because is None}
    if set(chosen) != wanted:
        raise NotYet("cuts")
    for old in osce.cuts_of(session):
        old.is_current = None
    db.session.flush()
    db.session.add_all(
        Cut(
            session_id=session.id,
            station_id=station_id,
            why=why,
            frozen_at=at,
            frozen_by_id=by.id,
            **asdict(one),
        )
        for station_id, one in chosen.items()
    )
    record("freeze-cuts", session, by=by, at=at, why=why)
    db.session.commit()


def release(
    session: Osce,
    *,
    version: int | None,
    today: date,
    appeal_days: int,
    by: Person,
    at: datetime,
) -> int:
    """Everybody reads their own from now on; how many.  Raises `NotYet`, `AlreadyReleased`,
    `Stale`."""
    if session.released_at is not None:
        raise AlreadyReleased
    session.expect(version)
    if session.released_at is not None:
        raise AlreadyReleased
    if session.closed_at is None:
        raise NotYet("unclosed")
    found = scores.results(session)
    judged = [one for one in found if one.candidate.absent_because is None]
    if any(one.result.passed is None for one in judged):
        raise NotYet("cuts")
    for one in found:
        one.candidate.result = content_of(one.result)
    session.released_at, session.released_by_id = at, by.id
    session.appeals_until = today + timedelta(days=appeal_days)
    _give_to_sitting(session, found, by=by, at=at)
    record("release-osce", session, by=by, at=at, number=len(judged))
    leave(
        "exam-released",
        to_ids=[one.candidate.resident.person_id for one in judged],
        at=at,
        path=MINE,
        **of_session(session),
    )
    db.session.commit()
    return len(judged)


def _give_to_sitting(
    session: Osce, found: list[scores.Scored], *, by: Person, at: datetime
) -> None:
    """The totals are the skills of the sitting the session belongs to."""
    sitting = session.sitting
    if sitting is None or sitting.is_released:
        return
    by_resident = {one.candidate.resident_id: one for one in found}
    for candidate in sittings.all_candidates(sitting):
        one = by_resident.get(candidate.resident_id)
        if one is None or candidate.is_settled:
            continue
        candidate.attended = one.candidate.absent_because is None
        candidate.skills = one.result.total if candidate.attended else None
        candidate.source, candidate.settled_at, candidate.settled_by_id = "osce", at, by.id


def content_of(result: Result) -> dict[str, Any]:
    """As it was released, for years."""

    def plain(value: Any) -> Any:
        if isinstance(value, Decimal):
            return str(value)
        if isinstance(value, dict):
            return {name: plain(one) for name, one in value.items()}
        return [plain(one) for one in value] if isinstance(value, list | tuple) else value

    return plain(asdict(result))


def correct(
    candidate: OsceCandidate,
    given: Mapping[int, Decimal],
    *,
    because: str,
    by: Person,
    at: datetime,
) -> list[ExamCorrection]:
    """Put released scores right, by station.  Raises `NotYet` before the release."""
    made = correct_within(candidate, given, because=because, by=by, at=at)
    if made:
        leave(
            "exam-corrected",
            to_ids=[candidate.resident.person_id],
            at=at,
            path=MINE,
            because=because,
            **of_session(candidate.session),
        )
    db.session.commit()
    return made


def correct_within(
    candidate: OsceCandidate,
    given: Mapping[int, Decimal],
    *,
    because: str,
    by: Person,
    at: datetime,
    appeal: ExamAppeal | None = None,
) -> list[ExamCorrection]:
    """As `correct`, as part of a decision: the caller tells and commits."""
    session = candidate.session
    hold(candidate, "id")
    if session.released_at is None:
        raise NotYet("unreleased")
    now = {one.station: one.score for one in scores.result_of_one(candidate).stations}
    made = [
        ExamCorrection(
            osce_candidate_id=candidate.id,
            station_id=station_id,
            appeal=appeal,
            field="score",
            old=now.get(station_id),
            new=value,
            because=because,
            at=at,
            by_id=by.id,
        )
        for station_id, value in given.items()
        if station_id in now and now[station_id] != value
    ]
    db.session.add_all(made)
    if made:
        record("correct-osce", candidate, by=by, at=at)
    return made
