"""Kinds of activities, and how often each is due."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.training.models import Activity, Frequency, Kind


def kinds() -> Sequence[Kind]:
    """All, with their frequencies, in the base's order."""
    return db.session.scalars(
        select(Kind)
        .options(selectinload(Kind.frequencies).joinedload(Frequency.department))
        .order_by(Kind.position, Kind.id)
    ).all()


def kind_by_id(kind_id: int) -> Kind:
    return db.session.scalars(
        select(Kind)
        .where(Kind.id == kind_id)
        .options(selectinload(Kind.frequencies).joinedload(Frequency.department))
    ).one()


def kind_named(name: str) -> Kind | None:
    return db.session.scalar(select(Kind).where(Kind.name == name))


def frequency_by_id(frequency_id: int) -> Frequency:
    return db.session.scalars(
        select(Frequency).where(Frequency.id == frequency_id).options(joinedload(Frequency.kind))
    ).one()


def names() -> list[str]:
    """Of the base's kinds in use and of what activities there are besides, as from a workbook."""
    known = list(db.session.scalars(select(Kind.name).where(Kind.in_use).order_by(Kind.position)))
    found = db.session.scalars(select(Activity.kind).distinct().order_by(Activity.kind))
    return list(dict.fromkeys([*known, *found]))


def english_names() -> dict[str, str]:
    """By the name in `activities.kind`."""
    rows = db.session.execute(select(Kind.name, Kind.name_en).where(Kind.name_en.is_not(None)))
    return dict(rows.all())
