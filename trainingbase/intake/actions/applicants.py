"""Applicants: entered, corrected, scored, decided on, with their documents."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import change, note
from trainingbase.intake import queries
from trainingbase.intake.models import Applicant, ApplicantDocument, Intake
from trainingbase.people.models import Person


class NumberTwice(Exception):
    """Somebody has applied to this intake with this ID number; `applicant` is that one."""

    def __init__(self, applicant: Applicant | None):
        super().__init__(applicant)
        self.applicant = applicant


class AlreadyEnrolled(Exception):
    """Who is a resident is no applicant any more: the record is changed there."""


class PlanFull(Exception):
    """As many are admitted as were planned."""


def apply(
    intake: Intake,
    values: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Applicant:
    """Sent twice with one `request_key` it is one.  Raises `NumberTwice`."""
    known = queries.applicant_by_key(request_key)
    if known is not None:
        return known
    twice = queries.applicant_by_number(intake, values["id_number"])
    if twice is not None:
        raise NumberTwice(twice)
    made = Applicant(intake_id=intake.id, applied_at=at, request_key=request_key or None, **values)
    db.session.add(made)
    record("add-applicant", made, by=by, at=at)
    db.session.commit()
    return made


def change_applicant(
    applicant: Applicant,
    values: Mapping[str, Any],
    *,
    version: int | None,
    why: str,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale`, `AlreadyEnrolled`, `NumberTwice`."""
    applicant.expect(version)
    _refuse_enrolled(applicant)
    twice = queries.applicant_by_number(applicant.intake, values["id_number"])
    if twice is not None and twice is not applicant:
        db.session.rollback()
        raise NumberTwice(twice)
    change("change-applicant", applicant, values, by=by, at=at, why=why)
    db.session.commit()


def put_scores(
    applicant: Applicant,
    *,
    written: Decimal | None,
    interview: Decimal | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `Stale` and `AlreadyEnrolled`."""
    applicant.expect(version)
    _refuse_enrolled(applicant)
    scores = {"written": written, "interview": interview}
    change("score-applicant", applicant, scores, by=by, at=at)
    db.session.commit()


def decide(
    applicant: Applicant,
    decision: str,
    *,
    reason: str | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Once more as long as nobody was enrolled.  Raises `Stale`, `AlreadyEnrolled`, `PlanFull`."""
    hold(applicant.intake, "planned")
    applicant.expect(version)
    _refuse_enrolled(applicant)
    fresh = decision == "admitted" and applicant.decision != "admitted"
    if fresh and queries.taken(applicant.intake) >= applicant.intake.planned:
        db.session.rollback()
        raise PlanFull
    said = {"decision": decision, "reason": reason}
    applicant.decided_at, applicant.decided_by_id = at, by.id
    change("decide-applicant", applicant, said, by=by, at=at, why=reason)
    db.session.commit()


def keep_documents(
    applicant: Applicant, kind: str, uploads: Sequence[Upload], *, by: Person, at: datetime
) -> int:
    """How many were new: the same file a second time is not kept again."""
    have = {one.file.sha256 for one in applicant.documents}
    kept = []
    for upload in uploads:
        stored = keep(upload, by=by, at=at)
        if stored.sha256 in have:
            db.session.expunge(stored)
            continue
        have.add(stored.sha256)
        applicant.documents.append(ApplicantDocument(file=stored, kind=kind))
        kept.append(stored.name)
    if kept:
        note(applicant, {"documents": (None, kept)}, by=by, at=at)
        record("keep-document", applicant, by=by, at=at, kind=kind, files=len(kept))
    db.session.commit()
    return len(kept)


def _refuse_enrolled(applicant: Applicant) -> None:
    hold(applicant, "resident_id")
    if applicant.resident_id is not None:
        db.session.rollback()
        raise AlreadyEnrolled
