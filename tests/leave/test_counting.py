"""The arithmetic of leave, without a database."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingbase.leave.rules.counting import (
    Calendar,
    Span,
    days_in_year,
    event,
    years_of,
)
from trainingbase.leave.rules.effects import Stay, effect, made_up_by
from trainingbase.leave.rules.judging import (
    KindRule,
    Limits,
    Standing,
    Wanted,
    allowances,
    refusals,
)

LIMITS = Limits(late_days=7, longest_days=366, exam_later_days=90)
TODAY = date(2026, 11, 22)
TRAINING = {"starts_on": date(2026, 9, 1), "ends_on": date(2029, 9, 1)}
WEEK = Calendar({})


def why(wanted, rule=None, today=TODAY, **standing):
    found = refusals(
        wanted, rule or KindRule("sick"), Standing(**(TRAINING | standing)), LIMITS, today=today
    )
    return [(one.where, one.because) for one in found]


def december(first, last, kind="sick", **more):
    return Wanted(kind, date(2026, 12, first), date(2026, 12, last) + timedelta(days=1), **more)


def test_days_of_the_calendar_and_working_days():
    first, end = date(2026, 11, 27), date(2026, 12, 1)  # Friday to Monday
    assert WEEK.days(first, end, working=False) == 4
    assert WEEK.days(first, end, working=True) == 2


def test_a_holiday_is_no_working_day_and_a_make_up_weekend_is_one():
    calendar = Calendar({date(2026, 10, 1): False, date(2026, 10, 10): True})
    assert calendar.days(date(2026, 10, 1), date(2026, 10, 2), working=True) == 0
    assert calendar.days(date(2026, 10, 10), date(2026, 10, 12), working=True) == 1


def test_leave_that_touches_leave_of_its_kind_is_one():
    spans = [
        Span(1, "sick", date(2026, 12, 1), date(2026, 12, 4)),
        Span(2, "sick", date(2026, 12, 7), date(2026, 12, 9)),
        Span(3, "annual", date(2026, 12, 9), date(2026, 12, 12)),
    ]
    assert event(spans, "sick", date(2026, 12, 4), date(2026, 12, 7)) == (
        date(2026, 12, 1),
        date(2026, 12, 9),
    )


@pytest.mark.parametrize(
    ("wanted", "rule", "standing", "expected"),
    [
        (december(5, 3), None, {}, [("last", "order")]),
        (december(1, 2), KindRule("absence", by_residents=False), {}, [("kind", "office_only")]),
        (december(1, 2), None, {"left_on": TODAY}, [("first", "left")]),
        (december(1, 2), None, {"left_on": date(2026, 12, 3)}, []),
        (december(1, 3), None, {"left_on": date(2026, 12, 3)}, [("last", "after_training")]),
        (december(1, 2), None, {"starts_on": date(2026, 12, 2)}, [("first", "before_training")]),
        (december(1, 2), None, {"ends_on": date(2026, 12, 1)}, [("first", "after_training")]),
        (december(1, 2), None, {"ends_on": date(2026, 12, 2)}, [("last", "after_training")]),
        (december(1, 2), KindRule("sick", extends=True), {"ends_on": date(2026, 12, 2)}, []),
        (
            december(4, 6),
            None,
            {"spans": [Span(1, "annual", date(2026, 12, 6), date(2026, 12, 9))]},
            [("first", "overlap")],
        ),
        (
            december(4, 6),
            None,
            {"spans": [Span(1, "annual", date(2026, 12, 7), date(2026, 12, 9))]},
            [],
        ),
        (december(1, 4), KindRule("sick", most_days_a_year=3), {}, [("last", "year_allowance")]),
        (
            december(4, 5),
            KindRule("sick", most_days_an_event=4),
            {"spans": [Span(1, "sick", date(2026, 12, 1), date(2026, 12, 4))]},
            [("last", "event_allowance")],
        ),
        (december(5, 6), KindRule("sick", working_days=True), {}, [("first", "no_working_day")]),
        (Wanted("sick", date(2026, 12, 1), date(2028, 1, 1)), None, {}, [("last", "too_long")]),
        (Wanted("sick", date(2026, 11, 14), date(2026, 11, 16)), None, {}, [("first", "late")]),
        (Wanted("sick", date(2026, 11, 14), date(2026, 11, 16), True), None, {}, []),
    ],
)
def test_what_is_refused_and_where(wanted, rule, standing, expected):
    assert why(wanted, rule, **standing) == expected


def test_an_allowance_is_of_each_calendar_year():
    standing = Standing(**TRAINING, spans=[Span(1, "sick", date(2026, 12, 1), date(2026, 12, 3))])
    wanted = Wanted("sick", date(2026, 12, 30), date(2027, 1, 5))
    found = allowances(wanted, KindRule("sick", most_days_a_year=5), standing)
    assert [(one.year, one.had, one.asked, one.left) for one in found] == [
        (2026, 2, 2, 1),
        (2027, 0, 4, 1),
    ]


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        (1, ["supervisor"]),
        (3, ["supervisor", "secretary"]),
        (9, ["supervisor", "secretary", "office"]),
    ],
)
def test_longer_leave_asks_more_people(days, asked):
    rule = KindRule("sick", supervisor_from_days=1, secretary_from_days=2, office_from_days=4)
    assert rule.steps(days) == asked


def test_where_nobody_is_asked_the_office_is():
    assert KindRule("sick", supervisor_from_days=5).steps(2) == ["office"]


def test_days_missed_are_made_up_where_they_were_missed():
    stays = [
        Stay("Cardiology", date(2026, 12, 1), date(2027, 1, 1)),
        Stay("Surgery", date(2027, 1, 1), date(2027, 2, 1)),
        Stay("Community", date(2027, 2, 1), date(2027, 5, 1)),
    ]
    found = effect(
        stays, date(2026, 12, 28), date(2027, 1, 3), made_up=6, training_end=date(2029, 9, 1)
    )
    assert [(one.stay.what, one.missed, one.moved_to) for one in found.touched] == [
        ("Cardiology", 4, date(2027, 1, 5)),
        ("Surgery", 2, date(2027, 2, 7)),
    ]
    assert (found.later, found.moved_to) == (1, date(2029, 9, 7))


def test_only_the_days_beyond_make_the_training_longer():
    rule = KindRule("sick", extends=True, extends_after_days=30)
    first = Span(1, "sick", date(2026, 10, 1), date(2026, 10, 21))
    second = Span(2, "sick", date(2026, 12, 1), date(2026, 12, 21))
    assert made_up_by(first, [first, second], rule) == 0
    assert made_up_by(second, [first, second], rule) == 10
    assert made_up_by(second, [first, second], KindRule("sick")) == 0


DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))


@given(DAYS, st.integers(1, 500), st.dictionaries(DAYS, st.booleans(), max_size=5), st.booleans())
def test_the_days_of_the_years_add_up_to_the_days_of_the_leave(start, length, differs, working):
    calendar, end = Calendar(differs), start + timedelta(days=length)
    span = Span(1, "sick", start, end)
    parts = [
        days_in_year([span], "sick", year, calendar, working=working)
        for year in years_of(start, end)
    ]
    assert sum(parts) == calendar.days(start, end, working=working)
    assert 0 <= sum(parts) <= length


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(0, 90))
def test_what_the_leaves_make_up_adds_up_to_what_lies_beyond(lengths, after):
    rule, day, spans = KindRule("sick", extends=True, extends_after_days=after), TODAY, []
    for number, length in enumerate(lengths):
        spans.append(Span(number, "sick", day, day + timedelta(days=length)))
        day += timedelta(days=length + 3)
    assert sum(made_up_by(one, spans, rule) for one in spans) == max(0, sum(lengths) - after)
