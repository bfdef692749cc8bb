from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainingbase.logbook.rules.batch import MOST_LINES, day_of, read_lines
from trainingbase.logbook.rules.completion import share
from trainingbase.logbook.rules.identity import identity_in
from trainingbase.logbook.rules.reference import plain, sealed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("患者张三丰，男，65岁", "张三丰"),
        ("姓名：李梅 高血压3级", "李梅"),
        ("病人王强3天前胸痛", "王强"),
        ("电话13812345678", "13812345678"),
        ("138-1234-5678", "138-1234-5678"),
        ("0516-83456789联系", "0516-83456789"),
        ("11010119900307123X", "11010119900307123X"),
        ("随访刘大爷", "刘大爷"),
        ("Patient name: John Smith, chest pain", "John Smith"),
        ("Mrs. Dalloway came back", "Dalloway"),
    ],
)
def test_who_a_patient_is_is_noticed(text, said):
    assert identity_in(text) == said


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "65岁男性，胸痛3天，肌钙蛋白 0.12，行冠脉造影",
        "患者高血压20年，血压 160/100 mmHg",
        "病人黄疸、腹水，考虑肝硬化",
        "家属了解病情并签字",
        "eGFR 60, CKD stage 3; name the drugs",
        "2型糖尿病随访，HbA1c 7.2%，2026-11-03 复查",
        "ZY2026110312",
    ],
)
def test_medicine_is_not_taken_for_a_name(text):
    assert identity_in(text) is None


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


@given(st.text(max_size=200))
def test_any_text_can_be_read_for_an_identity(text):
    said = identity_in(text)
    assert said is None or said in text


def test_a_year_beyond_all_calendars_is_no_day():
    assert day_of("9" * 30 + "-1-1") is None
