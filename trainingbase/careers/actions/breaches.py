"""A breach: declared, taken back, waived by two people, paid."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.careers.actions.bonds import use
from trainingbase.careers.models import AlreadyDecided, Breach, Payment, SameTwo, Waiver
from trainingbase.careers.queries import bonds
from trainingbase.careers.queries import breaches as queries
from trainingbase.careers.rules.breaching import total
from trainingbase.db import db, hold
from trainingbase.enrolment.models import Obligation
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role


class NoRule(Exception):
    """No rule says what a breach costs."""


class NothingOwed(Exception):
    """All is served by that day: there is nothing to break."""


class TooMuch(Exception):
    """More than is open, which is `open_amount`."""

    def __init__(self, open_amount: Decimal):
        super().__init__(open_amount)
        self.open_amount = open_amount


def path_of(breach: Breach) -> str:
    return f"/careers/obligations/{breach.obligation_id}"


def declare(
    obligation: Obligation,
    *,
    kind: str,
    noted_on: date,
    due_on: date | None,
    note: str | None,
    file: Upload | None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Breach:
    """Reckon and keep what it costs.  Sent twice it is one.  Raises `NoRule`, `NothingOwed`,
    `AlreadyDecided` (a breach stands, or the obligation has ended)."""
    hold(obligation, "version", "ended_on")
    known = queries.breach_by_key(request_key)
    if known is not None:
        return known
    case = bonds.case_of(obligation.id, today=noted_on)
    if case.breach is not None or obligation.ended_on is not None:
        db.session.rollback()
        raise AlreadyDecided
    if case.rule is None:
        raise NoRule
    use(case.rule, at=at)
    facts, lines = queries.reckoned(case, noted_on)
    if facts.unserved_days <= 0:
        db.session.rollback()
        raise NothingOwed
    made = Breach(
        obligation_id=obligation.id, rule_id=case.rule.id, kind=kind, noted_on=noted_on,
        due_on=due_on, note=note, reckoned=queries.as_data(facts, lines),
        repayment=total(lines, "repayment"), penalty=total(lines, "penalty"),
        declared_at=at, declared_by_id=by.id, request_key=request_key or None,
    )  # fmt: skip
    if file is not None:
        made.file = keep(file, by=by, at=at)
    db.session.add(made)
    db.session.flush()
    record("declare-breach", made, by=by, at=at, kind=kind, total=str(made.total))
    _tell(made, "bond-broken", at=at, amount=str(made.total))
    db.session.commit()
    return made


def _tell(breach: Breach, kind: str, *, at: datetime, **facts: Any) -> None:
    person_id = breach.obligation.resident.person_id
    leave(kind, to_ids=[person_id], at=at, path=path_of(breach), **facts)


def cancel(breach: Breach, *, why: str, by: Person, at: datetime) -> None:
    """It was no breach after all.  Raises `AlreadyDecided` where money came or was waived."""
    hold(breach)
    if breach.cancelled_at is not None or breach.paid or breach.waived or breach.waiver_waiting:
        db.session.rollback()
        raise AlreadyDecided
    breach.cancelled_at, breach.cancelled_by_id, breach.cancelled_why = at, by.id, why
    record("cancel-breach", breach, by=by, at=at)
    _tell(breach, "bond-breach-cancelled", at=at, because=why)
    db.session.commit()


def propose_waiver(
    breach: Breach,
    amount: Decimal,
    why: str,
    *,
    file: Upload | None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Waiver:
    """Somebody else decides.  Raises `TooMuch`, `AlreadyDecided` (one waits already)."""
    hold(breach)
    known = queries.waiver_by_key(request_key)
    if known is not None:
        return known
    if breach.cancelled_at is not None or breach.waiver_waiting is not None:
        db.session.rollback()
        raise AlreadyDecided
    _refuse_more(breach, amount)
    made = Waiver(
        breach_id=breach.id, amount=amount, why=why, proposed_at=at, proposed_by_id=by.id,
        request_key=request_key or None,
    )  # fmt: skip
    if file is not None:
        made.file = keep(file, by=by, at=at)
    db.session.add(made)
    db.session.flush()
    record("propose-waiver", made, by=by, at=at, amount=str(amount))
    others = {one.id for one in holders_of(Role.OFFICE, Role.LEADER)} - {by.id}
    leave(
        "waiver-asked", to_ids=others, at=at, path=path_of(breach), by=by.name,
        name=breach.obligation.resident.person.name, amount=str(amount),
    )  # fmt: skip
    db.session.commit()
    return made


def _refuse_more(breach: Breach, amount: Decimal) -> None:
    db.session.refresh(breach, ["waivers", "payments"])
    if amount > breach.open_amount:
        db.session.rollback()
        raise TooMuch(breach.open_amount)


def decide_waiver(
    waiver: Waiver,
    *,
    granted: bool,
    reason: str | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """By somebody else than who proposed it.  Raises `SameTwo`, `AlreadyDecided`, `TooMuch`,
    `Stale`."""
    if waiver.proposed_by_id == by.id:
        raise SameTwo
    hold(waiver.breach)
    waiver.expect(version)
    if waiver.granted is not None or waiver.breach.cancelled_at is not None:
        db.session.rollback()
        raise AlreadyDecided
    if granted:
        _refuse_more(waiver.breach, waiver.amount)
    waiver.granted, waiver.decided_at, waiver.decided_by_id = granted, at, by.id
    waiver.reason = reason
    record("decide-waiver", waiver, by=by, at=at, granted=granted)
    person_id = waiver.breach.obligation.resident.person_id
    to = [waiver.proposed_by_id, *([person_id] if granted else [])]
    leave(
        "waiver-decided", to_ids=to, at=at, path=path_of(waiver.breach),
        amount=str(waiver.amount), granted=granted,
        name=waiver.breach.obligation.resident.person.name,
    )  # fmt: skip
    db.session.commit()


def receive(
    breach: Breach,
    amount: Decimal,
    paid_on: date,
    receipt: str | None,
    *,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Payment:
    """Money has come.  Sent twice it is one.  Raises `TooMuch`, `AlreadyDecided`."""
    hold(breach)
    known = queries.payment_by_key(request_key)
    if known is not None:
        return known
    if breach.cancelled_at is not None:
        db.session.rollback()
        raise AlreadyDecided
    _refuse_more(breach, amount)
    made = Payment(
        breach_id=breach.id, amount=amount, paid_on=paid_on, receipt=receipt, received_at=at,
        received_by_id=by.id, request_key=request_key or None,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record("receive-payment", made, by=by, at=at, amount=str(amount))
    db.session.refresh(breach, ["payments"])
    _tell(breach, "bond-paid", at=at, amount=str(amount), left=str(breach.open_amount))
    db.session.commit()
    return made


def reverse(payment: Payment, *, why: str, by: Person, at: datetime) -> None:
    """It was entered in error.  Raises `AlreadyDecided`."""
    hold(payment.breach, "version")
    hold(payment)
    if payment.reversed_at is not None:
        db.session.rollback()
        raise AlreadyDecided
    payment.reversed_at, payment.reversed_by_id, payment.reversed_why = at, by.id, why
    record("reverse-payment", payment, by=by, at=at, amount=str(payment.amount))
    _tell(payment.breach, "bond-payment-reversed", at=at, amount=str(payment.amount), because=why)
    db.session.commit()
