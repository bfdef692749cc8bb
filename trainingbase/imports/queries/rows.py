"""Imports and their rows."""

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, raiseload, undefer

from trainingbase.db import db
from trainingbase.imports.models import Import, ImportRow


def imports(*, kind: str = "", state: str = "") -> Select[tuple[Import]]:
    """Newest first."""
    rows = select(Import).options(
        joinedload(Import.uploaded_by).raiseload("*"),
        joinedload(Import.confirmed_by).raiseload("*"),
        raiseload("*"),
    )
    if kind:
        rows = rows.where(Import.kind == kind)
    if state == "confirmed":
        rows = rows.where(Import.confirmed_at.is_not(None))
    elif state == "discarded":
        rows = rows.where(Import.discarded_at.is_not(None))
    elif state == "open":
        rows = rows.where(Import.confirmed_at.is_(None), Import.discarded_at.is_(None))
    return rows.order_by(Import.id.desc())


def latest_of_each_kind() -> dict[str, Import]:
    """The last confirmed import of each kind."""
    last = (
        select(func.max(Import.id))
        .where(Import.confirmed_at.is_not(None))
        .group_by(Import.kind)
        .scalar_subquery()
    )
    return {one.kind: one for one in db.session.scalars(select(Import).where(Import.id.in_(last)))}


def import_by_id(import_id: int) -> Import:
    return db.session.scalars(
        select(Import)
        .where(Import.id == import_id)
        .options(joinedload(Import.uploaded_by), joinedload(Import.confirmed_by))
    ).one()


def import_by_form_key(form_key: str) -> Import | None:
    return db.session.scalars(select(Import).where(Import.form_key == form_key)).one_or_none()


def confirmed_before(import_: Import) -> Import | None:
    """The last confirmed import of the very same file as the same kind, if there is one."""
    return db.session.scalars(
        select(Import)
        .where(
            Import.sha256 == import_.sha256,
            Import.kind == import_.kind,
            Import.confirmed_at.is_not(None),
            Import.id != import_.id,
        )
        .order_by(Import.id.desc())
        .limit(1)
    ).one_or_none()


def content_of(import_: Import) -> bytes:
    """The file; it is never served."""
    return (
        db.session.scalars(
            select(Import)
            .where(Import.id == import_.id)
            .options(undefer(Import.content))
            .execution_options(populate_existing=True)
        )
        .one()
        .content
    )


def rows_shown(
    import_: Import, *, status: str = "", sheet: str = "", outcome: str = ""
) -> Select[tuple[ImportRow]]:
    """In the order of the workbook.  `status` may be "warned": rows taken with a warning."""
    rows = select(ImportRow).where(ImportRow.import_id == import_.id)
    if status == "warned":
        rows = rows.where(ImportRow.is_warned)
    elif status:
        rows = rows.where(ImportRow.status == status)
    if sheet:
        rows = rows.where(ImportRow.sheet == sheet)
    if outcome:
        rows = rows.where(ImportRow.outcome == outcome)
    return rows.order_by(ImportRow.id)


def rows_of(import_: Import) -> Sequence[ImportRow]:
    return db.session.scalars(
        select(ImportRow).where(ImportRow.import_id == import_.id).order_by(ImportRow.id)
    ).all()


def refused_rows(import_: Import) -> Sequence[ImportRow]:
    return [row for row in rows_of(import_) if row.status == "refused"]


def tutors_written() -> dict[str, str]:
    """ID number → the tutor's name as confirmed workbooks of residents give it, the last wins."""
    records = db.session.scalars(
        select(ImportRow.record)
        .join(Import, Import.id == ImportRow.import_id)
        .where(
            Import.kind == "residents",
            Import.confirmed_at.is_not(None),
            ImportRow.noun == "resident",
            ImportRow.status != "refused",
        )
        .order_by(ImportRow.id)
    )
    return {one["id_no"]: one["tutor"] for one in records if one and one.get("tutor")}
