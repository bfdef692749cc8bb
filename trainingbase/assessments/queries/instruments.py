"""Questions about forms."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainingbase.assessments.models import Instrument
from trainingbase.db import db


def instruments_in_use(assessor: str = "faculty") -> Sequence[Instrument]:
    """The forms that this kind of assessor may fill now, without their items."""
    return db.session.scalars(
        select(Instrument)
        .where(Instrument.is_in_use, Instrument.assessor == assessor)
        .order_by(Instrument.id)
    ).all()


def by_code() -> dict[str, Instrument]:
    """Every form that is in use now, without its items."""
    rows = db.session.scalars(
        select(Instrument).where(Instrument.is_in_use).order_by(Instrument.id)
    )
    return {one.code: one for one in rows}


def instrument_in_use(code: str) -> Instrument:
    """The version of a form that is filled now, with its items."""
    return db.session.scalars(
        select(Instrument)
        .where(Instrument.code == code, Instrument.is_in_use)
        .options(selectinload(Instrument.items))
    ).one()


def all_instruments() -> Sequence[Instrument]:
    """Every form and version, those in use first."""
    return db.session.scalars(
        select(Instrument).order_by(Instrument.is_in_use.desc(), Instrument.id)
    ).all()


def instrument_by_id(instrument_id: int) -> Instrument:
    return db.session.scalars(
        select(Instrument)
        .where(Instrument.id == instrument_id)
        .options(selectinload(Instrument.items))
    ).one()
