from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingbase.logbook.rules.batch import MOST_LINES, day_of, read_lines
from trainingbase.logbook.rules.completion import share
from trainingbase.logbook.rules.reference import plain, sealed


def test_shares_are_rounded_down_and_end_at_a_hundred():
    assert share(2, 3) == Decimal("66.6")
    assert share(999, 1000) == Decimal("99.9")
    assert share(9999, 10000) == Decimal("99.9")
    assert share(7, 3) == Decimal("100")
    assert share(0, 0) == Decimal("100")


def test_a_number_is_sealed_alike_however_it_was_typed():
    assert plain(" zy-2026 0012 ") == "ZY20260012" == plain("ＺＹ２０２６００１２")
    assert sealed("zy 1", secret="s") == sealed("ZY1", secret="s") != sealed("ZY1", secret="t")
    assert sealed("  - ", secret="s") is None


CATEGORIES = {"Disease": "disease", "病种": "disease"}
LEVELS = {"Observed": "observed"}


def read(text):
    return read_lines(text, categories=CATEGORIES, levels=LEVELS)


def test_lines_are_read_from_sheets_and_from_hand():
    found, faults = read("2026-11-03\t病种\t高血压\n\n2026/11/4, Disease, COPD, Observed, ZY1\n")
    assert faults == []
    assert [(one.number, one.done_on, one.item, one.level, one.reference) for one in found] == [
        (1, date(2026, 11, 3), "高血压", None, None),
        (3, date(2026, 11, 4), "COPD", "observed", "ZY1"),
    ]


@pytest.mark.parametrize(
    ("line", "because"),
    [
        ("yesterday, Disease, COPD", "day"),
        ("2026-02-30, Disease, COPD", "day"),
        ("2026-11-03, Sickness, COPD", "kind"),
        ("2026-11-03, Disease", "item"),
        ("2026-11-03, Disease, COPD, Much", "part"),
    ],
)
def test_a_line_at_fault_says_what_is_wrong(line, because):
    found, [fault] = read("2026-11-03, Disease, COPD\n" + line)
    assert (fault.line, fault.because, len(found)) == (2, because, 1)


def test_there_is_an_end_to_lines():
    found, [fault] = read("2026-11-03, Disease, COPD\n" * (MOST_LINES + 1))
    assert (found, fault.because, fault.line) == ([], "many", MOST_LINES + 1)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_none(text):
    assert day_of(text) is None or isinstance(day_of(text), date)


def test_a_year_beyond_all_calendars_is_no_day():
    assert day_of("9" * 30 + "-1-1") is None
