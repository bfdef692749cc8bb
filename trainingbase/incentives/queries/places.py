"""Departments and sites, and where each is paid."""

from collections.abc import Sequence

from sqlalchemy import Select, func, literal, null, select, union_all

from trainingbase.db import db
from trainingbase.incentives.models import Line, PlaceAccount, Run
from trainingbase.sites.models import Department, Institution

KINDS = ("department", "site")


def places(*, search: str = "", kind: str = "", account: str = "") -> Select:
    """Kind, id, name and (of a department) the site's, each in both languages; holder, bank and
    number of the account; what locked months paid the place itself.  Those paid come first.
    `account` is known or missing (of those that were paid)."""
    paid = (
        select(
            Line.department_id.label("department"), Line.institution_id.label("site"),
            func.sum(Line.amount).label("paid"),
        )
        .join(Run, Run.id == Line.run_id)
        .where(Line.payee_id.is_(None), Run.approved_at.is_not(None))
        .group_by(Line.department_id, Line.institution_id)
        .subquery()
    )  # fmt: skip
    of_departments = (
        select(paid.c.department, func.sum(paid.c.paid).label("paid"))
        .where(paid.c.department.is_not(None))
        .group_by(paid.c.department)
        .subquery()
    )
    departments = (
        select(
            literal("department").label("kind"), Department.id.label("id"), Department.name,
            Department.name_en, Institution.name.label("of"), Institution.name_en.label("of_en"),
            PlaceAccount.holder, PlaceAccount.bank, PlaceAccount.number, of_departments.c.paid,
        )
        .join(Institution, Institution.id == Department.institution_id)
        .outerjoin(PlaceAccount, PlaceAccount.department_id == Department.id)
        .outerjoin(of_departments, of_departments.c.department == Department.id)
    )  # fmt: skip
    sites = (
        select(
            literal("site"), Institution.id, Institution.name, Institution.name_en, null(), null(),
            PlaceAccount.holder, PlaceAccount.bank, PlaceAccount.number, paid.c.paid,
        )
        .outerjoin(PlaceAccount, PlaceAccount.institution_id == Institution.id)
        .outerjoin(paid, (paid.c.site == Institution.id) & paid.c.department.is_(None))
    )  # fmt: skip
    both = union_all(departments, sites).subquery()
    rows = select(both)
    if search:
        rows = rows.where(
            both.c.name.contains(search, autoescape=True)
            | both.c.of.contains(search, autoescape=True)
        )
    if kind in KINDS:
        rows = rows.where(both.c.kind == kind)
    if account == "known":
        rows = rows.where(both.c.number.is_not(None))
    elif account == "missing":
        rows = rows.where(both.c.number.is_(None), both.c.paid.is_not(None))
    return rows.order_by(
        both.c.paid.is_(None), both.c.kind.desc(), both.c.of, both.c.name, both.c.id
    )


def rows_of(rows: Select) -> Sequence:
    """The whole list, for a file."""
    return db.session.execute(rows).all()


def place(kind: str, number: int) -> Department | Institution:
    """Raises `NoResultFound`."""
    model = Department if kind == "department" else Institution
    return db.session.scalars(select(model).where(model.id == number)).one()


def account_of_place(kind: str, number: int) -> PlaceAccount | None:
    column = PlaceAccount.department_id if kind == "department" else PlaceAccount.institution_id
    return db.session.scalar(select(PlaceAccount).where(column == number))
