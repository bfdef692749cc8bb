"""Runs, their lines, and sums of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.incentives.models import (
    Approval,
    FundingSource,
    Line,
    Rate,
    Run,
    Version,
)
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.people.queries import called
from trainingbase.roles import Role
from trainingbase.sites.models import Department, Institution

PER_PAGE = 25
BY_WHOM = (
    joinedload(Run.computed_by),
    joinedload(Run.approved_by),
    selectinload(Run.approvals).joinedload(Approval.person),
)
WITH_NAMES = (
    joinedload(Line.payee),
    joinedload(Line.rate),
    joinedload(Line.source),
    joinedload(Line.department),
    joinedload(Line.institution),
)
PAID_NAME = func.coalesce(Person.name, Department.name, Institution.name)
"""Of whom a line pays: a person, or else a department, or else a site."""


def payees_counted():
    """Of the lines of a statement."""
    is_person = Line.payee_id.is_not(None)
    department = case((is_person, None), else_=Line.department_id)
    site = case((or_(is_person, Line.department_id.is_not(None)), None), else_=Line.institution_id)
    return (
        func.count(Line.payee_id.distinct())
        + func.count(department.distinct())
        + func.count(site.distinct())
    )


def with_payees(rows: Select) -> Select:
    """Joined with whom a line may pay."""
    return (
        rows.outerjoin(Person, Person.id == Line.payee_id)
        .outerjoin(Department, Department.id == Line.department_id)
        .outerjoin(Institution, Institution.id == Line.institution_id)
    )


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
            payees_counted().label("payees"),
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


def awaits(run: Run, viewer: Person) -> bool:
    """Whether this person's approval is the next one wanted."""
    if run.is_approved or not run.is_current or run.was_computed_early:
        return False
    if viewer.id in {one.person_id for one in run.approvals}:
        return False
    return viewer.holds(Role.LEADER if run.approvals else Role.OFFICE)


def months_to_compute(*, today: date) -> list[date]:
    """From the first month with rates, or with a rule of the base's own, to the present one, the
    newest first; none without either."""
    own = select(func.min(Version.starts_on)).where(Version.pay != "rate")
    starts = [db.session.scalar(select(func.min(Rate.starts_on))), db.session.scalar(own)]
    first = min((one for one in starts if one is not None), default=None)
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
    "payee": PAID_NAME,
    "amount": Line.amount,
    "rule": Line.rule,
}


def lines_in(
    run: Run, *, search: str = "", rule: str = "", source: str = "", sort: str = "payee"
) -> Select[tuple[Line]]:
    """`source` is the id of a source, or "0" for lines without one; `sort` may begin with a -."""
    rows = with_payees(select(Line)).where(Line.run_id == run.id).options(*WITH_NAMES)
    if search:
        rows = rows.where(_named(search))
    if rule:
        rows = rows.where(Line.rule == rule)
    if source.isdecimal():
        wanted = int(source[:9])
        rows = rows.where(Line.source_id == wanted if wanted else Line.source_id.is_(None))
    column = SORTS.get(sort.lstrip("-"), PAID_NAME)
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
        select(func.count(), payees_counted(), func.sum(Line.amount)).where(Line.run_id == run.id)
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
    """Each payee's id (None: a department or site) and name, their lines and their amount; the
    largest first."""
    rows = (
        with_payees(
            select(Line.payee_id, PAID_NAME, func.count().label("lines"), func.sum(Line.amount))
        )
        .where(Line.run_id == run.id)
        .group_by(Line.payee_id, PAID_NAME)
        .order_by(func.sum(Line.amount).desc(), Line.payee_id, PAID_NAME)
    )
    return rows.where(_named(search)) if search else rows


def _named(search: str):
    return or_(
        called(search),
        and_(Line.payee_id.is_(None), PAID_NAME.contains(search, autoescape=True)),
    )


def page_of_payees(run: Run, number: int, *, search: str = "") -> Page:
    return paged_rows(sums_by_payee(run, search=search), number)


def finding_in(run: Run, number: int) -> dict:
    """One of the cases without a rate, counted from 1.  Raises `NoResultFound`."""
    if not 1 <= number <= len(run.findings):
        raise NoResultFound
    return run.findings[number - 1]


def payee_rows(run: Run) -> Sequence:
    return db.session.execute(sums_by_payee(run)).all()


def everything(rows: Select) -> Sequence:
    """All rows of a list, for a file."""
    return db.session.scalars(rows).all()
