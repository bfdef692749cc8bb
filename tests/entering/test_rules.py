"""When somebody is expected, and what is late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingbase.entering.rules import (
    Bounds,
    beds_against,
    expected_on,
    in_time,
    standing,
)
from trainingbase.sites.rules.calendar import Calendar

WEEKS = Calendar({})
NATIONAL_DAY = Calendar({date(2026, 10, day): False for day in range(1, 8)})


def test_a_placement_that_begins_on_a_sunday_is_entered_on_monday():
    assert expected_on(date(2026, 11, 1), date(2026, 12, 1), WEEKS) == date(2026, 11, 2)


def test_nobody_is_expected_on_a_public_holiday():
    first = expected_on(date(2026, 10, 1), date(2026, 11, 1), NATIONAL_DAY)
    assert first == date(2026, 10, 8)


def test_whoever_is_on_leave_is_expected_after_it():
    away = [(date(2026, 11, 30), date(2026, 12, 4))]
    assert expected_on(date(2026, 12, 1), date(2027, 1, 1), WEEKS, away) == date(2026, 12, 4)
    whole = [(date(2026, 11, 1), date(2027, 6, 1))]
    assert expected_on(date(2026, 12, 1), date(2027, 1, 1), WEEKS, whole) is None


@pytest.mark.parametrize(
    ("today", "arrived", "missed", "away", "state"),
    [
        (date(2026, 11, 30), False, False, [], "coming"),
        (date(2026, 12, 1), False, False, [], "due"),
        (date(2026, 12, 2), False, False, [], "due"),
        (date(2026, 12, 3), False, False, [], "late"),
        (date(2026, 12, 3), True, False, [], "arrived"),
        (date(2026, 12, 3), False, True, [], "missed"),
        (date(2026, 12, 3), False, False, [(date(2026, 12, 1), date(2026, 12, 8))], "away"),
        (date(2026, 12, 9), False, False, [(date(2026, 12, 1), date(2026, 12, 8))], "due"),
        (date(2027, 2, 1), False, False, [], "open"),
        (date(2027, 2, 1), False, True, [], "missed"),
    ],
)
def test_where_an_arrival_stands(today, arrived, missed, away, state):
    found = standing(
        date(2026, 12, 1), date(2027, 2, 1),
        arrived=arrived, missed=missed, calendar=WEEKS, away=away, today=today, grace=1,
    )  # fmt: skip
    assert found.state == state


@given(
    start=st.dates(date(2026, 1, 1), date(2027, 1, 1)),
    days=st.integers(1, 90),
    leave=st.integers(-30, 90),
    length=st.integers(1, 60),
)
def test_the_day_expected_is_a_working_day_of_the_placement_without_leave(
    start, days, leave, length
):
    end = start + timedelta(days=days)
    away = (start + timedelta(days=leave), start + timedelta(days=leave + length))
    day = expected_on(start, end, NATIONAL_DAY, [away])
    if day is not None:
        assert start <= day < end and NATIONAL_DAY.is_working(day)
        assert not away[0] <= day < away[1]


def test_in_time_is_the_day_expected_and_the_days_of_grace():
    expected = date(2026, 12, 1)
    assert in_time(date(2026, 12, 2), expected, 1)
    assert not in_time(date(2026, 12, 3), expected, 1)
    assert not in_time(None, expected, 1) and not in_time(expected, None, 1)


def test_beds_outside_the_bounds_are_few_or_many():
    bounds = Bounds(2, 5)
    assert [beds_against(beds, bounds) for beds in (None, 1, 2, 5, 6)] == [
        None, "few", None, None, "many",
    ]  # fmt: skip
