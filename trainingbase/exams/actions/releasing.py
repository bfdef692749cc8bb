"""Releasing the results of a sitting, and putting one right afterwards."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.exams.actions.entering import Blank
from trainingbase.exams.actions.results import write
from trainingbase.exams.addresses import MINE
from trainingbase.exams.models import (
    FIGURES,
    AlreadyReleased,
    ExamAppeal,
    ExamCandidate,
    ExamCorrection,
    ExamSitting,
    NotYet,
)
from trainingbase.exams.queries import attempts, corrections, sittings
from trainingbase.exams.rules.sittings import blanks, tidy
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person


def release(
    sitting: ExamSitting,
    *,
    version: int | None,
    today: date,
    appeal_days: int,
    by: Person,
    at: datetime,
) -> int:
    """Write every result and tell everybody theirs; how many.

    Raises `AlreadyReleased`, `Stale`, and `NotYet` while figures are missing or nobody sat.
    """
    if sitting.is_released:
        raise AlreadyReleased
    sitting.expect(version)
    if sitting.is_released:
        raise AlreadyReleased
    everybody = sittings.all_candidates(sitting)
    if any(not one.is_settled for one in everybody):
        raise NotYet("unsettled")
    sat = [one for one in everybody if one.excused_because is None]
    if not sat:
        raise NotYet("nobody")
    known = attempts.results_of([one.resident_id for one in sat], sitting.kind.result_kind)
    for one in sat:
        write(one, one.figures(), known.get(one.resident_id, []), by=by, at=at)
    sitting.released_at, sitting.released_by_id = at, by.id
    sitting.appeals_until = today + timedelta(days=appeal_days)
    record("release-exam", sitting, by=by, at=at, number=len(sat))
    leave(
        "exam-released",
        to_ids=[one.resident.person_id for one in sat],
        at=at,
        path=MINE,
        **facts_of(sitting),
    )
    db.session.commit()
    return len(sat)


def facts_of(sitting: ExamSitting) -> dict[str, Any]:
    """What a notice says of it."""
    return {
        "name": sitting.kind.name,
        "name_en": sitting.kind.name_en,
        "day": sitting.held_on.isoformat(),
    }


def correct(
    candidate: ExamCandidate,
    figures: Mapping[str, Any],
    *,
    because: str,
    by: Person,
    at: datetime,
    appeal: ExamAppeal | None = None,
) -> list[ExamCorrection]:
    """Put a released result right: the original stays beside what counts now.  Raises `Blank`,
    and `NotYet` before the release."""
    made = correct_within(candidate, figures, because=because, by=by, at=at, appeal=appeal)
    if made:
        leave(
            "exam-corrected",
            to_ids=[candidate.resident.person_id],
            at=at,
            path=MINE,
            because=because,
            **facts_of(candidate.sitting),
        )
    db.session.commit()
    return made


def correct_within(
    candidate: ExamCandidate,
    figures: Mapping[str, Any],
    *,
    because: str,
    by: Person,
    at: datetime,
    appeal: ExamAppeal | None = None,
) -> list[ExamCorrection]:
    """As `correct`, as part of a decision: the caller tells and commits."""
    hold(candidate)
    sitting = candidate.sitting
    if not sitting.is_released:
        raise NotYet("unreleased")
    given = tidy(figures)
    missing = blanks(given, sitting.kind.parts)
    if missing:
        raise Blank([(candidate.id, field) for field in missing])
    now = corrections.figures_of(candidate)
    made = [
        ExamCorrection(
            candidate_id=candidate.id,
            appeal=appeal,
            field=name,
            old=number_of(now[name]),
            new=number_of(given[name]),
            because=because,
            at=at,
            by_id=by.id,
        )
        for name in FIGURES
        if now[name] != given[name]
    ]
    if not made:
        return []
    db.session.add_all(made)
    known = attempts.results_of([candidate.resident_id], sitting.kind.result_kind)
    write(candidate, given, known.get(candidate.resident_id, []), by=by, at=at, why=because)
    record("correct-exam-result", candidate, by=by, at=at)
    return made


def number_of(value: object) -> Decimal | None:
    """A figure as a correction keeps it: booleans are 1 or 0."""
    return None if value is None else Decimal(value)  # type: ignore[arg-type]
