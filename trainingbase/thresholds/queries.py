"""The base's own numbers."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from trainingbase.db import db, value
from trainingbase.prepared import prepared
from trainingbase.thresholds.models import Threshold


def value_of(key: str) -> Decimal:
    return value(*_value(key))


@prepared
def _value(key: str):
    return select(Threshold.value).where(Threshold.key == key)


def whole(key: str) -> int:
    return int(value_of(key))


def values() -> dict[str, Decimal]:
    return dict(db.session.execute(select(Threshold.key, Threshold.value)).all())


def all_thresholds() -> Sequence[Threshold]:
    return db.session.scalars(select(Threshold).order_by(Threshold.key)).all()


def threshold(key: str) -> Threshold:
    return db.session.scalars(select(Threshold).where(Threshold.key == key)).one()
