"""The induction page of a department, its papers, and having read it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.entering.models import Induction, InductionPaper, InductionReading
from trainingbase.entering.queries.inductions import induction_of, paper_by_key
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change, note
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department
from trainingbase.stale import Stale


def edit_induction(
    department: Department,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
    why: str | None = None,
) -> list[str]:
    """The names of what changed; the first to write makes the page.  Raises `Stale`."""
    hold(department, "version")  # two who write the first page at once
    page = induction_of(department.id)
    if page is None:
        if version:
            raise Stale(None)
        page = Induction(department=department, version=1, changed_at=at, is_general_practice=False)
        db.session.add(page)
    elif not version:
        raise Stale(page)
    else:
        page.expect(version)
    page.changed_at, page.changed_by_id = at, by.id
    changed = change("edit-induction", page, answers, by=by, at=at, why=why)
    db.session.commit()
    return changed


def add_paper(
    department: Department,
    upload: Upload,
    *,
    title: str,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> InductionPaper:
    """Sent twice it is kept once."""
    there = paper_by_key(request_key)
    if there is not None:
        return there
    paper = InductionPaper(
        department=department,
        title=title or upload.name,
        file=keep(upload, by=by, at=at),
        added_at=at,
        added_by_id=by.id,
        request_key=request_key,
    )
    db.session.add(paper)
    _note(paper, None, paper.title, by=by, at=at)
    record("add-induction-paper", paper, by=by, at=at, department=department.id)
    db.session.commit()
    return paper


def remove_paper(paper: InductionPaper, *, by: Person, at: datetime) -> None:
    """A second time changes nothing."""
    _set(paper, at, "remove-induction-paper", by=by, at=at)


def put_back_paper(paper: InductionPaper, *, by: Person, at: datetime) -> None:
    _set(paper, None, "put-back-induction-paper", by=by, at=at)


def _set(paper: InductionPaper, removed_at, act: str, *, by: Person, at: datetime) -> None:
    hold(paper, "removed_at")
    if (paper.removed_at is None) != (removed_at is None):
        paper.removed_at = removed_at
        old, new = (paper.title, None) if removed_at is not None else (None, paper.title)
        _note(paper, old, new, by=by, at=at)
        record(act, paper, by=by, at=at, department=paper.department_id)
    db.session.commit()


def _note(paper: InductionPaper, old, new, *, by: Person, at: datetime) -> None:
    """The history of papers stands with the department's page, where there is one."""
    page = induction_of(paper.department_id)
    if page is not None:
        note(page, {"papers": (old, new)}, by=by, at=at)


def acknowledge(placement: Placement, *, by: Person, at: datetime) -> bool:
    """Whether it was the first time."""
    hold(placement, "version")
    if db.session.get(InductionReading, placement.id) is not None:
        db.session.rollback()
        return False
    reading = InductionReading(placement_id=placement.id, read_at=at)
    db.session.add(reading)
    record("read-induction", placement, by=by, at=at)
    db.session.commit()
    return True
