"""The base's own numbers."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import or_, select

from trainingbase.db import db, value
from trainingbase.prepared import prepared
from trainingbase.thresholds.models import Threshold
from trainingbase.thresholds.rules import PARTS, at_least, part_of


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


def all_thresholds(search: str = "") -> Sequence[Threshold]:
    """Those whose name, key or source contains what was typed."""
    rows = select(Threshold).order_by(Threshold.key)
    if search:
        told = (Threshold.name, Threshold.name_en, Threshold.key, Threshold.source)
        rows = rows.where(or_(*(one.icontains(search, autoescape=True) for one in told)))
    return db.session.scalars(rows).all()


def by_part(search: str = "") -> dict[str, list[Threshold]]:
    """The same by the part of the portal they are about, in the order of the page."""
    found: dict[str, list[Threshold]] = {part: [] for part in PARTS}
    for one in all_thresholds(search):
        found[part_of(one.key)].append(one)
    return {part: rows for part, rows in found.items() if rows}


def threshold(key: str) -> Threshold:
    return db.session.scalars(select(Threshold).where(Threshold.key == key)).one()
