"""The base's own numbers."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from trainingbase.db import db, value
from trainingbase.prepared import prepared
from trainingbase.thresholds.models import Threshold
from trainingbase.thresholds.rules import at_least


def value_of(key: str) -> Decimal:
    """Never below its floor, whatever was set before it had one."""
    return at_least(key, value(*_value(key)))


@prepared
def _value(key: str):
    return select(Threshold.value).where(Threshold.key == key)


def whole(key: str) -> int:
    return int(value_of(key))


def values() -> dict[str, Decimal]:
    rows = db.session.execute(select(Threshold.key, Threshold.value))
    return {key: at_least(key, number) for key, number in rows}


def all_thresholds() -> Sequence[Threshold]:
    return db.session.scalars(select(Threshold).order_by(Threshold.key)).all()


def threshold(key: str) -> Threshold:
    return db.session.scalars(select(Threshold).where(Threshold.key == key)).one()
