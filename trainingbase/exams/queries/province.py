"""The province's figures, with where they were read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from trainingbase.assessments.models import ProvincialFigure
from trainingbase.db import db
from trainingbase.exams.models import ProvincialSource
from trainingbase.people.models import Person


def figure(kind: str, year: int, measure: str) -> ProvincialFigure | None:
    return db.session.scalars(
        select(ProvincialFigure).where(
            ProvincialFigure.kind == kind,
            ProvincialFigure.year == year,
            ProvincialFigure.measure == measure,
        )
    ).one_or_none()


def figure_by_id(figure_id: int) -> ProvincialFigure:
    return db.session.scalars(
        select(ProvincialFigure).where(ProvincialFigure.id == figure_id)
    ).one()


def figures() -> Sequence[Any]:
    """Columns: the figure's, its source, who entered it and when; the newest year first."""
    return db.session.execute(
        select(
            ProvincialFigure.id,
            ProvincialFigure.kind,
            ProvincialFigure.year,
            ProvincialFigure.measure,
            ProvincialFigure.value,
            ProvincialSource.source,
            ProvincialSource.entered_at,
            Person.name.label("who"),
        )
        .outerjoin(ProvincialSource, ProvincialSource.figure_id == ProvincialFigure.id)
        .outerjoin(Person, Person.id == ProvincialSource.entered_by_id)
        .order_by(ProvincialFigure.year.desc(), ProvincialFigure.kind, ProvincialFigure.measure)
    ).all()


def source_of(figure_id: int) -> ProvincialSource | None:
    return db.session.get(ProvincialSource, figure_id)
