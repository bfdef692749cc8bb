"""Who is paid how much and where, of a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import case, func, literal_column, or_, select
from sqlalchemy.orm import contains_eager

from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.incentives.models import (
    Approval,
    BankAccount,
    BankColumn,
    Line,
    PlaceAccount,
    Run,
)
from trainingbase.incentives.queries.runs import PAID_NAME, WITH_NAMES
from trainingbase.people.models import Person
from trainingbase.sites.models import Department, Institution

ZERO = Decimal(0)
STATES = ("paid", "no-account", "nothing")
"""In the bank file; not there for want of an account; not there because nothing is left to pay."""

KIND = case(
    (Line.payee_id.is_not(None), "person"),
    (Line.department_id.is_not(None), "department"),
    else_="site",
)
PAYEE = func.coalesce(Line.payee_id, Line.department_id, Line.institution_id)
Key = tuple[str, int]
"""Whether a person, a department or a site is paid, and which."""


@dataclass(frozen=True)
class Payout:
    """`due` is what all lines of the month come to; `carried`, never above zero, what earlier
    locked months took back and could not, since nobody pays the bank a negative amount."""

    kind: str
    id: int
    name: str
    holder: str
    staff_number: str
    bank: str
    account: str
    due: Decimal
    carried: Decimal

    @property
    def amount(self) -> Decimal:
        return self.due + self.carried

    @property
    def state(self) -> str:
        if self.amount <= 0:
            return "nothing"
        return "paid" if self.account else "no-account"

    @property
    def is_payable(self) -> bool:
        return self.state == "paid"


def payouts(run: Run) -> list[Payout]:
    """Of everybody with a line, by name; of those with nothing but a debt none.  Three
    statements."""
    sums = (
        select(KIND.label("kind"), PAYEE.label("payee"), func.sum(Line.amount).label("due"))
        .where(Line.run_id == run.id)
        .group_by(literal_column("1"), literal_column("2"))
        .subquery()
    )
    is_kind = {one: sums.c.kind == one for one in ("person", "department", "site")}
    rows = db.session.execute(
        select(
            sums.c.kind, sums.c.payee, PAID_NAME, PlaceAccount.holder, FacultyMember.staff_number,
            func.coalesce(BankAccount.bank, PlaceAccount.bank),
            func.coalesce(BankAccount.number, PlaceAccount.number), sums.c.due,
        )
        .select_from(sums)
        .outerjoin(Person, is_kind["person"] & (Person.id == sums.c.payee))
        .outerjoin(Department, is_kind["department"] & (Department.id == sums.c.payee))
        .outerjoin(Institution, is_kind["site"] & (Institution.id == sums.c.payee))
        .outerjoin(FacultyMember, FacultyMember.person_id == Person.id)
        .outerjoin(BankAccount, BankAccount.person_id == Person.id)
        .outerjoin(
            PlaceAccount,
            or_(
                PlaceAccount.department_id == Department.id,
                PlaceAccount.institution_id == Institution.id,
            ),
        )
        .order_by(PAID_NAME, sums.c.kind, sums.c.payee)
    )  # fmt: skip
    owed = carried_into(run)
    return [
        Payout(kind, payee, name or "—", holder or name or "—", staff or "", bank or "",
               account or "", due, owed.get((kind, payee), ZERO))
        for kind, payee, name, holder, staff, bank, account, due in rows
    ]  # fmt: skip


def carried_into(run: Run, *, person_id: int | None = None) -> dict[Key, Decimal]:
    """What months locked before this one leave to be taken off, by payee; in the order of their
    locking, which stays, whatever a clock said.  Of those only whom a month left below zero."""
    locked = (
        select(Approval.run_id, func.max(Approval.id).label("number"))
        .group_by(Approval.run_id)
        .subquery()
    )
    order = func.coalesce(locked.c.number, 0)
    months = (
        select(
            KIND.label("kind"), PAYEE.label("payee"), order.label("number"),
            Run.approved_at.label("at"), func.sum(Line.amount).label("amount"),
        )
        .join(Run, Run.id == Line.run_id)
        .outerjoin(locked, locked.c.run_id == Run.id)
        .where(Run.approved_at.is_not(None), Run.id != run.id)
        .group_by(literal_column("1"), literal_column("2"), Run.id, Run.approved_at, order)
    )  # fmt: skip
    if run.approved_at is not None:
        own = db.session.scalar(select(func.max(Approval.id)).where(Approval.run_id == run.id)) or 0
        earlier = (order == own) & (Run.approved_at < run.approved_at)
        months = months.where(or_(order < own, earlier))
    if person_id is not None:
        months = months.where(Line.payee_id == person_id)
    sums = months.subquery()
    lowest = func.min(sums.c.amount).over(partition_by=(sums.c.kind, sums.c.payee))
    every = select(sums, lowest.label("lowest")).subquery()
    rows = db.session.execute(
        select(every.c.kind, every.c.payee, every.c.amount)
        .where(every.c.lowest < 0)
        .order_by(every.c.number, every.c.at)
    )
    owed: dict[Key, Decimal] = {}
    for kind, payee, amount in rows:
        owed[kind, payee] = min(ZERO, owed.get((kind, payee), ZERO) + amount)
    return owed


def carried_for(person: Person, run: Run) -> Decimal:
    """The same of one person."""
    return carried_into(run, person_id=person.id).get(("person", person.id), ZERO)


SORTS = {
    "payee": lambda one: one.name,
    "amount": lambda one: one.amount,
    "state": lambda one: STATES.index(one.state),
}


def chosen(
    rows: Sequence[Payout], *, search: str = "", kind: str = "", state: str = "", sort: str = ""
) -> list[Payout]:
    """Of payouts that stand in the order of names; `sort` may begin with a -."""
    found = [
        one
        for one in rows
        if search.casefold() in one.name.casefold()
        and kind in ("", one.kind)
        and state in ("", one.state)
    ]
    key = SORTS.get(sort.removeprefix("-"))
    return sorted(found, key=key, reverse=sort.startswith("-")) if key else found


@dataclass(frozen=True)
class PayoutSum:
    state: str
    payees: int
    amount: Decimal


def sums_of(rows: Sequence[Payout]) -> list[PayoutSum]:
    """By state; the amounts come to what the lines come to, with what was carried over."""
    return [
        PayoutSum(state, len(those), sum((one.amount for one in those), ZERO))
        for state in STATES
        for those in [[one for one in rows if one.state == state]]
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
