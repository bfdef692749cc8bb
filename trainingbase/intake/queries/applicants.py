"""Applicants: lists, ranks, and who has reported in."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.enrolment.queries import with_number
from trainingbase.intake.models import Applicant, ApplicantDocument, Arrival, Intake
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.people.rules import sounds_of

TOTAL = Applicant.written + Applicant.interview
SORTS = {
    "name": Applicant.name,
    "written": Applicant.written,
    "interview": Applicant.interview,
    "total": TOTAL,
    "applied": Applicant.applied_at,
}


def applicants(
    viewer: Person, intake: Intake, *, search: str = "", state: str = "", sort: str = "-total"
) -> Select[tuple[Applicant]]:
    """`state`: open, enrolled, a decision, or empty for all."""
    rows = select(Applicant).where(Applicant.intake_id == intake.id)
    if search:
        rows = rows.where(
            or_(
                Applicant.name.contains(search, autoescape=True),
                with_number(Applicant.id_number, viewer, search),
                Applicant.home_institution.contains(search, autoescape=True),
                Applicant.school.contains(search, autoescape=True),
            )
        )
    if state == "enrolled":
        rows = rows.where(Applicant.resident_id.is_not(None))
    elif state == "open":
        rows = rows.where(Applicant.decision.is_(None))
    elif state:
        rows = rows.where(Applicant.decision == state, Applicant.resident_id.is_(None))
    column = SORTS.get(sort.lstrip("-"), TOTAL)
    order = column.desc() if sort.startswith("-") else column.asc()
    return rows.order_by(order.nulls_last(), Applicant.id)


def ranked(intake: Intake) -> Select[tuple[Applicant]]:
    """Who was admitted, then who is on reserve, the best first."""
    first = Applicant.decision == "admitted"
    return (
        select(Applicant)
        .where(Applicant.intake_id == intake.id, Applicant.decision.in_(("admitted", "reserve")))
        .order_by(first.desc(), TOTAL.desc().nulls_last(), Applicant.id)
    )


def all_of(rows: Select) -> Sequence:
    return db.session.scalars(rows).all()


def applicant_by_id(applicant_id: int) -> Applicant:
    return db.session.scalars(
        select(Applicant)
        .where(Applicant.id == applicant_id)
        .options(
            joinedload(Applicant.intake).joinedload(Intake.programme),
            joinedload(Applicant.decided_by),
            joinedload(Applicant.resident).joinedload(Resident.person),
            selectinload(Applicant.documents).joinedload(ApplicantDocument.file),
        )
    ).one()


def applicant_by_key(key: str | None) -> Applicant | None:
    if not key:
        return None
    return db.session.scalar(select(Applicant).where(Applicant.request_key == key))


def applicant_by_number(intake: Intake, id_number: str) -> Applicant | None:
    return db.session.scalar(
        select(Applicant).where(Applicant.intake_id == intake.id, Applicant.id_number == id_number)
    )


def same_in_intake(applicant: Applicant) -> Sequence[Applicant]:
    """Others of this intake who sound alike and were born on the same day: perhaps one person
    with a number mistyped."""
    others = db.session.scalars(
        select(Applicant).where(
            Applicant.intake_id == applicant.intake_id,
            Applicant.id != applicant.id,
            func.substr(Applicant.id_number, 7, 8) == applicant.id_number[6:14],
        )
    )
    return [one for one in others if sounds_of(one.name) == sounds_of(applicant.name)]


def document_by_id(document_id: int) -> ApplicantDocument:
    return db.session.scalars(
        select(ApplicantDocument)
        .where(ApplicantDocument.id == document_id)
        .options(joinedload(ApplicantDocument.file))
    ).one()


def reporting(
    intake: Intake, *, search: str = "", state: str = "", sort: str = "name"
) -> Select[tuple[Applicant]]:
    """Who became a resident of this intake.  `state`: missing, reported, or empty for all."""
    rows = (
        select(Applicant)
        .join(Applicant.resident)
        .join(Resident.person)
        .outerjoin(Arrival, Arrival.resident_id == Resident.id)
        .where(Applicant.intake_id == intake.id)
        .options(contains_eager(Applicant.resident).contains_eager(Resident.person))
    )
    if search:
        rows = rows.where(called(search))
    if state in ("missing", "reported"):
        there = Arrival.id.is_not(None)
        rows = rows.where(there if state == "reported" else ~there)
    column = Arrival.reported_at if sort.lstrip("-") == "reported" else Person.name
    order = column.desc() if sort.startswith("-") else column.asc()
    return rows.order_by(order.nulls_last(), Applicant.id)


def arrivals_of(residents: Iterable[int]) -> dict[int, Arrival]:
    """By resident."""
    rows = db.session.scalars(
        select(Arrival)
        .where(Arrival.resident_id.in_(list(residents)))
        .options(joinedload(Arrival.entered_by))
    )
    return {one.resident_id: one for one in rows}


def arrival_of(resident_id: int) -> Arrival | None:
    return db.session.scalar(select(Arrival).where(Arrival.resident_id == resident_id))


def enrolled_as(resident_id: int, intake: Intake) -> Applicant | None:
    return db.session.scalar(
        select(Applicant)
        .where(Applicant.resident_id == resident_id, Applicant.intake_id == intake.id)
        .limit(1)
    )
