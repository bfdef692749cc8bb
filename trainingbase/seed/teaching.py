"""Teaching activities of the fictional departments, and who came."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.seed.base import ACTIVITIES, Where
from trainingbase.seed.people import Placed, Who
from trainingbase.seed.putting import put
from trainingbase.training.models import Activity, Attendance

FORTNIGHT = timedelta(days=14)


def make(
    where: Where,
    who: Who,
    stays: Sequence[Placed],
    *,
    begins_on: date,
    today: date,
    chance: Random,
    at: datetime,
    say: Callable[[str], None],
) -> int:
    """Each kind once a fortnight in every department, with most of those who are there."""
    topic = f"虚构{where.seed}"
    rows = []
    for n, department in enumerate(where.department_ids):
        day = begins_on + timedelta(days=n)
        while day <= today:
            for kind in ACTIVITIES:
                _member, person = who.supervisors[n][chance.randrange(len(who.supervisors[n]))]
                rows.append(
                    {
                        "held_on": day,
                        "starts_at": "15:00",
                        "hours": Decimal(1),
                        "kind": kind,
                        "topic": topic,
                        "department_id": department,
                        "speaker_id": person,
                        "submitted_at": at,
                        "approved_at": at,
                        "version": 1,
                    }
                )
            day += FORTNIGHT
    put(Activity, rows)
    held = db.session.execute(
        select(Activity.id, Activity.department_id, Activity.held_on)
        .where(Activity.topic == topic)
        .order_by(Activity.id)
    ).all()
    present = _present(where, stays)
    came = (
        {"activity_id": key, "resident_id": resident, "how": "code", "counts": True}
        for key, department, day in held
        for resident in present(department, day)
        if chance.random() < 0.85
    )
    return put(Attendance, came, say)


def _present(where: Where, stays: Sequence[Placed]) -> Callable[[int, date], list[int]]:
    """Who is in a department on a day."""
    inside: dict[tuple[int, date], list[int]] = defaultdict(list)
    begins: dict[int, set[date]] = defaultdict(set)
    for stay in stays:
        department = where.department_ids[stay.department]
        inside[department, stay.starts_on].append(stay.resident_id)
        begins[department].add(stay.starts_on)
    ordered = {department: sorted(days) for department, days in begins.items()}

    def there(department: int, day: date) -> list[int]:
        days = ordered.get(department, [])
        place = bisect_right(days, day)
        return inside[department, days[place - 1]] if place else []

    return there
