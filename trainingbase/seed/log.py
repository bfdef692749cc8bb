"""What the fictional residents logged."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from trainingbase.logbook.models import LEVELS, Entry
from trainingbase.seed.base import Where
from trainingbase.seed.people import Placed
from trainingbase.seed.putting import put

MONTH = 30.4375
FRESH = timedelta(days=14)
"""Younger entries may still wait."""


def make(
    where: Where,
    stays: Sequence[Placed],
    *,
    a_month: int,
    today: date,
    chance: Random,
    say: Callable[[str], None],
) -> int:
    return put(Entry, _rows(where, stays, a_month, today, chance), say)


def _rows(where, stays, a_month, today, chance) -> Iterator[dict]:
    for stay in stays:
        days = min((stay.ends_on - stay.starts_on).days, (today - stay.starts_on).days + 1)
        items = where.items[stay.department]
        for number in range(round(a_month * days / MONTH)):
            category, item = items[int(chance.random() * len(items))]
            day = stay.starts_on + timedelta(days=int(chance.random() * days))
            yield _row(stay, number, category, item, day, chance.random(), today)


def _row(
    stay: Placed, number: int, category: str, item: str, day: date, luck: float, today: date
) -> dict:
    entered = datetime.combine(day, time(12), UTC)
    decided = today - day > FRESH or luck < 0.3
    returned = decided and luck > 0.98
    return {
        "resident_id": stay.resident_id,
        "placement_id": stay.id,
        "category": category,
        "item": item,
        "level": LEVELS[int(luck * 4)] if category == "procedure" else None,
        "count": 1,
        "done_on": day,
        "entered_at": entered,
        "entry_key": f"fiction-{stay.id}-{number}",
        "confirmed": not returned if decided else None,
        "decided_at": entered + timedelta(days=2) if decided else None,
        "decided_by_id": stay.supervisor[1] if decided else None,
        "reason": "虚构" if returned else None,
        "version": 1,
    }
