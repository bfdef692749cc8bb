"""What was sat before: the ground on which "must sit" and "first attempt" stand."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from trainingbase.assessments.models import ExamResult
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.exams.models import ExamCandidate, ExamKind
from trainingbase.exams.rules.sittings import Before, Trainee


def results_of(resident_ids: Iterable[int], result_kind: str) -> dict[int, list[ExamResult]]:
    rows = db.session.scalars(
        select(ExamResult)
        .where(ExamResult.resident_id.in_(list(resident_ids)), ExamResult.kind == result_kind)
        .order_by(ExamResult.year, ExamResult.id)
    )
    found: dict[int, list[ExamResult]] = {}
    for one in rows:
        found.setdefault(one.resident_id, []).append(one)
    return found


def before(rows: Iterable[ExamResult]) -> list[Before]:
    return [
        Before(
            id=one.id,
            year=one.year,
            attended=one.attended,
            has_theory=one.theory is not None or one.theory_passed is not None,
            has_skills=one.skills is not None or one.skills_passed is not None,
            has_verdict=one.passed is not None,
        )
        for one in rows
    ]


def is_of_a_sitting(row: ExamResult) -> bool:
    found = select(ExamCandidate.id).where(ExamCandidate.result_id == row.id).limit(1)
    return db.session.scalar(found) is not None


def result_row(resident_id: int, kind: str, year: int, *, is_first: bool) -> ExamResult | None:
    return db.session.scalars(
        select(ExamResult).where(
            ExamResult.resident_id == resident_id,
            ExamResult.kind == kind,
            ExamResult.year == year,
            ExamResult.is_first_attempt.is_(is_first),
        )
    ).one_or_none()


def trainees(kind: ExamKind) -> Sequence[Trainee]:
    """Everybody who has not withdrawn, with what the rules of this kind look at."""
    residents = db.session.scalars(
        select(Resident).where(Resident.withdrawn_on.is_(None)).order_by(Resident.id)
    ).all()
    sat: dict[int, list[ExamResult]] = {}
    licensed = set()
    for one in db.session.scalars(
        select(ExamResult).where(ExamResult.kind.in_([kind.result_kind, "licence"]))
    ):
        if one.kind == kind.result_kind:
            sat.setdefault(one.resident_id, []).append(one)
        if one.kind == "licence" and one.passed:
            licensed.add(one.resident_id)
    return [
        Trainee(
            resident_id=one.id,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            is_in_training=one.is_in_training,
            passed=any(_says(kind, row) is True for row in sat.get(one.id, ())),
            failed=any(_says(kind, row) is False and row.attended for row in sat.get(one.id, ())),
            is_licensed=one.licence_number is not None or one.id in licensed,
        )
        for one in residents
    ]


def _says(kind: ExamKind, row: ExamResult) -> bool | None:
    """Whether the parts this kind asks for are passed; None where the row knows nothing."""
    said = {"theory": row.theory_passed, "skills": row.skills_passed, "verdict": row.passed}
    known = [said[part] for part in kind.parts if said[part] is not None]
    return all(known) if known else None
