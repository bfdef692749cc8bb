"""What the province reports to compare with, each with where it was read."""

from datetime import datetime
from decimal import Decimal

from trainingbase.assessments.models import ProvincialFigure
from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.exams.models import ExamKind, ProvincialSource
from trainingbase.exams.queries import province as queries
from trainingbase.history.actions import note
from trainingbase.people.models import Person
from trainingbase.sheets import Preview

MEASURES = {
    "annual": ("theory", "skills"),
    "graduation": ("theory", "skills"),
    "licence": ("licence",),
}
"""Of the annual test mean scores; of the others pass rates at the first attempt, shares of 1."""


def enter(
    kind: str,
    year: int,
    measure: str,
    value: Decimal,
    *,
    source: str,
    by: Person,
    at: datetime,
) -> ProvincialFigure:
    """Enter or change it; what it was stays in its history."""
    figure = _keep(kind, year, measure, value, source=source, by=by, at=at)
    db.session.commit()
    return figure


def _keep(
    kind: str, year: int, measure: str, value: Decimal, *, source: str, by: Person, at: datetime
) -> ProvincialFigure:
    figure = queries.figure(kind, year, measure)
    if figure is None:
        figure = ProvincialFigure(kind=kind, year=year, measure=measure, value=value)
        db.session.add(figure)
        db.session.flush()
    elif figure.value != value:
        note(figure, {"value": (figure.value, value)}, by=by, at=at, why=source)
        figure.value = value
    read = db.session.get(ProvincialSource, figure.id)
    if read is None:
        read = ProvincialSource(figure_id=figure.id, source=source, entered_at=at)
        db.session.add(read)
    read.source, read.entered_at, read.entered_by_id = source, at, by.id
    record("enter-provincial-figure", figure, by=by, at=at, kind=kind, year=year)
    return figure


def keep_from(
    preview: Preview, noun: str, kind: ExamKind, filename: str, *, by: Person, at: datetime
) -> int:
    """The provincial lines of a workbook; how many figures.  The caller commits."""
    kept = 0
    for table in preview.sheets:
        for line in table.facts.get("provincial_means", ()) if table.noun == noun else ():
            for measure in MEASURES[kind.result_kind]:
                if line.get(measure) is None or line.get("year") is None:
                    continue
                value = Decimal(str(line[measure]))
                _keep(kind.result_kind, line["year"], measure, value, source=filename, by=by, at=at)
                kept += 1
    return kept
