"""The calendar of the base, and of each department."""

from collections import ChainMap
from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from trainingbase import holidays
from trainingbase.db import columns, db
from trainingbase.prepared import prepared
from trainingbase.sites.models import CalendarException, CalendarYear, DayOff
from trainingbase.sites.rules.calendar import Calendar


def base_calendar() -> Calendar:
    """The public holidays the library knows, and what the base has entered, which goes before."""
    entered = {row[0]: row[1] for row in columns(*_days_off())}
    return Calendar({**holidays.differing(), **entered})


@prepared
def _days_off():
    return select(DayOff.day_on, DayOff.is_working)


def calendars(
    departments: Collection[tuple[int, int]], starts_on: date, ends_on: date
) -> dict[int, Calendar]:
    """Of each (department, institution) by department: what the department has entered goes
    before what its site has, that before the base's, that before the library's.  Two statements."""
    base = base_calendar()
    if not departments:
        return {}
    rows = columns(*_exceptions(starts_on, ends_on))
    own: dict[tuple[str, int], dict[date, bool]] = {}
    for institution_id, department_id, day, is_working in rows:
        whose = ("institution", institution_id) if institution_id else ("department", department_id)
        own.setdefault(whose, {})[day] = is_working
    made = {}
    for department_id, institution_id in departments:
        differs = [
            own[whose]
            for whose in (("department", department_id), ("institution", institution_id))
            if whose in own
        ]
        made[department_id] = Calendar(ChainMap(*differs, base.differs)) if differs else base
    return made


@prepared
def _exceptions(starts_on: date, ends_on: date):
    return select(
        CalendarException.institution_id,
        CalendarException.department_id,
        CalendarException.day_on,
        CalendarException.is_working,
    ).where(CalendarException.day_on >= starts_on, CalendarException.day_on < ends_on)


def years_entered() -> set[int]:
    """Years that the library does not know, and that somebody has entered whole by hand."""
    return set(db.session.scalars(select(CalendarYear.year)))
