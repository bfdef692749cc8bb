"""Reading what was written, replying to it, and putting a correction beside it."""

from datetime import datetime

from trainingbase.assessments import addresses
from trainingbase.assessments.models import Amendment, Reply, Submission
from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person


class NotTheAssessor(Exception):
    """Only who wrote a submission amends it."""


def acknowledge(submission: Submission, *, by: Person, at: datetime) -> None:
    """Raises `AlreadyAcknowledged`."""
    hold(submission, "acknowledged_at")
    submission.acknowledge(at)
    record("acknowledge-feedback", submission, by=by, at=at)
    db.session.commit()


def amend(
    submission: Submission, *, by: Person, at: datetime, text: str, form_key: str
) -> Amendment:
    """Put a correction beside what was submitted; the same `form_key` again is the same one."""
    if by.id != submission.assessor_id:
        raise NotTheAssessor
    for amendment in submission.amendments:
        if amendment.form_key == form_key:
            return amendment
    amendment = Amendment(form_key=form_key, by_id=by.id, at=at, text=text)
    submission.amendments.append(amendment)
    record("amend-submission", submission, by=by, at=at)
    if not submission.instrument.is_confidential:
        leave(
            "assessment-amended",
            to_ids=[submission.resident.person_id],
            at=at,
            path=addresses.of_feedback(submission.id),
            assessor=by.name,
            instrument=submission.instrument.name,
            instrument_en=submission.instrument.name_en,
        )
    db.session.commit()
    return amendment


def reply(submission: Submission, *, by: Person, at: datetime, text: str, form_key: str) -> Reply:
    """What the assessed person says to it; the author is told.  The same `form_key` again is the
    same one."""
    for before in submission.replies:
        if before.form_key == form_key:
            return before
    made = Reply(form_key=form_key, by_id=by.id, at=at, text=text)
    submission.replies.append(made)
    record("reply-to-feedback", submission, by=by, at=at)
    if not submission.assessor.is_guest:
        leave(
            "assessment-replied",
            to_ids=[submission.assessor_id],
            at=at,
            path=addresses.of_submission(submission.id),
            resident=submission.resident.name,
            instrument=submission.instrument.name,
            instrument_en=submission.instrument.name_en,
        )
    db.session.commit()
    return made
