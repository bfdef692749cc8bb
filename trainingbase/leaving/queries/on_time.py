"""How many leave in time: for the quality figures."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, func, select

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
    in_time = late = waiting = 0
    for end, left_on, number in rows:
        if left_on is None:
            waiting += number
        elif left_on < end + grace:
            in_time += number
        else:
            late += number
    return OnTime(in_time, late, waiting)
