"""What counts now, and what it was before it was put right."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.exams.models import ExamCandidate, ExamCorrection

BOOLEANS = ("attended", "passed")


def of_candidates(ids: Iterable[int]) -> dict[int, list[ExamCorrection]]:
    """By candidate of a sitting, the oldest first."""
    return _by("candidate_id", ids)


def of_osce(ids: Iterable[int]) -> dict[int, list[ExamCorrection]]:
    """By candidate of an OSCE, the oldest first."""
    return _by("osce_candidate_id", ids)


def _by(name: str, ids: Iterable[int]) -> dict[int, list[ExamCorrection]]:
    column = getattr(ExamCorrection, name)
    rows = db.session.scalars(
        select(ExamCorrection)
        .where(column.in_(list(ids)))
        .options(joinedload(ExamCorrection.by), joinedload(ExamCorrection.station))
        .order_by(ExamCorrection.id)
    )
    found: dict[int, list[ExamCorrection]] = {}
    for one in rows:
        found.setdefault(getattr(one, name), []).append(one)
    return found


def value_of(field: str, number: Decimal | None) -> Any:
    return bool(number) if field in BOOLEANS and number is not None else number


def put_right(figures: dict[str, Any], made: Iterable[ExamCorrection]) -> dict[str, Any]:
    """The figures as they count: every correction in turn."""
    found = dict(figures)
    for one in made:
        found[one.field] = value_of(one.field, one.new)
    return found


def figures_of(candidate: ExamCandidate) -> dict[str, Any]:
    return put_right(candidate.figures(), of_candidates([candidate.id]).get(candidate.id, ()))


def scores_of(made: Iterable[ExamCorrection]) -> dict[int, Decimal]:
    """Of an OSCE's candidate: what counts at each corrected station."""
    return {
        one.station_id: one.new
        for one in made
        if one.station_id is not None and one.new is not None
    }
