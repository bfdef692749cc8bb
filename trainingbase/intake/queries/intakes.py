"""Intakes and how far their plans are met."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.intake.models import Applicant, Arrival, Intake
from trainingbase.programmes.models import Programme


@dataclass(frozen=True)
class Counts:
    """Of one intake; who was admitted stays counted once enrolled."""

    applied: int = 0
    admitted: int = 0
    enrolled: int = 0
    reported: int = 0


SORTS = {"year": Intake.year, "planned": Intake.planned, "programme": Programme.name}


def intakes(*, search: str = "", sort: str = "-year") -> Select[tuple[Intake]]:
    rows = select(Intake).join(Intake.programme).options(contains_eager(Intake.programme))
    if search:
        ways = [
            Programme.name.contains(search, autoescape=True),
            Programme.name_en.icontains(search, autoescape=True),
            Programme.code.icontains(search, autoescape=True),
        ]
        if search.isdigit() and len(search) == 4:
            ways.append(Intake.year == int(search))
        rows = rows.where(or_(*ways))
    column = SORTS.get(sort.lstrip("-"), Intake.year)
    return rows.order_by(column.desc() if sort.startswith("-") else column, Intake.id)


def intake_by_id(intake_id: int) -> Intake:
    return db.session.scalars(
        select(Intake).where(Intake.id == intake_id).options(joinedload(Intake.programme))
    ).one()


def intake_by_key(key: str | None) -> Intake | None:
    return db.session.scalar(select(Intake).where(Intake.request_key == key)) if key else None


def intake_of(year: int, programme_id: int) -> Intake | None:
    return db.session.scalar(
        select(Intake).where(Intake.year == year, Intake.programme_id == programme_id)
    )


def counts(intake_ids: Iterable[int]) -> dict[int, Counts]:
    """In one statement; an intake without applicants has none of its own."""
    rows = db.session.execute(
        select(
            Applicant.intake_id,
            func.count(Applicant.id),
            func.count(Applicant.id).filter(Applicant.decision == "admitted"),
            func.count(Applicant.resident_id),
            func.count(Arrival.id),
        )
        .outerjoin(
            Arrival,
            (Arrival.resident_id == Applicant.resident_id)
            & (Arrival.intake_id == Applicant.intake_id),
        )
        .where(Applicant.intake_id.in_(list(intake_ids)))
        .group_by(Applicant.intake_id)
    )
    return {intake_id: Counts(*numbers) for intake_id, *numbers in rows}


def taken(intake: Intake) -> int:
    """How many places of the plan are given."""
    given = select(func.count()).where(
        Applicant.intake_id == intake.id, Applicant.decision == "admitted"
    )
    return db.session.scalar(given) or 0


def expected_intake(resident_id: int) -> Intake | None:
    """Where this resident should report in, or has."""
    return db.session.scalar(
        select(Intake)
        .join(Applicant, Applicant.intake_id == Intake.id)
        .where(Applicant.resident_id == resident_id)
        .order_by(Intake.year.desc(), Intake.id.desc())
        .limit(1)
    )
