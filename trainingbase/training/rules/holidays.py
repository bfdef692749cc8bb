"""Which days are worked in China: public holidays and the weekends worked instead."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def is_working(day: date) -> bool:
    """By the State Council's calendar; Monday to Friday for a year it has not published yet."""
    import chinese_calendar

    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        return day.weekday() < 5
