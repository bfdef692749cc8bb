"""How many leave in time: for the quality figures."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func, select
from sqlalchemy.orm import contains_eager

from trainingbase.db import db
from trainingbase.leaving.models import Left
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole


@dataclass(frozen=True)
class OnTime:
    """Of placements whose leaving was due in a span: done by the day it was due, done later, and
    not done."""

    on_time: int
    late: int
    open: int

    @property
    def due(self) -> int:
        return self.on_time + self.late + self.open


def on_time(starts_on: date, ends_on: date) -> OnTime:
    """Of the placements that ended from `starts_on` until `ends_on` (exclusive: the last days lie
    in the span).  In time is by so many days after the last one as the base sets."""
    grace = timedelta(days=whole("leaving_due_days"))
    rows = db.session.execute(
        select(Placement.ends_on, Left.left_on, func.count())
        .outerjoin(Left, and_(Left.placement_id == Placement.id, Left.withdrawn_at.is_(None)))
        .where(
            Placement.cancelled_at.is_(None),
            Placement.ends_on > starts_on,
            Placement.ends_on <= ends_on,
        )
        .group_by(Placement.ends_on, Left.left_on)
    )
    found = {"on_time": 0, "late": 0, "open": 0}
    for end, left_on, number in rows:
        found[became(end, left_on, grace)] += number
    return OnTime(**found)


def became(ends_on: date, left_on: date | None, grace: timedelta) -> str:
    """The part of `OnTime` in which a leaving counts."""
    if left_on is None:
        return "open"
    return "on_time" if left_on < ends_on + grace else "late"


def each_on_time(starts_on: date, ends_on: date) -> list[tuple[Placement, str]]:
    """The placements that `on_time` counts, each with the part it counts in."""
    grace = timedelta(days=whole("leaving_due_days"))
    rows = db.session.execute(
        select(Placement, Left.left_on)
        .outerjoin(Left, and_(Left.placement_id == Placement.id, Left.withdrawn_at.is_(None)))
        .where(
            Placement.cancelled_at.is_(None),
            Placement.ends_on > starts_on,
            Placement.ends_on <= ends_on,
        )
        .options(contains_eager(Placement.resident))
        .join(Placement.resident)
        .order_by(Placement.ends_on, Placement.id)
    )
    return [(one, became(one.ends_on, left_on, grace)) for one, left_on in rows]
