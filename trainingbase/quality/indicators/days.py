"""Days of attendance by month: what attendance and leave are both made of."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from trainingbase.attendance.queries.days import days_of
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.months import months_from, months_later
from trainingbase.quality.rules.facts import Fact
from trainingbase.rotations.models import Placement

PARTS = ("present", "leave", "absent", "unknown")


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """Of days that are over, by the base's one rule of counting."""
    until = min(ends_on, today)
    if starts_on >= until:
        return
    rows = db.session.execute(
        select(
            Placement.id,
            Placement.starts_on,
            Placement.ends_on,
            Placement.department_id,
            Resident.cohort_id,
            Placement.resident_id,
        )
        .join(Placement.resident)
        .where(
            Placement.cancelled_at.is_(None),
            Placement.starts_on < until,
            Placement.ends_on > starts_on,
        )
        .order_by(Placement.id)
    ).all()
    for month in months_from(starts_on, until):
        after = min(months_later(month, 1), until)
        there = {one.id: one for one in rows if one.starts_on < after and one.ends_on > month}
        for number, days in days_of(list(there), month, after).items():
            whose = tuple(there[number])[3:]
            for part in PARTS:
                if amount := getattr(days, part):
                    yield Fact._make((month, *whose, part, amount))
