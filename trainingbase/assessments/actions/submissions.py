"""Submitting a form, reading it, and putting a correction beside it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from trainingbase.assessments import addresses
from trainingbase.assessments.models import Amendment, Answer, Instrument, Request, Submission
from trainingbase.assessments.queries import requests, submissions
from trainingbase.assessments.rules import judged, months_between, result_of
from trainingbase.audit.actions import record
from trainingbase.clock import LOCAL
from trainingbase.db import db, hold
from trainingbase.notices.actions import leave
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


class NotTheAssessor(Exception):
    """Only who wrote a submission amends it."""


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
    done is never refused.  Raises `AnswersAtFault`, `ObservedOutsidePlacement`, `AlreadyPassed`.
    """
    form = (instrument, placement, by, at, observed_on, answers, form_key, request)
    try:
        kept = _submit(*form)
        db.session.commit()
    except IntegrityError:  # the same form, or another answer, arrived at the same moment
        db.session.rollback()
        kept = _submit(*form)
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
    if request is not None:
        submission.request_id = request.id
        request.answer(at)
    db.session.add(submission)
    record("submit-assessment", submission, by=by, at=at, instrument=instrument.code)
    _tell(submission, instrument, placement, by=by, at=at)
    return submission


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
