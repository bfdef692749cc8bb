"""Figures from the workbook of examination results, into a sitting that is not released."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from trainingbase import sheets
from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.exams.actions import province
from trainingbase.exams.models import FIGURES, AlreadyReleased, ExamCandidate, ExamSitting
from trainingbase.exams.queries import roster, sittings
from trainingbase.exams.rules.sittings import blanks, tidy
from trainingbase.history.actions import note
from trainingbase.people.models import Person

NOUNS = {"annual": "annual_test", "graduation": "final_exam", "licence": "licence_exam"}


@dataclass
class Taken:
    """How many figures are new or changed, how many were there, and the rows that were not taken:
    (sheet, row, reason as a problem of `sheets` or a key of `words.NOT_TAKEN`)."""

    taken: int = 0
    same: int = 0
    added: int = 0
    means: int = 0
    left: list[tuple[str, int, Any]] = field(default_factory=list)


def take_in(
    sitting: ExamSitting, content: bytes, filename: str, *, on: date, by: Person, at: datetime
) -> Taken:
    """Every row of this examination and year; the same file twice changes nothing.

    Raises `AlreadyReleased`, and `sheets.FileFault` for a file that cannot be read.
    """
    hold(sitting)
    if sitting.is_released:
        raise AlreadyReleased
    preview = sheets.read("exams", content, filename, known=roster.known(), on=on)
    noun, found = NOUNS[sitting.kind.result_kind], Taken()
    people = roster.Residents()
    candidates = {one.resident_id: one for one in sittings.all_candidates(sitting)}
    for row in preview.rows:
        if row.noun != noun:
            continue
        if row.status == "refused":
            found.left += [(row.sheet, row.row, problem) for problem in row.refusals[:1]]
            continue
        if row.record.get("year") != sitting.year:
            found.left.append((row.sheet, row.row, "other_year"))
            continue
        _take(sitting, row, people, candidates, found, by=by, at=at)
    found.means = province.keep_from(preview, noun, sitting.kind, filename, by=by, at=at)
    record("take-in-exam", sitting, by=by, at=at, taken=found.taken, file=filename)
    db.session.commit()
    return found


def _take(
    sitting: ExamSitting,
    row: sheets.Row,
    people: roster.Residents,
    candidates: dict[int, ExamCandidate],
    found: Taken,
    *,
    by: Person,
    at: datetime,
) -> None:
    resident_id = people.meant(row.record)
    if resident_id is None:
        found.left.append((row.sheet, row.row, "person"))
        return
    figures = _figures(sitting, row.record)
    if blanks(figures, sitting.kind.parts):
        found.left.append((row.sheet, row.row, "blank"))
        return
    candidate = candidates.get(resident_id)
    if candidate is None:
        candidate = candidates[resident_id] = ExamCandidate(
            sitting=sitting, resident_id=resident_id, added_because="imported"
        )
        db.session.add(candidate)
        found.added += 1
    elif candidate.excused_because is not None:
        found.left.append((row.sheet, row.row, "excused"))
        return
    before = candidate.figures()
    if candidate.settled_at is not None and before == figures:
        found.same += 1
        return
    if candidate.settled_at is not None:
        changed = {name: (before[name], figures[name]) for name in FIGURES}
        note(
            candidate,
            {name: pair for name, pair in changed.items() if pair[0] != pair[1]},
            by=by,
            at=at,
        )
    for name in FIGURES:
        setattr(candidate, name, figures[name])
    candidate.source, candidate.settled_at, candidate.settled_by_id = "imported", at, by.id
    found.taken += 1


def _figures(sitting: ExamSitting, record: dict[str, Any]) -> dict[str, Any]:
    def score(name: str) -> Decimal | None:
        value = record.get(name)
        return None if value is None or name not in sitting.kind.parts else Decimal(str(value))

    return tidy(
        {
            "attended": record.get("attended") is not False,
            "theory": score("theory"),
            "skills": score("skills"),
            "passed": record.get("passed") if sitting.kind.has_verdict else None,
        }
    )
