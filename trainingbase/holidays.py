"""Chinese public holidays and the weekend days worked for them, from a maintained library.

It is asked only when a calendar is needed, so that nothing pays for it at the start.
"""

from datetime import date
from functools import cache


@cache
def years() -> frozenset[int]:
    """The years that the library knows whole."""
    from chinese_calendar import constants

    return frozenset(day.year for day in constants.holidays)


@cache
def differing() -> dict[date, bool]:
    """The days that differ from their weekday, in all `years()`: whether one works on them."""
    from chinese_calendar import constants

    off = dict.fromkeys((day for day in constants.holidays if day.weekday() < 5), False)
    return off | dict.fromkeys((day for day in constants.workdays if day.weekday() >= 5), True)


@cache
def names() -> dict[date, str]:
    """The festival (a key: "Spring Festival") a day is off or worked for."""
    from chinese_calendar import constants

    found = {**constants.holidays, **constants.workdays}
    return {day: str(name) for day, name in found.items()}
