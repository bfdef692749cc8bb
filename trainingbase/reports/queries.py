"""Reports that were made, and the layout of the return."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.reports.models import Report, ReturnColumn


def reports(*, kind: str = "", tongue: str = "") -> Select[tuple[Report]]:
    rows = select(Report).options(joinedload(Report.made_by))
    if kind:
        rows = rows.where(Report.kind == kind)
    if tongue:
        rows = rows.where(Report.language == tongue)
    return rows.order_by(Report.starts_on.desc(), Report.kind, Report.edition.desc(), Report.id)


def report_by_id(report_id: int) -> Report:
    return db.session.scalars(select(Report).where(Report.id == report_id)).one()


def newest(kind: str, starts_on: date, tongue: str) -> Report | None:
    return db.session.scalars(
        select(Report)
        .where(Report.kind == kind, Report.starts_on == starts_on, Report.language == tongue)
        .order_by(Report.edition.desc())
        .limit(1)
    ).one_or_none()


def columns() -> Sequence[ReturnColumn]:
    rows = select(ReturnColumn).order_by(ReturnColumn.position, ReturnColumn.id)
    return db.session.scalars(rows).all()


def column_by_id(column_id: int) -> ReturnColumn:
    return db.session.scalars(select(ReturnColumn).where(ReturnColumn.id == column_id)).one()


def column_by_key(key: str) -> ReturnColumn | None:
    return db.session.scalar(select(ReturnColumn).where(ReturnColumn.request_key == key))


def all_of(rows: Select[tuple[Report]]) -> Sequence[Report]:
    return db.session.scalars(rows).all()
