"""Which days each department works: by its own calendar, which attendance counts by too."""

from collections.abc import Callable, Iterable
from datetime import date

from trainingbase.sites.models import Department
from trainingbase.sites.queries.calendars import base_calendar, calendars
from trainingbase.training.rules.holidays import is_working


def working_days(
    departments: Iterable[Department], starts_on: date, ends_on: date
) -> Callable[[int | None, date], bool]:
    """Whether a department, by its id, works on a day of [starts_on, ends_on); None asks for the
    base.  Three statements however many departments."""
    places = [(one.id, one.institution_id) for one in departments]
    base, known = base_calendar(), calendars(places, starts_on, ends_on)

    def works(department_id: int | None, day: date) -> bool:
        return is_working(day, known.get(department_id or 0, base).differs)

    return works
