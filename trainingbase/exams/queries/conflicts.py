"""Examiners who should not mark a candidate: who supervised or tutors them."""

from dataclasses import dataclass

from sqlalchemy import literal, select, union

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.exams.models import Osce, OsceCandidate, OsceExaminer
from trainingbase.faculty.models import FacultyMember
from trainingbase.rotations.models import Placement


@dataclass(frozen=True)
class Conflict:
    """`why` is tutor or supervisor."""

    examiner_id: int
    candidate_id: int
    why: str


def conflicts_of(session: Osce) -> list[Conflict]:
    """Of those who meet: in the same circuit, or in any while no circuits are given yet.  A
    supervisor is one of a placement that has begun by the day."""
    meets = (OsceExaminer.circuit == OsceCandidate.circuit) | OsceCandidate.circuit.is_(None)
    pairs = (
        select(OsceExaminer.id, OsceCandidate.id)
        .select_from(OsceExaminer)
        .join(OsceCandidate, (OsceCandidate.session_id == OsceExaminer.session_id) & meets)
        .join(Resident, Resident.id == OsceCandidate.resident_id)
        .where(OsceExaminer.session_id == session.id)
    )
    tutors = pairs.where(Resident.tutor_id == OsceExaminer.person_id)
    supervisors = (
        pairs.join(Placement, Placement.resident_id == Resident.id)
        .join(FacultyMember, FacultyMember.id == Placement.supervisor_id)
        .where(
            FacultyMember.person_id == OsceExaminer.person_id,
            Placement.cancelled_at.is_(None),
            Placement.published_at.is_not(None),
            Placement.starts_on <= session.held_on,
        )
    )
    found = db.session.execute(
        union(tutors.add_columns(literal("tutor")), supervisors.add_columns(literal("supervisor")))
    )
    return [Conflict(*row) for row in sorted(found, key=tuple)]
