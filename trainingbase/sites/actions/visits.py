"""A site is visited, and puts right what was found."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import note
from trainingbase.people.models import Person
from trainingbase.sites.models import Finding, Institution, Visit
from trainingbase.sites.queries.visits import visit_by_key


class AlreadyDone(Exception):
    """What was found is put right once."""


def add_visit(
    institution: Institution,
    answers: Mapping[str, Any],
    findings: Sequence[tuple[str, date]],
    *,
    upload: Upload | None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Visit:
    """`findings` are what was found and the last day to put it right."""
    known = visit_by_key(request_key)
    if known is not None:
        return known
    made = Visit(
        institution=institution,
        **answers,
        findings=[Finding(what=what, due_on=due_on) for what, due_on in findings],
        request_key=request_key or None,
    )
    made.file = keep(upload, by=by, at=at) if upload is not None else None
    db.session.add(made)
    said = f"{made.visited_on.isoformat()} · {made.visitors}"
    note(institution, {"visit": (None, said)}, by=by, at=at)
    record("add-visit", made, by=by, at=at, institution=institution.name, findings=len(findings))
    db.session.commit()
    return made


def put_right(
    finding: Finding,
    *,
    done_on: date,
    remedy: str,
    upload: Upload | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `AlreadyDone`."""
    hold(finding)
    if finding.done_on is not None:
        raise AlreadyDone
    finding.done_on, finding.remedy, finding.done_by_id = done_on, remedy, by.id
    finding.evidence = keep(upload, by=by, at=at) if upload is not None else None
    note(finding, {"remedy": (None, remedy)}, by=by, at=at)
    record("put-finding-right", finding, by=by, at=at, done_on=done_on)
    db.session.commit()
