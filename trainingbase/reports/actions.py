"""Keeping reports, and laying out the return."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.files.models import StoredFile
from trainingbase.history.actions import change
from trainingbase.mailing.rules import REPORT_READERS
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.queue import enqueue_after_commit
from trainingbase.reports import queries
from trainingbase.reports.models import Report, ReturnColumn

JOB = "make-report"


def ask(kind: str, starts_on: date, tongue: str, *, by: Person, at: datetime) -> None:
    record("make-report", "reports", by=by, at=at, kind=kind, starts_on=starts_on)
    enqueue_after_commit(
        db.session, JOB, kind=kind, starts_on=starts_on.isoformat(), tongue=tongue, by_id=by.id
    )
    db.session.commit()


def keep_report(
    kind: str,
    starts_on: date,
    tongue: str,
    digest: str,
    files: Mapping[str, tuple[str, str, bytes]],
    *,
    edition: int,
    by: Person | None,
    at: datetime,
) -> Report:
    """`files` are name, type and content by form."""
    stored = {
        form: StoredFile(
            name=name, media_type=media_type, size=len(made), content=made, uploaded_at=at,
            sha256=hashlib.sha256(made).hexdigest(), uploaded_by_id=by.id if by else None,
        )
        for form, (name, media_type, made) in files.items()
    }  # fmt: skip
    db.session.add_all(stored.values())
    report = Report(
        kind=kind, starts_on=starts_on, language=tongue, edition=edition, digest=digest,
        workbook=stored["xlsx"], paper=stored["pdf"], made_at=at, made_by=by,
    )  # fmt: skip
    db.session.add(report)
    db.session.flush()
    record("make-report", report, by=by, at=at, kind=kind, starts_on=starts_on, digest=digest)
    db.session.commit()
    return report


def tell(made: Sequence[Report], *, at: datetime) -> None:
    """Everybody who reads reports, in their language."""
    for one in made:
        people = [
            who.id for who in holders_of(*REPORT_READERS) if (who.language or "zh") == one.language
        ]
        leave("report-made", to_ids=people, at=at, path="/reports/", report=one.kind,
              month=f"{one.starts_on:%Y-%m}")  # fmt: skip
    db.session.commit()


def note_mailed(report: Report, people: int, *, at: datetime) -> None:
    record("mail-report", report, by=None, at=at, people=people)
    db.session.commit()


def add_column(heading: str, source: str, *, key: str, by: Person, at: datetime) -> ReturnColumn:
    """At the end."""
    last = db.session.scalar(select(func.max(ReturnColumn.position))) or 0
    row = ReturnColumn(position=last + 1, heading=heading, source=source, request_key=key)
    db.session.add(row)
    record("change-return", row, by=by, at=at, heading=heading)
    db.session.commit()
    return row


def change_column(row: ReturnColumn, version: int | None, answers: dict, *, by, at) -> None:
    row.expect(version)
    change("change-return", row, answers, by=by, at=at)
    db.session.commit()


def move_column(row: ReturnColumn, step: int, *, by: Person, at: datetime) -> None:
    """One place up (-1) or down (1); at the end nothing happens."""
    ordered = list(queries.columns())
    here = ordered.index(row)
    there = here + (1 if step > 0 else -1)
    if not 0 <= there < len(ordered):
        return
    ordered[here], ordered[there] = ordered[there], ordered[here]
    for position, one in enumerate(ordered, start=1):
        one.position = position
    record("change-return", row, by=by, at=at, position=row.position)
    db.session.commit()


def remove_column(row: ReturnColumn, *, by: Person, at: datetime) -> None:
    record("change-return", row, by=by, at=at, removed=row.heading)
    db.session.delete(row)
    db.session.commit()


def begin_return(headings: Mapping[str, str], *, by: Person, at: datetime) -> None:
    """With these headings by source; only where there is nothing yet."""
    if db.session.scalar(select(func.count()).select_from(ReturnColumn)):
        return
    db.session.add_all(
        ReturnColumn(position=n, heading=heading, source=source)
        for n, (source, heading) in enumerate(headings.items(), start=1)
    )
    record("change-return", "return_columns", by=by, at=at, columns=len(headings))
    db.session.commit()
