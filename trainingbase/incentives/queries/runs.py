"""Runs, their lines, and sums of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.incentives.models import FundingSource, Line, Rate, Run
from trainingbase.incentives.queries.ledger import unusable_in
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.people.queries import called

PER_PAGE = 25
BY_WHOM = (joinedload(Run.computed_by), joinedload(Run.approved_by))
WITH_NAMES = (joinedload(Line.payee), joinedload(Line.rate), joinedload(Line.source))


def run_by_id(run_id: int) -> Run:
    return db.session.scalars(select(Run).where(Run.id == run_id).options(*BY_WHOM)).one()


def current_run(month_on: date) -> Run | None:
    return db.session.scalar(
        select(Run).where(Run.month_on == month_on, Run.replaced_at.is_(None)).options(*BY_WHOM)
    )


def page_of_runs(number: int):
    """Current runs, the newest month first, each with its lines, payees and total."""
    sums = (
        select(
            Line.run_id,
            func.count().label("lines"),
            func.count(Line.payee_id.distinct()).label("payees"),
            func.sum(Line.amount).label("total"),
        )
        .group_by(Line.run_id)
        .subquery()
    )
    rows = (
        select(Run, sums.c.lines, sums.c.payees, sums.c.total)
        .outerjoin(sums, sums.c.run_id == Run.id)
        .where(Run.replaced_at.is_(None))
        .options(*BY_WHOM)
        .order_by(Run.month_on.desc())
    )
    return paged_rows(rows, number)


class Page:
    """One page of rows of several columns (Flask-SQLAlchemy pages only whole models)."""

    def __init__(self, items: Sequence, number: int, total: int):
        self.items, self.page, self.total = items, number, total
        self.pages = -(-total // PER_PAGE)
        self.has_prev, self.has_next = number > 1, number < self.pages


def paged_rows(rows: Select, number: int) -> Page:
    number = max(1, min(number, 10**6))
    total = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
    items = db.session.execute(rows.limit(PER_PAGE).offset((number - 1) * PER_PAGE)).all()
    return Page(items, number, total)


def months_to_compute(*, today: date) -> list[date]:
    """From the first month with rates to the present one, the newest first; none without rates."""
    first = db.session.scalar(select(func.min(Rate.starts_on)))
    months: list[date] = []
    month_on = first_of_month(first) if first else today
    while first and month_on <= today:
        months.append(month_on)
        month_on = months_later(month_on, 1)
    return months[::-1][:36]


def earlier_runs(run: Run) -> Sequence[Run]:
    """Computations of the same month that were replaced, newest first."""
    return db.session.scalars(
        select(Run)
        .where(Run.month_on == run.month_on, Run.replaced_at.is_not(None), Run.id != run.id)
        .options(*BY_WHOM)
        .order_by(Run.computed_at.desc())
        .limit(10)
    ).all()


SORTS = {
    "payee": Person.name,
    "amount": Line.amount,
    "rule": Line.rule,
}


def lines_in(
    run: Run, *, search: str = "", rule: str = "", source: str = "", sort: str = "payee"
) -> Select[tuple[Line]]:
    """`source` is the id of a source, or "0" for lines without one; `sort` may begin with a -."""
    rows = select(Line).join(Line.payee).where(Line.run_id == run.id).options(*WITH_NAMES)
    if search:
        rows = rows.where(called(search))
    if rule:
        rows = rows.where(Line.rule == rule)
    if source.isdecimal():
        wanted = int(source[:9])
        rows = rows.where(Line.source_id == wanted if wanted else Line.source_id.is_(None))
    column = SORTS.get(sort.lstrip("-"), Person.name)
    return rows.order_by(column.desc() if sort.startswith("-") else column, Line.id)


def all_lines(run: Run) -> Sequence[Line]:
    return db.session.scalars(lines_in(run)).all()


@dataclass(frozen=True)
class Totals:
    lines: int
    payees: int
    amount: Decimal


def totals_of(run: Run) -> Totals:
    lines, payees, amount = db.session.execute(
        select(func.count(), func.count(Line.payee_id.distinct()), func.sum(Line.amount)).where(
            Line.run_id == run.id
        )
    ).one()
    return Totals(lines, payees, amount or Decimal(0))


def sums_by_source(run: Run) -> Sequence[tuple[FundingSource | None, int, Decimal]]:
    """Each source (None: the rate names none), its lines, and what they come to."""
    return db.session.execute(
        select(FundingSource, func.count(), func.sum(Line.amount))
        .select_from(Line)
        .outerjoin(FundingSource, FundingSource.id == Line.source_id)
        .where(Line.run_id == run.id)
        .group_by(FundingSource.id)
        .order_by(FundingSource.id.is_(None), FundingSource.id)
    ).all()


def sums_by_payee(run: Run, *, search: str = "") -> Select:
    """Each payee's id and name, their lines and their amount; the largest first."""
    rows = (
        select(Person.id, Person.name, func.count().label("lines"), func.sum(Line.amount))
        .join(Line, Line.payee_id == Person.id)
        .where(Line.run_id == run.id)
        .group_by(Person.id, Person.name)
        .order_by(func.sum(Line.amount).desc(), Person.id)
    )
    return rows.where(called(search)) if search else rows


def page_of_payees(run: Run, number: int, *, search: str = "") -> Page:
    return paged_rows(sums_by_payee(run, search=search), number)


@dataclass(frozen=True)
class RateUse:
    """A rate in force and what it came to in a run; `is_usable` unless no rule can use it."""

    rate: Rate
    is_usable: bool
    lines: int
    amount: Decimal


def rate_uses(run: Run) -> list[RateUse]:
    """Every rate in force in the month, those that nothing can use first."""
    unusable = {price.id for price in unusable_in(run.month_on)}
    sums = {
        rate_id: (lines, amount)
        for rate_id, lines, amount in db.session.execute(
            select(Line.rate_id, func.count(), func.sum(Line.amount))
            .where(Line.run_id == run.id)
            .group_by(Line.rate_id)
        )
    }
    rates = db.session.scalars(
        select(Rate)
        .where(
            Rate.starts_on <= run.month_on,
            Rate.ends_on.is_(None) | (Rate.ends_on > run.month_on),
        )
        .options(joinedload(Rate.source))
        .order_by(Rate.kind, Rate.id)
    ).all()
    uses = [
        RateUse(rate, rate.id not in unusable, *sums.get(rate.id, (0, Decimal(0))))
        for rate in rates
    ]
    return sorted(uses, key=lambda use: use.is_usable)


def finding_in(run: Run, number: int) -> dict:
    """One of the cases without a rate, counted from 1.  Raises `NoResultFound`."""
    if not 1 <= number <= len(run.findings):
        raise NoResultFound
    return run.findings[number - 1]


def payee_rows(run: Run) -> Sequence:
    return db.session.execute(sums_by_payee(run)).all()
