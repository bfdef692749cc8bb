"""What was marked, and what an examiner may open."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.exams.models import (
    Osce,
    OsceCandidate,
    OsceDraft,
    OsceExaminer,
    OsceMark,
    OsceSlot,
    OsceStation,
)
from trainingbase.instruments.models import Instrument
from trainingbase.people.models import Person

TO_MARK = OsceSlot.voided_at.is_(None)


def own_rooms(person: Person) -> Sequence[OsceExaminer]:
    """The rooms in which this person examines, once announced and until the results are out."""
    return db.session.scalars(
        select(OsceExaminer)
        .join(OsceExaminer.session)
        .join(OsceExaminer.station)
        .where(
            OsceExaminer.person_id == person.id,
            Osce.planned_at.is_not(None),
            Osce.released_at.is_(None),
        )
        .options(contains_eager(OsceExaminer.session), contains_eager(OsceExaminer.station))
        .order_by(Osce.held_on, OsceExaminer.id)
    ).all()


def room_of(person: Person, examiner_id: int) -> OsceExaminer:
    """One's own room; of somebody who is marked absent it is no page."""
    return db.session.scalars(
        select(OsceExaminer)
        .join(OsceExaminer.session)
        .join(OsceExaminer.station)
        .join(OsceStation.instrument)
        .where(
            OsceExaminer.id == examiner_id,
            OsceExaminer.person_id == person.id,
            OsceExaminer.absent_because.is_(None),
            Osce.planned_at.is_not(None),
        )
        .options(
            contains_eager(OsceExaminer.session),
            contains_eager(OsceExaminer.station).contains_eager(OsceStation.instrument),
        )
    ).one()


def slots_of_room(room: OsceExaminer) -> Sequence[OsceSlot]:
    """Who comes, by bell."""
    return db.session.scalars(
        _slots()
        .where(OsceSlot.station_id == room.station_id, OsceSlot.circuit == room.circuit, TO_MARK)
        .order_by(OsceSlot.round, OsceSlot.id)
    ).all()


def _slots() -> Select[tuple[OsceSlot]]:
    return (
        select(OsceSlot)
        .join(OsceSlot.candidate)
        .join(OsceCandidate.resident)
        .join(Resident.person)
        .options(
            contains_eager(OsceSlot.candidate)
            .contains_eager(OsceCandidate.resident)
            .contains_eager(Resident.person)
        )
    )


def slot_for(person: Person, slot_id: int) -> OsceSlot:
    """One that this person marks: at their station, in their circuit."""
    return db.session.scalars(
        _slots()
        .join(OsceSlot.session)
        .join(OsceSlot.station)
        .join(
            OsceExaminer,
            (OsceExaminer.station_id == OsceSlot.station_id)
            & (OsceExaminer.circuit == OsceSlot.circuit),
        )
        .where(
            OsceSlot.id == slot_id,
            TO_MARK,
            OsceExaminer.person_id == person.id,
            OsceExaminer.absent_because.is_(None),
            Osce.opened_at.is_not(None),
        )
        .options(
            contains_eager(OsceSlot.session),
            contains_eager(OsceSlot.station)
            .joinedload(OsceStation.instrument)
            .selectinload(Instrument.items),
        )
    ).one()


def own_room_at(person: Person, slot: OsceSlot) -> OsceExaminer:
    return db.session.scalars(
        select(OsceExaminer).where(
            OsceExaminer.person_id == person.id,
            OsceExaminer.station_id == slot.station_id,
            OsceExaminer.circuit == slot.circuit,
        )
    ).one()


def own_mark(slot: OsceSlot, person: Person) -> OsceMark | None:
    return db.session.scalars(
        select(OsceMark)
        .where(OsceMark.slot_id == slot.id, OsceMark.examiner_id == person.id)
        .options(selectinload(OsceMark.answers), selectinload(OsceMark.amendments))
    ).one_or_none()


def own_draft(slot: OsceSlot, person: Person) -> OsceDraft | None:
    return db.session.get(OsceDraft, (slot.id, person.id))


def marked_by(room: OsceExaminer) -> set[int]:
    """The slots of this room that its examiner has marked."""
    rows = (
        select(OsceMark.slot_id)
        .join(OsceMark.slot)
        .where(OsceMark.examiner_id == room.person_id, OsceSlot.session_id == room.session_id)
    )
    return set(db.session.scalars(rows))


def marked_slots(session: Osce) -> set[int]:
    rows = select(OsceMark.slot_id).join(OsceMark.slot).where(OsceSlot.session_id == session.id)
    return set(db.session.scalars(rows))


def drafted_slots(session: Osce) -> set[int]:
    rows = (
        select(OsceDraft.slot_id)
        .join(OsceSlot, OsceSlot.id == OsceDraft.slot_id)
        .where(OsceSlot.session_id == session.id)
    )
    return set(db.session.scalars(rows))


def unmarked(session: Osce) -> Sequence[OsceSlot]:
    """Somebody present whom nobody has marked, at a station that counts."""
    marked = select(OsceMark.slot_id)
    return db.session.scalars(
        select(OsceSlot)
        .join(OsceSlot.candidate)
        .join(OsceSlot.station)
        .where(
            OsceSlot.session_id == session.id,
            TO_MARK,
            OsceCandidate.absent_because.is_(None),
            OsceStation.dropped_because.is_(None),
            OsceSlot.id.not_in(marked),
        )
        .options(contains_eager(OsceSlot.candidate), contains_eager(OsceSlot.station))
        .order_by(OsceSlot.round, OsceSlot.id)
    ).all()


def marks_of(session: Osce) -> Sequence[OsceMark]:
    """Those that count, with what was put right."""
    return db.session.scalars(
        select(OsceMark)
        .join(OsceMark.slot)
        .where(OsceSlot.session_id == session.id, TO_MARK)
        .options(
            contains_eager(OsceMark.slot),
            selectinload(OsceMark.amendments),
            joinedload(OsceMark.examiner),
        )
        .order_by(OsceMark.id)
    ).all()


def marks_at(candidate: OsceCandidate) -> Sequence[OsceMark]:
    """All of one candidate, those of voided runs too, for the office."""
    return db.session.scalars(
        select(OsceMark)
        .join(OsceMark.slot)
        .where(OsceSlot.candidate_id == candidate.id)
        .options(
            contains_eager(OsceMark.slot).joinedload(OsceSlot.station),
            selectinload(OsceMark.amendments),
            joinedload(OsceMark.examiner),
        )
        .order_by(OsceSlot.round, OsceMark.id)
    ).all()
