"""Visits, and what was found."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from trainingbase.db import db
from trainingbase.people.models import Person
from trainingbase.sites.models import Finding, Institution, Visit
from trainingbase.sites.queries.network import seen_by


def visits_listed(
    viewer: Person, *, institution_id: int = 0, kind: str = "", search: str = "", sort: str = ""
) -> Select[tuple[Visit]]:
    """Newest first unless sorted, with their findings."""
    rows = (
        select(Visit)
        .join(Visit.institution)
        .where(seen_by(viewer))
        .options(
            contains_eager(Visit.institution),
            selectinload(Visit.findings),
            joinedload(Visit.file),
        )
    )
    if institution_id:
        rows = rows.where(Visit.institution_id == institution_id)
    if kind:
        rows = rows.where(Visit.kind == kind)
    if search:
        rows = rows.where(
            or_(
                Visit.visitors.contains(search, autoescape=True),
                Visit.summary.contains(search, autoescape=True),
                Institution.name.contains(search, autoescape=True),
            )
        )
    column = {"site": Institution.name, "when": Visit.visited_on}.get(sort.removeprefix("-"))
    if column is not None:
        rows = rows.order_by(column.desc() if sort.startswith("-") else column.asc())
    return rows.order_by(Visit.visited_on.desc(), Visit.id.desc())


def visit_for(viewer: Person, visit_id: int) -> Visit:
    return db.session.scalars(
        visits_listed(viewer)
        .where(Visit.id == visit_id)
        .options(
            selectinload(Visit.findings).joinedload(Finding.evidence),
            selectinload(Visit.findings).joinedload(Finding.done_by),
        )
    ).one()


def visit_by_key(key: str | None) -> Visit | None:
    if not key:
        return None
    return db.session.scalar(select(Visit).where(Visit.request_key == key))


def findings_listed(
    viewer: Person, *, state: str, institution_id: int, today: date
) -> Select[tuple[Finding]]:
    """What is due first, first; `state` is overdue, open, done or empty for all."""
    rows = (
        select(Finding)
        .join(Finding.visit)
        .join(Visit.institution)
        .where(seen_by(viewer))
        .options(contains_eager(Finding.visit).contains_eager(Visit.institution))
    )
    if state in ("open", "overdue"):
        rows = rows.where(Finding.done_on.is_(None))
    if state == "overdue":
        rows = rows.where(Finding.due_on < today)
    if state == "done":
        rows = rows.where(Finding.done_on.is_not(None))
    if institution_id:
        rows = rows.where(Institution.id == institution_id)
    return rows.order_by(Finding.due_on, Finding.id)


def finding_for(viewer: Person, finding_id: int) -> Finding:
    return db.session.scalars(
        findings_listed(viewer, state="", institution_id=0, today=date.min)
        .where(Finding.id == finding_id)
        .options(joinedload(Finding.evidence), joinedload(Finding.done_by))
    ).one()


def overdue_findings(*, today: date) -> Sequence[Finding]:
    return db.session.scalars(
        select(Finding).where(Finding.done_on.is_(None), Finding.due_on < today)
    ).all()
