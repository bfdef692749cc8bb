"""Who is paid how much and where, of a locked month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.incentives.models import BankAccount, BankColumn, Line, Run
from trainingbase.incentives.queries.runs import WITH_NAMES
from trainingbase.people.models import Person


@dataclass(frozen=True)
class Payout:
    """`amount` is what all lines of the month come to; below zero nothing is paid."""

    person_id: int
    name: str
    staff_number: str
    bank: str
    account: str
    amount: Decimal

    @property
    def is_payable(self) -> bool:
        return self.amount > 0 and bool(self.account)


def payouts(run: Run) -> list[Payout]:
    """By name; one statement."""
    rows = db.session.execute(
        select(
            Person.id, Person.name, func.max(FacultyMember.staff_number),
            func.max(BankAccount.bank), func.max(BankAccount.number), func.sum(Line.amount),
        )
        .join(Line, Line.payee_id == Person.id)
        .outerjoin(FacultyMember, FacultyMember.person_id == Person.id)
        .outerjoin(BankAccount, BankAccount.person_id == Person.id)
        .where(Line.run_id == run.id)
        .group_by(Person.id, Person.name)
        .order_by(Person.name, Person.id)
    )  # fmt: skip
    return [
        Payout(number, name, staff or "", bank or "", account or "", amount)
        for number, name, staff, bank, account, amount in rows
    ]


def columns() -> Sequence[BankColumn]:
    return db.session.scalars(select(BankColumn).order_by(BankColumn.position, BankColumn.id)).all()


def account_of(person_id: int) -> BankAccount | None:
    return db.session.get(BankAccount, person_id)


def payslip(viewer: Person, month_on: date) -> Sequence[Line]:
    """One's own lines of a locked month, none where there are none."""
    return db.session.scalars(
        select(Line)
        .join(Line.run)
        .where(Line.payee_id == viewer.id, Run.month_on == month_on, Run.approved_at.is_not(None))
        .options(contains_eager(Line.run), *WITH_NAMES)
        .order_by(Line.amount.desc(), Line.id)
    ).all()
