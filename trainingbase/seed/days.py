"""Attendance of the fictional residents, signed in by code on every working day."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from trainingbase.attendance.models import Mark
from trainingbase.seed.base import Where
from trainingbase.seed.people import Placed, Who
from trainingbase.seed.putting import put

WEEKEND = 5
MISSED = 0.02


def make(
    where: Where,
    stays: Sequence[Placed],
    who: Who,
    *,
    today: date,
    chance: Random,
    say: Callable[[str], None],
) -> int:
    rows = (
        _row(where, stay, day, who.office, chance.random())
        for stay in stays
        for n in range((min(stay.ends_on, today + timedelta(days=1)) - stay.starts_on).days)
        if (day := stay.starts_on + timedelta(days=n)).weekday() < WEEKEND
    )
    return put(Mark, rows, say)


def _row(where: Where, stay: Placed, day: date, office: int, luck: float) -> dict:
    state = "absence" if luck < MISSED else "present"
    return {
        "resident_id": stay.resident_id,
        "department_id": where.department_ids[stay.department],
        "day_on": day,
        "morning": state,
        "afternoon": state,
        "how": "code",
        "marked_at": datetime.combine(day, time(8), UTC),
        "marked_by_id": office,
        "version": 1,
    }
