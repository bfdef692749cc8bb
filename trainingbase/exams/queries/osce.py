"""Sessions, their stations, rooms and timetable."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import IN_TRAINING
from trainingbase.exams.models import (
    Cut,
    ExamKind,
    ExamSitting,
    Osce,
    OsceCandidate,
    OsceExaminer,
    OsceMark,
    OsceSlot,
    OsceStation,
)
from trainingbase.faculty.models import FacultyMember
from trainingbase.instruments.models import Instrument, Item
from trainingbase.people.models import Person

STATES = {
    "draft": Osce.planned_at.is_(None),
    "planned": Osce.planned_at.is_not(None) & Osce.opened_at.is_(None),
    "open": Osce.opened_at.is_not(None) & Osce.closed_at.is_(None),
    "closed": Osce.closed_at.is_not(None) & Osce.released_at.is_(None),
    "released": Osce.released_at.is_not(None),
}


def sessions(*, search: str = "", state: str = "", sort: str = "") -> Select[tuple[Osce]]:
    rows = select(Osce)
    if search:
        rows = rows.where(Osce.title.icontains(search, autoescape=True))
    if state in STATES:
        rows = rows.where(STATES[state])
    orders = {"day": Osce.held_on, "title": Osce.title, "-title": Osce.title.desc()}
    return rows.order_by(orders.get(sort, Osce.held_on.desc()), Osce.id.desc())


def counts_of(ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """By session: stations and candidates."""
    found = dict.fromkeys(ids, (0, 0))
    stations = _count(OsceStation, ids)
    people = _count(OsceCandidate, ids)
    return {one: (stations.get(one, 0), people.get(one, 0)) for one in found}


def _count(model, ids: Sequence[int]) -> dict[int, int]:
    rows = select(model.session_id, func.count()).where(model.session_id.in_(ids))
    return dict(db.session.execute(rows.group_by(model.session_id)).all())


def by_key(form_key: str) -> Osce | None:
    return db.session.scalars(select(Osce).where(Osce.form_key == form_key)).one_or_none()


def session_by_id(session_id: int) -> Osce:
    """With its stations and their forms."""
    return db.session.scalars(
        select(Osce)
        .where(Osce.id == session_id)
        .options(
            selectinload(Osce.stations).joinedload(OsceStation.instrument),
            joinedload(Osce.sitting).joinedload(ExamSitting.kind),
        )
    ).one()


def station_by_id(session_id: int, station_id: int) -> OsceStation:
    return db.session.scalars(
        select(OsceStation)
        .where(OsceStation.id == station_id, OsceStation.session_id == session_id)
        .options(joinedload(OsceStation.session), joinedload(OsceStation.instrument))
    ).one()


def examiner_by_id(session_id: int, examiner_id: int) -> OsceExaminer:
    return db.session.scalars(
        select(OsceExaminer).where(
            OsceExaminer.id == examiner_id, OsceExaminer.session_id == session_id
        )
    ).one()


def candidate_by_id(session_id: int, candidate_id: int) -> OsceCandidate:
    return db.session.scalars(
        _candidates().where(
            OsceCandidate.id == candidate_id, OsceCandidate.session_id == session_id
        )
    ).one()


def examiners_of(session: Osce) -> Sequence[OsceExaminer]:
    return db.session.scalars(
        select(OsceExaminer)
        .where(OsceExaminer.session_id == session.id)
        .options(joinedload(OsceExaminer.person))
        .order_by(OsceExaminer.circuit, OsceExaminer.id)
    ).all()


def _candidates() -> Select[tuple[OsceCandidate]]:
    return (
        select(OsceCandidate)
        .join(OsceCandidate.resident)
        .join(Resident.person)
        .options(
            contains_eager(OsceCandidate.resident).contains_eager(Resident.person),
            contains_eager(OsceCandidate.resident).joinedload(Resident.cohort),
            joinedload(OsceCandidate.session),
        )
    )


def candidates_of(session: Osce) -> Sequence[OsceCandidate]:
    """By their number, and before there is one by name."""
    return db.session.scalars(
        _candidates()
        .where(OsceCandidate.session_id == session.id)
        .order_by(OsceCandidate.number, Person.name, OsceCandidate.id)
    ).all()


def slots_of(session: Osce) -> Sequence[OsceSlot]:
    """What is to be gone, by bell."""
    return db.session.scalars(
        select(OsceSlot)
        .where(OsceSlot.session_id == session.id, OsceSlot.voided_at.is_(None))
        .options(joinedload(OsceSlot.candidate))
        .order_by(OsceSlot.round, OsceSlot.circuit, OsceSlot.id)
    ).all()


def has_timetable(session: Osce) -> bool:
    found = select(OsceSlot.id).where(OsceSlot.session_id == session.id).limit(1)
    return db.session.scalar(found) is not None


def last_round(session: Osce) -> int:
    """Of all there ever were: a new one begins after it."""
    found = select(func.max(OsceSlot.round)).where(OsceSlot.session_id == session.id)
    return db.session.scalar(found) or 0


def rooms_without_examiner(session: Osce) -> list[tuple[OsceStation, int]]:
    """Station and circuit where somebody is to be marked and nobody is there to do it."""
    there = {
        (one.station_id, one.circuit) for one in examiners_of(session) if one.absent_because is None
    }
    used = {(one.station_id, one.circuit) for one in slots_of(session)}
    return [
        (station, circuit)
        for station in session.stations
        for circuit in range(session.circuits)
        if station.dropped_because is None
        and (station.id, circuit) in used
        and (station.id, circuit) not in there
    ]


def has_marked(examiner: OsceExaminer) -> bool:
    found = (
        select(OsceMark.id)
        .join(OsceMark.slot)
        .where(
            OsceMark.examiner_id == examiner.person_id,
            OsceSlot.session_id == examiner.session_id,
        )
        .limit(1)
    )
    return db.session.scalar(found) is not None


def cuts_of(session: Osce) -> Sequence[Cut]:
    """Those that hold."""
    return db.session.scalars(
        select(Cut)
        .where(Cut.session_id == session.id, Cut.is_current)
        .options(joinedload(Cut.frozen_by))
        .order_by(Cut.id)
    ).all()


def all_cuts(session: Osce) -> Sequence[Cut]:
    """Those before as well, the newest first."""
    return db.session.scalars(
        select(Cut)
        .where(Cut.session_id == session.id)
        .options(joinedload(Cut.frozen_by), joinedload(Cut.station))
        .order_by(Cut.id.desc())
    ).all()


def sheets_in_use() -> dict[int, Instrument]:
    """Forms that give points: what a station can be marked on."""
    scored = select(Item.instrument_id).where(Item.kind == "score", Item.missing.is_(None))
    rows = db.session.scalars(
        select(Instrument)
        .where(Instrument.is_in_use, Instrument.id.in_(scored))
        .order_by(Instrument.id)
    )
    return {one.id: one for one in rows}


def who_may_examine() -> dict[int, str]:
    """Everybody who teaches."""
    rows = db.session.execute(
        select(Person.id, Person.name, FacultyMember.title)
        .join(FacultyMember, FacultyMember.person_id == Person.id)
        .where(Person.left_on.is_(None), Person.merged_at.is_(None))
        .order_by(Person.name, Person.id)
    )
    return {number: f"{name} ({title})" for number, name, title in rows}


def who_may_sit(session: Osce) -> Sequence[tuple[int, str, int]]:
    """Residents in training who are no candidates yet: id, name, cohort."""
    inside = select(OsceCandidate.resident_id).where(OsceCandidate.session_id == session.id)
    return db.session.execute(
        select(Resident.id, Person.name, Resident.cohort_id)
        .join(Resident.person)
        .where(IN_TRAINING, Resident.id.not_in(inside))
        .order_by(Person.name, Resident.id)
    ).all()


def sittings_for_skills() -> Sequence[ExamSitting]:
    """Sittings not released yet that ask for skills and nothing else."""
    return db.session.scalars(
        select(ExamSitting)
        .join(ExamSitting.kind)
        .where(
            ExamSitting.released_at.is_(None),
            ExamKind.has_skills,
            ~ExamKind.has_theory,
            ~ExamKind.has_verdict,
        )
        .options(contains_eager(ExamSitting.kind))
        .order_by(ExamSitting.held_on.desc())
    ).all()
