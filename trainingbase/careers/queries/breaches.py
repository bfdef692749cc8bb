"""What a breach of an obligation costs, and its waivers and payments."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.careers.models import Breach, Payment, Waiver
from trainingbase.careers.queries.bonds import WHOLE, Case, stretches_of, terms_of
from trainingbase.careers.rules import breaching, serving
from trainingbase.courses.queries.paying import months_between
from trainingbase.db import db
from trainingbase.enrolment.models import Obligation, Resident
from trainingbase.incentives.models import Line, Run

STIPEND = "stipend"


def facts_of(case: Case, noted_on: date) -> breaching.Case:
    """Of a breach on that day: what was served before it, and what the training cost."""
    resident, rule = case.resident, case.rule
    found = serving.balance(
        terms_of(case.obligation, rule), stretches_of(resident, case.employments), noted_on
    )
    free_on = min(day for day in (resident.left_on, resident.ends_on, noted_on) if day)
    months = Decimal(0)
    if resident.starts_on is not None and resident.starts_on < free_on:
        months = months_between(resident.starts_on, free_on)
    return breaching.Case(
        training_months=months,
        paid=_paid(resident, noted_on),
        years=case.obligation.years,
        owed_days=found.owed_days,
        served_days=found.served_days,
    )


def _paid(resident: Resident, until: date) -> Decimal:
    """What approved runs of months before `until` paid as stipend."""
    paid = db.session.scalar(
        select(func.sum(Line.amount))
        .join(Line.run)
        .where(
            Line.payee_id == resident.person_id,
            Line.rule == STIPEND,
            Run.approved_at.is_not(None),
            Run.replaced_at.is_(None),
            Run.month_on < until,
        )
    )
    return paid or Decimal(0)


def reckoned(case: Case, noted_on: date) -> tuple[breaching.Case, list[breaching.Line]]:
    """By the rule of the case, which must have one."""
    assert case.rule is not None
    facts = facts_of(case, noted_on)
    items = [
        breaching.Item(one.kind, one.name, one.name_en, one.amount, one.per, one.by_unserved)
        for one in case.rule.items
    ]
    return facts, breaching.reckoned(items, facts, case.rule.step)


def as_data(facts: breaching.Case, lines: Sequence[breaching.Line]) -> dict:
    """As it is kept with the breach; amounts are texts, so that nothing is lost."""
    return {
        "training_months": str(facts.training_months),
        "paid": str(facts.paid),
        "years": str(facts.years),
        "owed_days": facts.owed_days,
        "served_days": str(facts.served_days),
        "lines": [
            {
                "kind": one.item.kind,
                "name": one.item.name,
                "name_en": one.item.name_en,
                "amount": str(one.item.amount),
                "per": one.item.per,
                "by_unserved": one.item.by_unserved,
                "quantity": str(one.quantity),
                "gross": str(one.gross),
                "result": str(one.amount),
            }
            for one in lines
        ],
    }


def breach_by_key(key: str | None) -> Breach | None:
    return db.session.scalar(select(Breach).where(Breach.request_key == key)) if key else None


def breach_by_id(breach_id: int) -> Breach:
    return db.session.scalars(
        select(Breach)
        .where(Breach.id == breach_id)
        .options(
            *WHOLE, joinedload(Breach.obligation).joinedload(Obligation.resident)
            .joinedload(Resident.person),
        )
    ).one()  # fmt: skip


def waiver_by_key(key: str | None) -> Waiver | None:
    return db.session.scalar(select(Waiver).where(Waiver.request_key == key)) if key else None


def payment_by_key(key: str | None) -> Payment | None:
    return db.session.scalar(select(Payment).where(Payment.request_key == key)) if key else None


def cancelled_of(obligation_id: int) -> Sequence[Breach]:
    return db.session.scalars(
        select(Breach)
        .where(Breach.obligation_id == obligation_id, Breach.cancelled_at.is_not(None))
        .options(joinedload(Breach.cancelled_by))
        .order_by(Breach.id)
    ).all()


def waivers_waiting() -> Select[tuple[Waiver]]:
    return (
        select(Waiver)
        .where(Waiver.granted.is_(None))
        .options(
            joinedload(Waiver.proposed_by),
            joinedload(Waiver.breach)
            .joinedload(Breach.obligation)
            .joinedload(Obligation.resident)
            .joinedload(Resident.person),
        )
        .order_by(Waiver.id)
    )


def waivers() -> Sequence[Waiver]:
    return db.session.scalars(waivers_waiting()).all()


def payments_in(year: int) -> Sequence[Payment]:
    """All received in a calendar year, reversed ones too, for the bookkeeping."""
    return db.session.scalars(
        select(Payment)
        .where(Payment.paid_on >= date(year, 1, 1), Payment.paid_on < date(year + 1, 1, 1))
        .options(
            joinedload(Payment.received_by),
            selectinload(Payment.breach)
            .joinedload(Breach.obligation)
            .joinedload(Obligation.resident)
            .joinedload(Resident.person),
        )
        .order_by(Payment.paid_on, Payment.id)
    ).all()
