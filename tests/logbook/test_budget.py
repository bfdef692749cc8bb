"""What the pages people open daily may cost: statements, and calls of Python functions.

Calls are counted, not milliseconds: the same page makes the same calls however busy the machine
is.  A budget lies a fifth above what was needed when it was set; whoever needs more says why.
"""

import sys
from datetime import date, timedelta

import pytest

from tests.cast import LONG_AGO
from tests.logbook.test_completion import entry
from trainingbase.attendance.models import Mark
from trainingbase.db import db
from trainingbase.logbook.actions import keeping

ROWS = 25
"""A page of a list."""

BUDGETS = {
    "a resident's log": (11, 20_000),
    "one rotation": (10, 22_500),
    "all that is asked": (8, 17_500),
    "a supervisor's list": (7, 15_000),
    "a secretary's month": (16, 20_500),
    "a secretary's day": (19, 20_000),
    "the office's table": (8, 13_500),
}
"""Statements and calls."""


@pytest.fixture
def people(stay, bob_resident, placed, county, mei, secretary, office):
    """A full page of each: entries that wait for Mei, and a month of two who signed in."""
    bob = placed(bob_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    for number in range(ROWS):
        item = ("disease", "COPD") if number % 2 else ("procedure", "ECG")
        db.session.add(entry(stay, item, "waiting", number))
    for one in (stay, bob):
        for number in range(20):
            day = date(2026, 11, 2) + timedelta(days=number)
            mark = Mark(
                resident_id=one.resident_id,
                department_id=one.department_id,
                day_on=day,
                morning="present",
                afternoon="present",
                how="code",
                marked_at=LONG_AGO,
                marked_by_id=one.resident.person_id,
            )
            db.session.add(mark)
    db.session.commit()
    keeping.keep_changed(at=LONG_AGO)
    return {
        "a resident's log": (stay.resident.person, "/log/"),
        "one rotation": (stay.resident.person, f"/log/placements/{stay.id}"),
        "all that is asked": (stay.resident.person, "/log/mine/completion"),
        "a supervisor's list": (mei, "/log/to-confirm"),
        "a secretary's month": (secretary, "/attendance/month?month=2026-11"),
        "a secretary's day": (secretary, "/attendance/?day=2026-11-20"),
        "the office's table": (office, "/log/completion"),
    }


def calls_of(browser, address) -> int:
    number = 0

    def note(_frame, what, _argument):
        nonlocal number
        number += what in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        browser.get(address)
    finally:
        sys.setprofile(before)
    return number


@pytest.mark.parametrize("page", BUDGETS)
def test_a_daily_page_keeps_within_its_budget(people, browse, statements, page):
    person, address = people[page]
    browser = browse(person)
    for _until_all_is_drawn in range(2):
        assert browser.get(address).status_code == 200
    most_said, most_called = BUDGETS[page]
    assert statements(lambda: browser.get(address)) <= most_said
    assert calls_of(browser, address) <= most_called
