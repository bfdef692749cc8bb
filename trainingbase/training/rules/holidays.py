"""Which days are worked in China: public holidays and the weekends worked instead."""

from collections.abc import Collection, Mapping
from datetime import date

from trainingbase import holidays

FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
"""Month and day of the holidays that do not follow the moon
(全国年节及纪念日放假办法, as revised in 2024)."""


def is_working(day: date, differs: Mapping[date, bool] | None = None) -> bool:
    """By what the base has entered (`differs`, with the library's days), else by the State
    Council's calendar.  For a year it is not known of yet: Monday to Friday but for the holidays
    that fall on the same day each year."""
    if differs is not None and day in differs:
        return differs[day]
    if is_known(day.year):
        return holidays.differing().get(day, day.weekday() < 5)
    return day.weekday() < 5 and (day.month, day.day) not in FIXED


def is_known(year: int) -> bool:
    """Whether the calendar of this year has been published to the library."""
    return year in holidays.years()


def unknown_years(starts_on: date, ends_on: date, entered: Collection[int] = ()) -> list[int]:
    """Those that [starts_on, ends_on) touches and whose calendar neither the library knows nor
    somebody has `entered`."""
    years = range(starts_on.year, ends_on.year + 1)
    return [year for year in years if not is_known(year) and year not in entered]
