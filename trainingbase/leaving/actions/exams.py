"""Marks of the exit exams and of their re-examinations."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.history.actions import change
from trainingbase.leaving.models import AlreadyDone, ExitExam, Leaving, NotNow, NotTheExaminers
from trainingbase.leaving.queries import deciding as queries
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement


@dataclass(frozen=True)
class Result:
    """A mark of 100; a skill exam has a name and two examiners."""

    kind: str
    held_on: date
    score: Decimal
    name: str | None = None
    examiner_id: int | None = None
    second_examiner_id: int | None = None


def enter_exam(
    placement: Placement, result: Result, *, by: Person, at: datetime, request_key: str | None
) -> ExitExam:
    """Keep a mark for the attempt that is under way; the same form again is the same mark.

    Raises `AlreadyDone` once the review is signed (a re-examination must be arranged first),
    `NotNow` where this attempt has a mark already, `NotTheExaminers`.
    """
    hold(placement, "version")  # two who enter at once: the second one sees the first one's
    leaving = _held(placement)
    attempt = queries.attempt_now(leaving)
    for one in queries.exams_of(placement.id):
        if request_key and one.request_key == request_key:
            db.session.rollback()
            return one
    _check(placement, result)
    if leaving is not None and leaving.is_signed:
        arranged = leaving.retake.kinds if leaving.retake else []
        if leaving.state == "passed" or result.kind not in arranged:
            db.session.rollback()
            raise AlreadyDone
    if queries.exam(placement.id, result.kind, attempt) is not None:
        db.session.rollback()
        raise NotNow
    made = ExitExam(
        placement_id=placement.id,
        attempt=attempt,
        entered_at=at,
        entered_by_id=by.id,
        request_key=request_key or None,
        **_values(result),
        kind=result.kind,
    )
    db.session.add(made)
    db.session.flush()
    record("enter-exit-exam", made, by=by, at=at, kind=result.kind, attempt=attempt)
    db.session.commit()
    return made


def _held(placement: Placement) -> Leaving | None:
    """The review under way as it stands now: it may have been signed since the page was made."""
    leaving = queries.current(placement.id)
    if leaving is not None:
        hold(leaving)
    return leaving


def _values(result: Result) -> dict:
    is_skill = result.kind == "skill"
    return {
        "held_on": result.held_on,
        "score": result.score,
        "name": result.name if is_skill else None,
        "examiner_id": result.examiner_id if is_skill else None,
        "second_examiner_id": result.second_examiner_id if is_skill else None,
    }


def _check(placement: Placement, result: Result) -> None:
    if result.kind != "skill":
        return
    examiners = {result.examiner_id, result.second_examiner_id}
    if None in examiners or len(examiners) < 2 or placement.resident.person_id in examiners:
        db.session.rollback()
        raise NotTheExaminers


def correct_exam(
    exam: ExitExam, result: Result, *, why: str, version: int | None, by: Person, at: datetime
) -> None:
    """Before the review is signed.  Raises `Stale`, `AlreadyDone`, `NotTheExaminers`."""
    placement = exam.placement
    hold(placement, "version")
    exam.expect(version)
    leaving = _held(placement)
    if leaving is not None and leaving.is_signed and exam.attempt <= leaving.round:
        db.session.rollback()
        raise AlreadyDone
    _check(placement, result)
    change("correct-exit-exam", exam, _values(result), by=by, at=at, why=why)
    db.session.commit()
