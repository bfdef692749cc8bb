"""Earlier training that was asked to be counted."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Credit, CreditClaim, Resident
from trainingbase.enrolment.queries.residents import seen_by
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.programmes.models import Requirement


def claims_of(resident: Resident) -> Sequence[CreditClaim]:
    return db.session.scalars(
        select(CreditClaim)
        .where(CreditClaim.resident_id == resident.id)
        .options(joinedload(CreditClaim.standard_department))
        .order_by(CreditClaim.id)
    ).all()


def claim_by_key(key: str | None) -> CreditClaim | None:
    if not key:
        return None
    return db.session.scalar(select(CreditClaim).where(CreditClaim.request_key == key))


def claim_by_id(viewer: Person, claim_id: int) -> CreditClaim:
    """Raises `NoResultFound` for one of somebody whom the viewer may not see."""
    return db.session.scalars(
        _with_names().where(CreditClaim.id == claim_id, seen_by(viewer))
    ).one()


def _with_names() -> Select[tuple[CreditClaim]]:
    return (
        select(CreditClaim)
        .join(CreditClaim.resident)
        .join(Resident.person)
        .options(
            contains_eager(CreditClaim.resident).contains_eager(Resident.person),
            contains_eager(CreditClaim.resident).joinedload(Resident.cohort),
            joinedload(CreditClaim.standard_department),
            joinedload(CreditClaim.file),
            joinedload(CreditClaim.asked_by),
            joinedload(CreditClaim.decided_by),
        )
    )


STATES = {
    "waiting": CreditClaim.approved.is_(None),
    "approved": CreditClaim.approved.is_(True),
    "refused": CreditClaim.approved.is_(False),
}
SORTS = {"name": Person.name, "asked": CreditClaim.asked_at, "months": CreditClaim.months}


def claims(*, search: str, state: str, sort: str) -> Select[tuple[CreditClaim]]:
    """`state` is a key of `STATES`, or empty for all."""
    rows = _with_names()
    if search:
        rows = rows.where(called(search))
    if state in STATES:
        rows = rows.where(STATES[state])
    column = SORTS.get(sort.lstrip("-"), CreditClaim.asked_at)
    return rows.order_by(column.desc() if sort.startswith("-") else column, CreditClaim.id)


def claims_waiting() -> int:
    waiting = select(func.count()).select_from(CreditClaim).where(STATES["waiting"])
    return db.session.scalar(waiting) or 0


def months_approved() -> dict[tuple[int, int], Decimal]:
    """By resident and standard department, what was asked for here and approved."""
    rows = db.session.execute(
        select(
            CreditClaim.resident_id,
            CreditClaim.standard_department_id,
            func.sum(CreditClaim.months),
        )
        .where(STATES["approved"])
        .group_by(CreditClaim.resident_id, CreditClaim.standard_department_id)
    )
    return {(resident, standard): Decimal(months) for resident, standard, months in rows}


def credit_of(claim: CreditClaim) -> Credit | None:
    """What counts already of this resident for this department, from elsewhere."""
    return db.session.scalar(
        select(Credit).where(
            Credit.resident_id == claim.resident_id,
            Credit.standard_department_id == claim.standard_department_id,
            Credit.kind == "accepted",
        )
    )


def months_required(claim: CreditClaim) -> Decimal:
    """What the resident's programme asks for in this department; 0 where it asks for nothing."""
    return db.session.scalar(
        select(Requirement.months)
        .join(Resident, Resident.programme_id == Requirement.programme_id)
        .where(
            Resident.id == claim.resident_id,
            Requirement.standard_department_id == claim.standard_department_id,
        )
    ) or Decimal(0)
