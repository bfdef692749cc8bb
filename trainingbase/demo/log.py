"""What the fictional residents log: most of what their departments ask, most of it confirmed."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import insert, select

from trainingbase import clock
from trainingbase.db import db
from trainingbase.logbook.models import LEVELS, Entry
from trainingbase.programmes.models import Minimum
from trainingbase.rotations.models import Placement
from trainingbase.training.words import KINDS

NOTES = (None, None, None, "门诊首诊", "住院病人，全程管床", "随访复诊，调整用药", "夜班急诊")


def play(*, today: date, say: Callable[[str], None]) -> None:
    """Entries of every placement that has begun, in one statement."""
    rows = [row for placement in _begun(today) for row in _entries(placement, today)]
    if rows:
        db.session.execute(insert(Entry), rows)
    db.session.commit()
    say(f"  Residents logged {len(rows)} pieces of work.")


def _begun(today: date):
    return db.session.scalars(
        select(Placement).where(Placement.cancelled_at.is_(None), Placement.starts_on <= today)
    ).all()


def _entries(placement: Placement, today: date) -> Iterator[dict]:
    chance = Random(placement.id)  # noqa: S311 (a play, not a secret)
    end = min(placement.ends_on, today + timedelta(days=1))
    days = (end - placement.starts_on).days
    passed = days / (placement.ends_on - placement.starts_on).days
    supervisor = placement.supervisor.person_id if placement.supervisor else None
    for minimum in _asked(placement.standard_department_id):
        diligence = chance.uniform(0.75, 1.2)
        for number in range(round(minimum.count * passed * diligence)):
            day = placement.starts_on + timedelta(days=chance.randrange(days))
            entered = _at(day, 20)
            settled = supervisor is not None and day < today - timedelta(days=4)
            yield {
                "resident_id": placement.resident_id,
                "placement_id": placement.id,
                "category": minimum.category,
                "item": minimum.item,
                "level": chance.choice(LEVELS) if minimum.category == "procedure" else None,
                "done_on": day,
                "note": chance.choice(NOTES),
                "entered_at": entered,
                "entry_key": f"demo-{placement.id}-{minimum.id}-{number}",
                "confirmed": True if settled else None,
                "decided_at": entered + timedelta(days=2) if settled else None,
                "decided_by_id": supervisor if settled else None,
                "version": 1,
            }


def _asked(standard_id: int):
    rows = db.session.scalars(
        select(Minimum).where(Minimum.standard_department_id == standard_id)
    ).all()
    return [one for one in rows if one.item not in KINDS]


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), clock.LOCAL)
