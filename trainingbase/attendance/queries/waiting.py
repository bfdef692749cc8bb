"""What waits for somebody on their first page."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from trainingbase.attendance.models import Appeal
from trainingbase.attendance.queries.months import matrix
from trainingbase.attendance.queries.scope import TAKERS, seen, supervised_by
from trainingbase.db import db
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement

LOOKED_BACK = 3
"""Months."""


@dataclass(frozen=True)
class Waiting:
    """Open appeals; months of departments that are over and not closed, and those of them that
    are late."""

    appeals: int = 0
    months: int = 0
    late: int = 0

    def __bool__(self) -> bool:
        return bool(self.appeals or self.months)


def waiting_for(viewer: Person, *, today: date) -> Waiting:
    """For the office only what is late: what is due is the departments' own."""
    appeals = _open_appeals(viewer)
    if not viewer.holds(*TAKERS):
        return Waiting(appeals)
    first = months_later(first_of_month(today), -LOOKED_BACK)
    _months, rows = matrix(viewer, first, LOOKED_BACK, today=today)
    states = [one.state for _department, squares in rows for one in squares]
    late = states.count("late")
    due = 0 if viewer.holds(Role.OFFICE) else states.count("due") + states.count("reopened")
    return Waiting(appeals, late + due, late)


def _open_appeals(viewer: Person) -> int:
    theirs = seen(viewer) if viewer.holds(*TAKERS) else supervised_by(viewer)
    rows = (
        select(func.count(Appeal.id))
        .join(Placement, Placement.id == Appeal.placement_id)
        .where(Appeal.approved.is_(None), theirs)
    )
    return db.session.scalar(rows) or 0
