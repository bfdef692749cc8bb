"""Doubting a released result, and deciding about it."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.exams.actions import releasing, scoring
from trainingbase.exams.addresses import APPEALS, MINE
from trainingbase.exams.models import (
    AppealsOver,
    ExamAppeal,
    ExamCandidate,
    OsceCandidate,
)
from trainingbase.exams.queries import appeals
from trainingbase.exams.queries.names import facts_of
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role


def appeal(
    of: ExamCandidate | OsceCandidate,
    *,
    text: str,
    form_key: str,
    today: date,
    by: Person,
    at: datetime,
) -> ExamAppeal:
    """The same `form_key` again is the same appeal.  Raises `AppealsOver`."""
    known = appeals.by_key(form_key, by)
    if known is not None:
        return known
    held = of.sitting if isinstance(of, ExamCandidate) else of.session
    if held.released_at is None or held.appeals_until is None or today >= held.appeals_until:
        raise AppealsOver
    made = ExamAppeal(form_key=form_key, text=text, made_at=at)
    if isinstance(of, ExamCandidate):
        made.candidate_id = of.id
    else:
        made.osce_candidate_id = of.id
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError as waiting:  # one waits already, or the same form came twice
        db.session.rollback()
        sent = appeals.by_key(form_key, by)
        if sent is not None:
            return sent
        raise AppealsOver from waiting
    record("appeal-exam", made, by=by, at=at)
    leave(
        "exam-appeal",
        to_ids=[one.id for one in holders_of(Role.OFFICE)],
        at=at,
        path=f"{APPEALS}/{made.id}",
        resident=by.name,
        **facts_of(of),
    )
    db.session.commit()
    return made


def withdraw(one: ExamAppeal, *, by: Person, at: datetime) -> None:
    """Raises `AlreadyDecided`."""
    one.expect(one.version)
    one.withdraw(at)
    record("withdraw-exam-appeal", one, by=by, at=at)
    db.session.commit()


def decide(
    one: ExamAppeal,
    decision: str,
    *,
    because: str,
    figures: Mapping[str, Any] | None = None,
    scores: Mapping[int, Decimal] | None = None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """`figures` of a sitting, or `scores` by station of an OSCE, are what counts from now on where
    an appeal is upheld; without them it is upheld and nothing changes.

    Raises `AlreadyDecided`, `Stale`, `Blank`.
    """
    one.expect(version)
    one.decide(decision, because=because, by=by, at=at)
    record("decide-exam-appeal", one, by=by, at=at, decision=decision)
    if decision == "upheld" and figures is not None and one.candidate is not None:
        releasing.correct_within(one.candidate, figures, because=because, by=by, at=at, appeal=one)
    if decision == "upheld" and scores and one.osce_candidate is not None:
        scoring.correct_within(
            one.osce_candidate, scores, because=because, by=by, at=at, appeal=one
        )
    leave(
        "exam-appeal-decided",
        to_ids=[one.of.resident.person_id],
        at=at,
        path=MINE,
        decision=decision,
        because=because,
        **facts_of(one.of),
    )
    db.session.commit()
