"""Months, graduation, numbers and suspended months, as plain values."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingbase.courses.rules.graduating import Exam, Limits, Record, lacking, whole_years
from trainingbase.courses.rules.months import (
    Earned,
    Stay,
    Wanted,
    done_by_standard,
    length,
    owed,
    proposed,
)
from trainingbase.courses.rules.numbers import Holder, pasted
from trainingbase.courses.rules.states import later
from trainingbase.rotations.rules.releasing import released, suspended_months
from trainingbase.rotations.rules.rows import Row

SEPTEMBER, NOVEMBER, JANUARY = date(2026, 9, 1), date(2026, 11, 1), date(2027, 1, 1)
MEDICINE, SURGERY, EYES, SKIN = 1, 2, 3, 4
WANTED = (
    Wanted(MEDICINE, Decimal(2)),
    Wanted(EYES, Decimal(1), group=7, group_months=Decimal(1)),
    Wanted(SKIN, Decimal(1), group=7, group_months=Decimal(1)),
)


def test_half_months_that_have_begun_count():
    assert length(SEPTEMBER, date(2026, 9, 16)) == Decimal("0.5")
    assert length(SEPTEMBER, date(2026, 9, 17)) == 1
    assert length(date(2026, 9, 16), NOVEMBER) == Decimal("1.5")
    assert length(NOVEMBER, SEPTEMBER) == 0


def test_of_electives_any_will_do():
    assert [one.standards for one in owed(WANTED, {MEDICINE: Decimal(2)})] == [(EYES, SKIN)]
    assert owed(WANTED, {MEDICINE: Decimal(3), SKIN: Decimal(1)}) == []
    half = owed(WANTED, {MEDICINE: Decimal(2), SKIN: Decimal("0.5")})
    assert half[0].missing == Decimal("0.5")


def test_what_is_credited_as_done_here_is_not_counted_twice():
    stay = Stay(1, MEDICINE, SEPTEMBER, NOVEMBER)
    credit = Earned(MEDICINE, Decimal(1), is_done=True, until_on=NOVEMBER)
    assert done_by_standard([credit], [stay]) == {MEDICINE: 1}
    assert done_by_standard([replace(credit, is_done=False)], [stay]) == {MEDICINE: 3}
    assert done_by_standard([], [stay], date(2026, 10, 1)) == {MEDICINE: 1}


@given(
    done=st.dictionaries(st.integers(1, 6), st.decimals(0, 12, places=1), max_size=6),
    wanted=st.lists(st.builds(Wanted, st.integers(1, 6), st.decimals(0, 12, places=1)), max_size=6),
)
def test_no_more_is_proposed_than_was_done(done, wanted):
    assert all(months <= done[key] for key, months in proposed(done, wanted).items())


RECORD = Record(
    starts_on=SEPTEMBER,
    ends_on=date(2028, 9, 1),
    is_training=True,
    wanted=WANTED[:1],
    stays=(Stay(5, MEDICINE, SEPTEMBER, NOVEMBER),),
    verdicts={5: True},
    exams=(
        Exam(1, "annual", 2027, True, None, None, None),
        Exam(2, "annual", 2028, True, None, None, None),
        Exam(3, "graduation", 2028, True, True, True, True),
    ),
    has_licence=True,
)
LIMITS = Limits(leave_days=90, annual_tests=1)


def kinds(limits=LIMITS, day=JANUARY, **other):
    return [one.kind for one in lacking(replace(RECORD, **other), limits, day)]


def test_who_has_everything_lacks_nothing():
    assert kinds() == []


@pytest.mark.parametrize(
    ("other", "lack"),
    [
        ({"is_training": False}, "not_training"),
        ({"verdicts": {}}, "not_left"),
        ({"verdicts": {5: False}}, "exit_failed"),
        ({"leaves": ((1, 60), (2, 31))}, "leave"),
        ({"exams": RECORD.exams[1:]}, "annual"),
        ({"has_licence": False}, "licence"),
    ],
)
def test_each_missing_thing_is_named(other, lack):
    assert kinds(**other) == [lack]


def test_months_of_a_rotation_that_is_done_again_do_not_count():
    again = replace(RECORD.stays[0], is_repeated=True)
    assert kinds(stays=(again,), verdicts={5: False}) == ["months", "exit_failed"]
    done = Stay(6, MEDICINE, NOVEMBER, JANUARY)
    assert kinds(stays=(again, done), verdicts={5: False, 6: True}) == []


def test_what_is_credited_as_done_here_is_not_left_again():
    done = Earned(MEDICINE, Decimal(2), is_done=True, until_on=NOVEMBER)
    assert kinds(verdicts={}, earned=(done,)) == []
    assert kinds(verdicts={5: False}, earned=(done,)) == ["exit_failed"]


def test_a_failed_placement_that_was_repeated_and_passed_lacks_nothing():
    again = Stay(6, MEDICINE, NOVEMBER, JANUARY)
    both = (*RECORD.stays, again)
    assert kinds(stays=both, verdicts={5: False, 6: True}) == []
    assert kinds(stays=both, verdicts={5: False}) == ["exit_failed", "not_left"]
    assert kinds(stays=(*RECORD.stays, replace(again, standard=SURGERY)),
                 verdicts={5: False, 6: True}) == ["exit_failed"]  # fmt: skip


def test_theory_and_skills_may_be_passed_in_different_years():
    theory = Exam(3, "graduation", 2027, True, True, False, False)
    skills = Exam(4, "graduation", 2028, True, None, True, None)
    annual = RECORD.exams[:2]
    assert kinds(exams=(*annual, theory)) == ["skills"]
    assert kinds(exams=(*annual, theory, skills)) == []
    assert kinds(exams=annual) == ["theory", "skills"]


def test_a_stay_that_runs_counts_as_far_as_it_has_come():
    assert kinds(day=date(2026, 10, 1)) == ["months"]


def test_a_base_may_ask_for_more_or_less():
    nothing = Limits(exits=False, examination=False, licence=False)
    assert kinds(nothing, verdicts={}, exams=(), has_licence=False) == []
    assert kinds(replace(LIMITS, activities=3)) == ["activities"]
    assert kinds(replace(LIMITS, log=Decimal(90)), log=Decimal(80)) == ["log"]


def test_a_training_year_is_twelve_months():
    assert whole_years(SEPTEMBER, date(2029, 6, 1)) == 2
    assert whole_years(None, JANUARY) == 0
    assert whole_years(date(2026, 9, 10), date(2027, 9, 1)) == 0


HOLDERS = (
    Holder(1, "王芳", "11010120000101001X"),
    Holder(2, "王芳", "110101200001010025"),
    Holder(3, "Ana Li", "110101200001010033"),
)


def test_numbers_are_read_by_name_or_id_number():
    text = "姓名\t证书编号\n11010120000101001x，GP-1\n\nAna Li,GP-3\n"
    assert pasted(text, HOLDERS) == ({1: "GP-1", 3: "GP-3"}, [])


def test_what_cannot_be_used_is_named_by_its_line():
    text = "王芳 GP-1\nNobody GP-2\nGP-3\nAna Li GP-4\nAna Li GP-5"
    found, faults = pasted(text, HOLDERS)
    assert found == {3: "GP-4"}
    assert [(one.line, one.because) for one in faults] == [
        (1, "ambiguous"), (2, "unknown"), (3, "unreadable"), (5, "twice"),
    ]  # fmt: skip


def test_nothing_is_planned_in_a_month_that_a_suspension_touches():
    october, december = date(2026, 10, 1), date(2026, 12, 1)
    assert suspended_months([(date(2026, 10, 10), date(2026, 11, 2))]) == {october, NOVEMBER}
    assert suspended_months([(date(2026, 10, 16), december)]) == {NOVEMBER}


def test_only_what_lies_in_the_time_goes():
    rows = [Row(1, SEPTEMBER, NOVEMBER, 1, 1), Row(1, NOVEMBER, JANUARY, 2, 2)]
    day = date(2026, 10, 1)
    assert released(rows, day) == (rows, [rows[0]._replace(ends_on=day)])
    assert released(rows, day, NOVEMBER)[0] == rows[:1]
    assert released(rows, JANUARY) == ([], [])


def test_months_later_is_a_day_that_there_is():
    assert later(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert later(date(2029, 9, 1), 3) == date(2029, 12, 1)
