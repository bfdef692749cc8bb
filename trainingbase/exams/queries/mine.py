"""What a resident may know of their own examinations: results once released, never before."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.assessments.models import ExamResult
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.exams.models import (
    ExamCandidate,
    ExamKind,
    ExamSitting,
    Osce,
    OsceCandidate,
    OsceSlot,
    OsceStation,
)
from trainingbase.people.models import Person


def _own(person: Person) -> ColumnElement[bool]:
    return Resident.person_id == person.id


def released(person: Person) -> Sequence[ExamCandidate]:
    """Own results of released sittings, the newest first."""
    return db.session.scalars(
        _candidates()
        .where(_own(person), ExamSitting.released_at.is_not(None))
        .order_by(ExamSitting.held_on.desc(), ExamCandidate.id)
    ).all()


def _candidates():
    return (
        select(ExamCandidate)
        .join(ExamCandidate.resident)
        .join(ExamCandidate.sitting)
        .join(ExamSitting.kind)
        .where(ExamCandidate.excused_because.is_(None))
        .options(
            contains_eager(ExamCandidate.sitting).contains_eager(ExamSitting.kind),
            contains_eager(ExamCandidate.resident),
        )
    )


def own_candidate(person: Person, candidate_id: int) -> ExamCandidate:
    """One's own released result."""
    return db.session.scalars(
        _candidates().where(
            _own(person), ExamSitting.released_at.is_not(None), ExamCandidate.id == candidate_id
        )
    ).one()


def coming(person: Person) -> Sequence[ExamSitting]:
    """Sittings one is a candidate of and whose results are not out: without any figure."""
    return db.session.scalars(
        select(ExamSitting)
        .join(ExamCandidate, ExamCandidate.sitting_id == ExamSitting.id)
        .join(Resident, Resident.id == ExamCandidate.resident_id)
        .where(
            _own(person),
            ExamSitting.released_at.is_(None),
            ExamCandidate.excused_because.is_(None),
        )
        .options(joinedload(ExamSitting.kind))
        .order_by(ExamSitting.held_on)
    ).all()


def recorded(person: Person) -> Sequence[ExamResult]:
    """Results that came in with a workbook, not by a sitting; none of a year whose sitting is not
    released."""
    by_sitting = select(ExamCandidate.result_id).where(ExamCandidate.result_id.is_not(None))
    waiting = (
        select(ExamSitting.id)
        .join(ExamSitting.kind)
        .where(
            ExamKind.result_kind == ExamResult.kind,
            ExamSitting.year == ExamResult.year,
            ExamSitting.released_at.is_(None),
        )
        .exists()
    )
    return db.session.scalars(
        select(ExamResult)
        .join(ExamResult.resident)
        .where(_own(person), ExamResult.id.not_in(by_sitting), ~waiting)
        .order_by(ExamResult.year.desc(), ExamResult.kind, ExamResult.id)
    ).all()


def sessions(person: Person) -> Sequence[OsceCandidate]:
    """OSCEs one goes to, once they are announced."""
    return db.session.scalars(
        _sessions().where(_own(person)).order_by(Osce.held_on.desc(), OsceCandidate.id)
    ).all()


def _sessions():
    return (
        select(OsceCandidate)
        .join(OsceCandidate.resident)
        .join(OsceCandidate.session)
        .where(Osce.planned_at.is_not(None))
        .options(contains_eager(OsceCandidate.session), contains_eager(OsceCandidate.resident))
    )


def own_session(person: Person, candidate_id: int) -> OsceCandidate:
    return db.session.scalars(
        _sessions().where(_own(person), OsceCandidate.id == candidate_id)
    ).one()


def way_of(candidate: OsceCandidate) -> Sequence[OsceSlot]:
    """Where to be when."""
    return db.session.scalars(
        select(OsceSlot)
        .join(OsceSlot.station)
        .where(OsceSlot.candidate_id == candidate.id, OsceSlot.voided_at.is_(None))
        .options(contains_eager(OsceSlot.station))
        .order_by(OsceSlot.round)
    ).all()


def stations_of(candidate: OsceCandidate) -> Sequence[OsceStation]:
    return db.session.scalars(
        select(OsceStation)
        .where(OsceStation.session_id == candidate.session_id)
        .order_by(OsceStation.position)
    ).all()
