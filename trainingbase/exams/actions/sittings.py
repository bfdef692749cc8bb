"""Making a sitting, and who sits it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.exams.models import AlreadyReleased, ExamCandidate, ExamKind, ExamSitting
from trainingbase.exams.queries import attempts, sittings
from trainingbase.exams.rules.sittings import WhoSits, must_sit
from trainingbase.history.actions import change, note
from trainingbase.people.models import Person

OF_KIND = (
    "name", "name_en", "has_theory", "has_skills", "has_verdict", "year_from", "year_to",
    "months_before_end", "only_unpassed", "needs_licence", "each_year", "is_in_use", "source",
)  # fmt: skip


class AlreadyThere(Exception):
    """This resident sits already, or this code is taken."""


def make(
    kind: ExamKind, answers: Mapping[str, Any], *, form_key: str, by: Person, at: datetime
) -> ExamSitting:
    """With everybody who must sit.  The same `form_key` again is the same sitting."""
    known = sittings.sitting_by_key(form_key)
    if known is not None:
        return known
    sitting = ExamSitting(
        kind=kind,
        form_key=form_key,
        year=answers["held_on"].year,
        made_at=at,
        made_by_id=by.id,
        **answers,
    )
    db.session.add(sitting)
    db.session.flush()
    _add_by_rules(sitting)
    record("make-sitting", sitting, by=by, at=at, kind=kind.code)
    db.session.commit()
    return sitting


def change_sitting(
    sitting: ExamSitting,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """Raises `AlreadyReleased`, `Stale`."""
    sitting.expect(version)
    _expect_open(sitting)
    change("change-sitting", sitting, {**answers, "year": answers["held_on"].year}, by=by, at=at)
    db.session.commit()


def add_by_rules(sitting: ExamSitting, *, by: Person, at: datetime) -> int:
    """Those who must sit and are not among the candidates yet; how many."""
    hold(sitting)
    _expect_open(sitting)
    added = _add_by_rules(sitting)
    if added:
        _enter_again(sitting)
        record("add-candidates", sitting, by=by, at=at, number=added)
    db.session.commit()
    return added


def _add_by_rules(sitting: ExamSitting) -> int:
    kind = sitting.kind
    rule = WhoSits(kind.year_from, kind.year_to, kind.months_before_end, kind.only_unpassed)
    known = {one.resident_id for one in sittings.all_candidates(sitting)}
    added = 0
    for one in attempts.trainees(kind):
        why = must_sit(one, rule, day=sitting.held_on)
        if why is not None and one.resident_id not in known:
            db.session.add(
                ExamCandidate(sitting=sitting, resident_id=one.resident_id, added_because=why)
            )
            added += 1
    return added


def add_one(sitting: ExamSitting, resident_id: int, *, by: Person, at: datetime) -> ExamCandidate:
    """Raises `AlreadyThere`, `AlreadyReleased`."""
    hold(sitting)
    _expect_open(sitting)
    candidate = ExamCandidate(sitting=sitting, resident_id=resident_id, added_because="by_hand")
    db.session.add(candidate)
    try:
        db.session.flush()
    except IntegrityError as twice:
        db.session.rollback()
        raise AlreadyThere from twice
    _enter_again(sitting)
    record("add-candidate", candidate, by=by, at=at)
    db.session.commit()
    return candidate


def _enter_again(sitting: ExamSitting) -> None:
    """Somebody new has to be entered by both."""
    for one in sittings.rounds_of(sitting).values():
        one.done_at = None


def excuse(candidate: ExamCandidate, because: str, *, by: Person, at: datetime) -> None:
    """Does not sit this time, and has no result.  Raises `AlreadyReleased`."""
    _expect_open(candidate.sitting)
    hold(candidate)
    candidate.excused_because, candidate.excused_at = because, at
    record("excuse-candidate", candidate, by=by, at=at)
    db.session.commit()


def bring_back(candidate: ExamCandidate, *, by: Person, at: datetime) -> None:
    """Sits after all.  Raises `AlreadyReleased`."""
    _expect_open(candidate.sitting)
    hold(candidate)
    note(candidate, {"excused_because": (candidate.excused_because, None)}, by=by, at=at)
    candidate.excused_because = candidate.excused_at = None
    if candidate.settled_at is None:
        _enter_again(candidate.sitting)
    record("bring-candidate-back", candidate, by=by, at=at)
    db.session.commit()


def _expect_open(sitting: ExamSitting) -> None:
    if sitting.is_released:
        raise AlreadyReleased


def change_kind(
    kind: ExamKind, answers: Mapping[str, Any], *, version: int | None, by: Person, at: datetime
) -> None:
    """Raises `Stale`."""
    kind.expect(version)
    change("change-exam-kind", kind, {name: answers[name] for name in OF_KIND}, by=by, at=at)
    db.session.commit()


def add_kind(answers: Mapping[str, Any], *, by: Person, at: datetime) -> ExamKind:
    """Of the base's own making.  Raises `AlreadyThere`."""
    if sittings.is_code_known(answers["code"]):
        raise AlreadyThere
    kind = ExamKind(**answers, confidence="S")
    db.session.add(kind)
    record("add-exam-kind", kind, by=by, at=at)
    db.session.commit()
    return kind
