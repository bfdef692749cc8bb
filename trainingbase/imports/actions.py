"""Bringing a workbook in: judged and shown first, then kept whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, text
from sqlalchemy.exc import IntegrityError

from trainingbase import sheets
from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.imports import keeping, queries
from trainingbase.imports.colours import add_colours
from trainingbase.imports.models import Import, ImportRow, NotReady, OutOfDate
from trainingbase.imports.rules import LIMITS, likely_kind
from trainingbase.people.models import Person

COUNTED = ("created", "changed", "unchanged")
ONE_AT_A_TIME = 7_414_001
"""The number of the lock under which workbooks are kept (PostgreSQL; SQLite has one writer)."""


class Contradicts(Exception):
    """Rows of a file that cannot all be true; nothing was kept."""


def kind_of(content: bytes, filename: str, *, by: Person) -> str | None:
    """What the file seems to hold.  Raises `sheets.FileFault`."""
    with _others_writing(by):
        return likely_kind(content, filename)


@contextmanager
def _others_writing(by: Person | None) -> Iterator[None]:
    """SQLite has one writer: it is not whoever reads a large file and has changed nothing yet."""
    db.session.rollback()
    try:
        yield
    finally:
        if by is not None:
            db.session.refresh(by)


def rehearse(kind: str, content: bytes, filename: str, *, on: date, at: datetime) -> sheets.Preview:
    """What bringing the file in and confirming it would do; keeps nothing."""
    workbook = _judge(kind, content, filename, on=on, by=None, at=at)
    db.session.rollback()
    workbook.preview.unchanged = sum(
        one.taken and one.outcome == keeping.UNCHANGED for one in workbook.rows
    )
    return workbook.preview


def bring_in(
    kind: str,
    content: bytes,
    filename: str,
    *,
    on: date,
    by: Person | None,
    at: datetime,
    form_key: str | None = None,
) -> Import:
    """Judge a file row by row and keep the judgement, to be confirmed or discarded.

    The same `form_key` again gives the import it made.  Raises `sheets.FileFault` for a file that
    cannot be read as a whole.
    """
    earlier = queries.import_by_form_key(form_key) if form_key else None
    if earlier is not None:
        return earlier
    workbook = _judge(kind, content, filename, on=on, by=by, at=at, nothing_yet=True)
    db.session.rollback()  # what keeping it would have done
    import_ = Import(
        form_key=form_key or None,
        kind=kind,
        filename=filename,
        sha256=sha256(content).hexdigest(),
        judged_on=on,
        uploaded_at=at,
        uploaded_by_id=by.id if by else None,
        content=content,
        counts={},
    )
    db.session.add(import_)
    try:
        _show(import_, workbook)
    except IntegrityError:  # the same form was sent twice at once, and the other was first
        db.session.rollback()
        return queries.import_by_form_key(form_key)
    record("bring-in-workbook", import_, by=by, at=at, kind=kind)
    db.session.commit()
    return import_


def confirm(import_: Import, *, by: Person | None, at: datetime) -> dict[str, int]:
    """Keep every accepted and corrected row, in one transaction; how many were created, changed
    and unchanged.

    The file is judged anew first.  Raises `AlreadyTaken`, `NotReady` while other kinds must come
    first, and `OutOfDate` (after showing the new judgement) where it is not what was shown.
    """
    _wait_for_the_others()
    db.session.refresh(import_)
    import_.confirm(by=by, at=at, outcome={})
    content = queries.content_of(import_)
    shown = [_told(row) for row in queries.rows_of(import_)]
    with db.session.no_autoflush:
        workbook = _judge(
            import_.kind, content, import_.filename, on=import_.judged_on, by=by, at=at
        )
    missing = queries.missing_for(keeping.needs(import_.kind))
    if missing or shown != [_told(row) for row in _rows(import_, workbook)]:
        db.session.rollback()
        _show(import_, workbook)
        db.session.commit()
        raise NotReady(missing) if missing else OutOfDate
    outcome = {name: import_.total(name) for name in COUNTED}
    import_.outcome = outcome
    record("confirm-import", import_, by=by, at=at, kind=import_.kind, **outcome)
    db.session.commit()
    return outcome


def discard(import_: Import, *, by: Person | None, at: datetime) -> None:
    hold(import_, "confirmed_at", "discarded_at")
    import_.discard(by=by, at=at)
    record("discard-import", import_, by=by, at=at)
    db.session.commit()


def _wait_for_the_others() -> None:
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": ONE_AT_A_TIME})


def _judge(
    kind: str,
    content: bytes,
    filename: str,
    *,
    on: date,
    by: Person | None,
    at: datetime,
    nothing_yet: bool = False,
) -> keeping.Workbook:
    """Read the file and do, in the session, what its rows ask for.

    `nothing_yet`: the transaction has changed nothing, and others may write while it is read.
    """
    known = queries.known()
    with _others_writing(by) if nothing_yet else nullcontext():
        preview = sheets.read(kind, content, filename, known=known, on=on, limits=LIMITS)
    if queries.missing_for(keeping.needs(kind)):
        return keeping.only_read(preview)
    if kind == "plan":
        add_colours(preview, content)
    with db.session.no_autoflush:
        workbook = keeping.keep(kind, preview, by=by, at=at)
    try:
        db.session.flush()
    except IntegrityError as clash:
        db.session.rollback()
        raise Contradicts from clash
    return workbook


def _show(import_: Import, workbook: keeping.Workbook) -> None:
    """Make the rows, counts and outline of the import those of this judgement."""
    with db.session.no_autoflush:
        import_.missing = queries.missing_for(keeping.needs(import_.kind))
    import_.counts = _counts(workbook)
    import_.outline = _outline(workbook.preview)
    db.session.flush()
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == import_.id))
    rows = _rows(import_, workbook)
    if rows:
        db.session.execute(insert(ImportRow), rows)


def _rows(import_: Import, workbook: keeping.Workbook) -> list[dict[str, Any]]:
    return [
        {
            "import_id": import_.id,
            "sheet": one.row.sheet,
            "row": one.row.row,
            "noun": one.row.noun,
            "status": one.row.status,
            "record": one.record,
            "problems": [
                {"what": what, **asdict(problem)}
                for what, problems in (
                    ("refusal", one.row.refusals),
                    ("correction", one.row.corrections),
                    ("warning", one.row.warnings),
                )
                for problem in problems
            ],
            "changes": one.changes if one.taken else {},
            "outcome": one.outcome if one.taken else None,
            "is_warned": one.taken and bool(one.row.warnings),
        }
        for one in workbook.rows
    ]


def _told(row: Any) -> tuple:
    """What a person who confirms has seen of a row."""
    get = row.get if isinstance(row, dict) else lambda name: getattr(row, name)
    return (get("sheet"), get("row"), get("status"), get("outcome"), get("changes"))


def _counts(workbook: keeping.Workbook) -> dict[str, dict[str, int]]:
    counts = {}
    for table in workbook.preview.sheets:
        taken = [one for one in workbook.rows if one.row.sheet == table.name and one.taken]
        counts[table.name] = table.counts() | {
            "warnings": sum(bool(one.row.warnings) for one in taken),
            **{name: sum(one.outcome == name for one in taken) for name in COUNTED},
        }
    return counts


def _outline(preview: sheets.Preview) -> dict[str, Any]:
    return {
        "sheets": [
            {
                "name": table.name,
                "columns": [[at, header, key] for at, (header, key) in table.columns.items()],
                "unknown": [[at, header] for at, header in table.unknown_columns.items()],
                "ignored": [list(one) for one in table.ignored_rows],
                "figures": len(table.facts.get("provincial_means", ())),
            }
            for table in preview.sheets
        ],
        "ignored": [list(one) for one in preview.ignored_sheets.items()],
    }
