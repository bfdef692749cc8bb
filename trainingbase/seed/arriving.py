"""That the fictional residents entered their departments: nearly all, nearly always in time."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from trainingbase.entering.models import Arrival
from trainingbase.entering.rules import expected_on
from trainingbase.seed.people import Placed, Who
from trainingbase.seed.putting import put
from trainingbase.sites.queries.calendars import base_calendar as calendar
from trainingbase.sites.rules.calendar import Calendar

NOT_CONFIRMED = 0.01
LATE = 0.05


def make(
    stays: Sequence[Placed], who: Who, *, today: date, chance: Random, say: Callable[[str], None]
) -> int:
    """By the calendar of the base, so that whoever came is not late by it."""
    return put(Arrival, _rows(stays, who, calendar(), today, chance), say)


def _rows(
    stays: Sequence[Placed], who: Who, days: Calendar, today: date, chance: Random
) -> Iterator[dict]:
    for stay in stays:
        expected = expected_on(stay.starts_on, stay.ends_on, days)
        if expected is None or expected > today or chance.random() < NOT_CONFIRMED:
            continue
        came_on = expected + timedelta(days=3 if chance.random() < LATE else 0)
        day = min(came_on, stay.ends_on - timedelta(days=1), today)
        yield {
            "placement_id": stay.id,
            "arrived_on": day,
            "confirmed_at": datetime.combine(day, time(9), UTC),
            "confirmed_by_id": who.office,
            "beds": chance.randint(2, 5),
            "inducted_on": day,
            "inducted_by_id": stay.supervisor[1],
            "version": 1,
        }
