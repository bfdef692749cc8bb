"""Which days are worked."""

from datetime import date, timedelta

from tests.attendance.conftest import NOW, nov
from trainingbase import holidays
from trainingbase.attendance import actions
from trainingbase.attendance.queries.choices import year_is_known
from trainingbase.leave.queries.rules import years_known
from trainingbase.sites.queries.calendars import base_calendar as calendar
from trainingbase.sites.queries.calendars import calendars

HOLIDAYS_2026 = [
    ((1, 1), (1, 3)),
    ((2, 15), (2, 23)),
    ((4, 4), (4, 6)),
    ((5, 1), (5, 5)),
    ((6, 19), (6, 21)),
    ((9, 25), (9, 27)),
    ((10, 1), (10, 7)),
]
"""As the State Council announced them: first and last day."""
WORKED_2026 = [(1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10)]


def test_2026_day_by_day(app):
    known, working = calendar(), 0
    off = {
        date(2026, *first) + timedelta(days=number)
        for first, last in HOLIDAYS_2026
        for number in range((date(2026, *last) - date(2026, *first)).days + 1)
    }
    made_up = {date(2026, *day) for day in WORKED_2026}
    for number in range(365):
        day = date(2026, 1, 1) + timedelta(days=number)
        expected = day in made_up or (day.weekday() < 5 and day not in off)
        assert known.is_working(day) == expected, day
        working += expected
    assert working == 248 and len(off) == 33
    assert all(day.weekday() >= 5 for day in made_up)


def test_a_year_that_nobody_knows_is_said_to_be_unknown(app, office):
    assert 2026 in holidays.years() and 2035 not in holidays.years()
    assert year_is_known(2026) and not year_is_known(2035)
    assert 2035 not in years_known()
    actions.declare_year(2035, by=office, at=NOW)
    assert year_is_known(2035)
    actions.take_back_year(2035, by=office, at=NOW)
    assert not year_is_known(2035)


def test_department_goes_before_site_before_base_before_library(county, office):
    def working(department, day):
        places = [(d.id, d.institution_id) for d in (county.medicine, county.surgery)]
        return calendars(places, date(2026, 1, 1), date(2027, 1, 1))[department.id].is_working(day)

    day = date(2026, 10, 1)
    assert not working(county.medicine, day)
    actions.put_base_day(day, is_working=True, reason="Epidemic", by=office, at=NOW)
    assert working(county.medicine, day) and working(county.surgery, day)
    where = {"institution_id": county.lead.id, "department_id": None}
    actions.add_exception(day, **where, is_working=False, reason="Move", by=office, at=NOW)
    assert not working(county.medicine, day) and not working(county.surgery, day)
    there = {"institution_id": None, "department_id": county.medicine.id}
    row = actions.add_exception(day, **there, is_working=True, reason="Duty", by=office, at=NOW)
    assert working(county.medicine, day) and not working(county.surgery, day)
    again = actions.add_exception(day, **there, is_working=False, reason="No", by=office, at=NOW)
    assert again.id == row.id and not working(county.medicine, day)
    actions.remove_exception(row, by=office, at=NOW)
    assert not working(county.medicine, day)
    assert working(county.medicine, nov(20))
