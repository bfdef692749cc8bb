"""Submitting a form, reading it, and putting a correction beside it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from trainingbase.assessments import addresses
from trainingbase.assessments.actions.drafts import drop_draft
from trainingbase.assessments.models import (
    Answer,
    CommentMark,
    Instrument,
    Request,
    Submission,
)
from trainingbase.assessments.queries import coaching, requests, submissions
from trainingbase.assessments.rules import coach, judged, months_between, result_of
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.notices.actions import leave, settle
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement


class ObservedOutsidePlacement(Exception):
    """Observed before the placement, after it, or on a day to come."""


class AlreadyPassed(Exception):
    """A form with a verdict is answered again only after a failure; `submission` passed."""

    def __init__(self, submission: Submission):
        super().__init__(submission)
        self.submission = submission


class CommentWanting(Exception):
    """The base wants comments of this form to say what was seen and what to do next; `missing` as
    `rules.coach` names it."""

    def __init__(self, missing: list[str]):
        super().__init__(missing)
        self.missing = missing


def submit(
    *,
    instrument: Instrument,
    placement: Placement,
    by: Person,
    at: datetime,
    observed_on: date,
    answers: Mapping[str, Any],
    form_key: str,
    request: Request | None = None,
) -> Submission:
    """Keep an answered form; the same `form_key` again returns what was kept the first time.

    `answers` by item code, see `rules`.  Without `request` it answers the one that waits for the
    same form of the same person, if any; a request that is closed is left as it is, since work
    done is never refused.  Raises `AnswersAtFault`, `ObservedOutsidePlacement`, `AlreadyPassed`,
    `CommentWanting`.
    """
    kept = _submit(instrument, placement, by, at, observed_on, answers, form_key, request)
    db.session.commit()
    return kept


def submit_within(
    *,
    instrument: Instrument,
    placement: Placement,
    by: Person,
    at: datetime,
    observed_on: date,
    answers: Mapping[str, Any],
    form_key: str,
) -> Submission:
    """As `submit`, as part of something larger: the caller commits."""
    return _submit(instrument, placement, by, at, observed_on, answers, form_key, None)


def _submit(
    instrument: Instrument,
    placement: Placement,
    by: Person,
    at: datetime,
    observed_on: date,
    answers: Mapping[str, Any],
    form_key: str,
    request: Request | None,
) -> Submission:
    sent_before = submissions.submission_by_key(form_key, by)
    if sent_before is not None:
        return sent_before
    today = at.astimezone(LOCAL).date()
    if observed_on > today or not placement.starts_on <= observed_on < placement.ends_on:
        raise ObservedOutsidePlacement(observed_on)
    kept = judged(instrument.items, answers)
    if request is None or not request.is_open(today):
        request = requests.open_request(instrument, placement, by, today=today)
    submission = Submission(
        form_key=form_key,
        instrument_id=instrument.id,
        placement_id=placement.id,
        resident_id=placement.resident_id,
        assessor_id=by.id,
        observed_on=observed_on,
        submitted_at=at,
        answers=[_answer(instrument, code, value) for code, value in kept.items()],
    )
    _judge(submission, instrument, placement, kept)
    submission.mark = _mark(instrument, kept, by)
    asked_at = None
    if request is not None:
        submission.request_id, asked_at = request.id, request.created_at
        request.answer(at)
        settle(addresses.of_request(request.id), to_id=by.id, at=at)
    submission.hours = submission.hours_since(asked_at)
    db.session.add(submission)
    drop_draft(placement.id, instrument.code, by=by)
    record("submit-assessment", submission, by=by, at=at, instrument=instrument.code)
    _tell(submission, instrument, placement, by=by, at=at)
    return submission


def _mark(instrument: Instrument, kept: Mapping[str, Any], by: Person) -> CommentMark | None:
    """None for a form without comments, of a guest, or where the base looks at none."""
    items = [] if by.is_guest else coaching.comments_of(instrument)
    mode = coaching.mode_of(instrument.code) if items else "off"
    if mode == "off":
        return None
    text = "\n".join(kept[one.code] for one in items if isinstance(kept.get(one.code), str))
    missing = coach.missing(text, coaching.own_sums(by))
    if missing and mode == "strict":
        raise CommentWanting(missing)
    return CommentMark(
        is_good=not missing,
        missing=" ".join(missing),
        letters=coach.letters(text),
        sentences=" ".join(coach.sums_of(text)),
    )


def _answer(instrument: Instrument, code: str, value: Any) -> Answer:
    is_text = isinstance(value, str)
    return Answer(
        item_id=instrument.item(code).id,
        number=None if is_text else value,
        text=value if is_text else None,
    )


def _judge(
    submission: Submission, instrument: Instrument, placement: Placement, kept: Mapping[str, Any]
) -> None:
    result = result_of(
        instrument.items,
        kept,
        pass_rules=instrument.pass_rules,
        veto=instrument.veto,
        months=months_between(placement.starts_on, placement.ends_on),
    )
    submission.total, submission.passed = result.total, result.passed
    if not instrument.has_verdict:
        return
    before = submissions.last_attempt(instrument, placement)
    if before is not None and before.passed:
        raise AlreadyPassed(before)
    submission.attempt = before.attempt + 1 if before else 1


def _tell(
    submission: Submission,
    instrument: Instrument,
    placement: Placement,
    *,
    by: Person,
    at: datetime,
) -> None:
    facts = {
        "assessor": by.name,
        "instrument": instrument.name,
        "instrument_en": instrument.name_en,
    }
    if not instrument.is_confidential and by.id != placement.resident.person_id:
        leave(
            "assessment-received",
            to_ids=[placement.resident.person_id],
            at=at,
            path=addresses.of_feedback(submission.id),
            **facts,
        )
    if submission.passed is False and instrument.has_verdict:
        leave(
            "exit-failed",
            to_ids=[person.id for person in holders_of(Role.OFFICE)],
            at=at,
            path=addresses.of_submission(submission.id),
            resident=placement.resident.name,
            **facts,
        )
