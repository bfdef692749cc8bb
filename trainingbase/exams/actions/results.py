"""Writing what was released to where the other parts of the portal read it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from trainingbase.assessments.models import ExamResult
from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.exams.models import ExamCandidate, ExamSitting
from trainingbase.exams.queries import attempts
from trainingbase.exams.rules.sittings import is_first, part_passed
from trainingbase.history.actions import note
from trainingbase.people.models import Person


def write(
    candidate: ExamCandidate,
    figures: Mapping[str, Any],
    known: Iterable[ExamResult],
    *,
    by: Person,
    at: datetime,
    why: str | None = None,
) -> ExamResult:
    """Put the figures into this resident's result of the year and attempt.  `known` are all their
    results of this kind.  The caller commits."""
    sitting, rows = candidate.sitting, list(known)
    kind = sitting.kind
    if candidate.result is None and kind.each_year:
        candidate.result = _recorded(sitting, rows)
    candidate.is_first = is_first(
        kind.parts,
        attempts.before(rows),
        year=sitting.year,
        each_year=kind.each_year,
        own=candidate.result.id if candidate.result is not None else None,
    )
    row = candidate.result or attempts.result_row(
        candidate.resident_id, kind.result_kind, sitting.year, is_first=candidate.is_first
    )
    values = _values(sitting, figures, row)
    values["passed"] = _passed(sitting, values, row, rows)
    if row is None:
        row = ExamResult(
            resident_id=candidate.resident_id,
            kind=kind.result_kind,
            year=sitting.year,
            is_first_attempt=candidate.is_first,
            **values,
        )
        db.session.add(row)
        db.session.flush()
        record("write-exam-result", row, by=by, at=at)
    else:
        _change(row, values, by=by, at=at, why=why)
    candidate.result = row
    return row


def _recorded(sitting: ExamSitting, rows: Iterable[ExamResult]) -> ExamResult | None:
    """The result of this year that a workbook brought in before there was a sitting: of an
    examination held once a year it can only be this one."""
    found = [one for one in rows if one.year == sitting.year and one.is_first_attempt]
    free = [one for one in found if not attempts.is_of_a_sitting(one)]
    return free[0] if free else None


def _change(
    row: ExamResult, values: Mapping[str, Any], *, by: Person, at: datetime, why: str | None
) -> None:
    changed = {
        name: (getattr(row, name), value)
        for name, value in values.items()
        if getattr(row, name) != value
    }
    if not changed:
        return
    for name, (_old, new) in changed.items():
        setattr(row, name, new)
    row.version += 1
    note(row, changed, by=by, at=at, why=why)
    record("write-exam-result", row, by=by, at=at)


def _values(
    sitting: ExamSitting, figures: Mapping[str, Any], row: ExamResult | None
) -> dict[str, Any]:
    """Only what this kind asks for: the other part of the same row stays as it is."""
    values: dict[str, Any] = {}
    others = False
    for part in ("theory", "skills"):
        if part in sitting.kind.parts:
            values[part] = figures[part]
            values[f"{part}_passed"] = part_passed(figures[part], sitting.pass_mark(part))
        elif row is not None and getattr(row, part) is not None:
            others = True
    if "verdict" in sitting.kind.parts:
        values["passed"] = figures["passed"]
    values["attended"] = bool(figures["attended"]) or (others and bool(row and row.attended))
    return values


def _passed(
    sitting: ExamSitting,
    values: Mapping[str, Any],
    row: ExamResult | None,
    rows: Iterable[ExamResult],
) -> bool | None:
    """Of the examination as a whole: its verdict, or every part passed, now or at another
    attempt.  None while a part is not known."""
    if "verdict" in sitting.kind.parts:
        return values["passed"]
    said = []
    for part in ("theory_passed", "skills_passed"):
        own = values.get(part, getattr(row, part) if row is not None else None)
        others = [
            getattr(one, part)
            for one in rows
            if one is not row and not sitting.kind.each_year and one.year <= sitting.year
        ]
        said.append(own if own is not None else (True if True in others else None))
    if False in said:
        return False
    return True if None not in said else None
