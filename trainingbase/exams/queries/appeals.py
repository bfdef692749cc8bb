"""Appeals: of one's own, and what waits for the office."""

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.exams.models import (
    ExamAppeal,
    ExamCandidate,
    ExamKind,
    ExamSitting,
    Osce,
    OsceCandidate,
)
from trainingbase.people.models import Person
from trainingbase.people.queries import called

WAITING = ExamAppeal.decided_at.is_(None) & ExamAppeal.withdrawn_at.is_(None)
STATES = {
    "waiting": WAITING,
    "upheld": ExamAppeal.decision == "upheld",
    "refused": ExamAppeal.decision == "refused",
    "withdrawn": ExamAppeal.withdrawn_at.is_not(None),
}


def _own(person: Person):
    """Of this person's own results."""
    mine = select(Resident.id).where(Resident.person_id == person.id)
    return or_(
        ExamAppeal.candidate_id.in_(
            select(ExamCandidate.id).where(ExamCandidate.resident_id.in_(mine))
        ),
        ExamAppeal.osce_candidate_id.in_(
            select(OsceCandidate.id).where(OsceCandidate.resident_id.in_(mine))
        ),
    )


def _whole() -> Select[tuple[ExamAppeal]]:
    return select(ExamAppeal).options(
        joinedload(ExamAppeal.candidate)
        .joinedload(ExamCandidate.sitting)
        .joinedload(ExamSitting.kind),
        joinedload(ExamAppeal.candidate)
        .joinedload(ExamCandidate.resident)
        .joinedload(Resident.person),
        joinedload(ExamAppeal.osce_candidate).joinedload(OsceCandidate.session),
        joinedload(ExamAppeal.osce_candidate)
        .joinedload(OsceCandidate.resident)
        .joinedload(Resident.person),
        joinedload(ExamAppeal.decided_by),
        selectinload(ExamAppeal.corrections),
    )


def by_key(form_key: str, person: Person) -> ExamAppeal | None:
    return db.session.scalars(
        _whole().where(ExamAppeal.form_key == form_key, _own(person))
    ).one_or_none()


def appeal_by_id(appeal_id: int) -> ExamAppeal:
    return db.session.scalars(_whole().where(ExamAppeal.id == appeal_id)).one()


def own_appeal(person: Person, appeal_id: int) -> ExamAppeal:
    return db.session.scalars(_whole().where(ExamAppeal.id == appeal_id, _own(person))).one()


def own_appeals(person: Person) -> Sequence[ExamAppeal]:
    return db.session.scalars(_whole().where(_own(person)).order_by(ExamAppeal.id.desc())).all()


def appeals(*, state: str = "", search: str = "") -> Select:
    """Columns: id, who, of which examination (names), its day, when made, decided, withdrawn,
    decision."""
    resident = or_(
        Resident.id == ExamCandidate.resident_id, Resident.id == OsceCandidate.resident_id
    )
    rows = (
        select(
            ExamAppeal.id,
            Person.name.label("who"),
            ExamKind.name.label("kind"),
            ExamKind.name_en.label("kind_en"),
            Osce.title,
            ExamSitting.held_on.label("sat_on"),
            Osce.held_on.label("went_on"),
            ExamAppeal.made_at,
            ExamAppeal.decided_at,
            ExamAppeal.withdrawn_at,
            ExamAppeal.decision,
        )
        .outerjoin(ExamCandidate, ExamCandidate.id == ExamAppeal.candidate_id)
        .outerjoin(ExamSitting, ExamSitting.id == ExamCandidate.sitting_id)
        .outerjoin(ExamKind, ExamKind.id == ExamSitting.kind_id)
        .outerjoin(OsceCandidate, OsceCandidate.id == ExamAppeal.osce_candidate_id)
        .outerjoin(Osce, Osce.id == OsceCandidate.session_id)
        .join(Resident, resident)
        .join(Person, Person.id == Resident.person_id)
    )
    if state in STATES:
        rows = rows.where(STATES[state])
    if search:
        rows = rows.where(called(search))
    return rows.order_by(ExamAppeal.decided_at.is_not(None), ExamAppeal.id.desc())
