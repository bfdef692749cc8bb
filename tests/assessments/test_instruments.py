from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.assessments.conftest import EXIT, RATINGS
from trainingbase.assessments.models import (
    Answer,
    FormsDoNotChange,
    Immutable,
    Instrument,
    Submission,
)
from trainingbase.assessments.rules import AnswersAtFault, failed, judged, months_between, total_of
from trainingbase.db import db
from trainingbase.instruments.start import put_instruments


def test_the_official_forms_are_there_once_however_often_the_portal_starts(county):
    put_instruments()
    db.session.commit()
    found = db.session.execute(select(Instrument.code, Instrument.confidence)).all()
    assert len(found) == len({code for code, _sure in found}) == 18
    assert {("dops", "M"), ("exit_assessment", "M"), ("mini_cex", "M")} < set(found)


def test_the_mini_cex_has_the_seven_official_items_on_a_scale_of_nine(mini_cex):
    rated = [item for item in mini_cex.items if item.kind == "rating"]
    assert [item.name for item in rated] == [
        "医疗面谈", "体格检查", "人文关怀", "临床判断", "沟通技能", "组织效能", "整体表现",
    ]  # fmt: skip
    assert {(item.lowest, item.highest) for item in rated} == {(Decimal(1), Decimal(9))}
    assert rated[0].anchors[1] == [4, 6, "合格", "Satisfactory"]


def test_the_exit_form_adds_up_to_a_hundred(exit_form):
    assert sum(item.points or 0 for item in exit_form.items) == 100


def test_a_form_does_not_change_but_a_new_version_takes_its_place(mini_cex):
    mini_cex.items[0].name = "Something else"
    with pytest.raises(FormsDoNotChange):
        db.session.commit()
    db.session.rollback()
    mini_cex_id = mini_cex.id
    mini_cex.version = "2020"
    with pytest.raises(FormsDoNotChange):
        db.session.commit()
    db.session.rollback()
    db.session.execute(
        Instrument.__table__.update().where(Instrument.id == mini_cex_id).values(version="older")
    )
    put_instruments()
    db.session.commit()
    rows = db.session.execute(
        select(Instrument.version, Instrument.is_in_use)
        .where(Instrument.code == "mini_cex")
        .order_by(Instrument.id)
    )
    assert [tuple(row) for row in rows] == [("older", False), ("undated", True)]


@pytest.mark.parametrize("change", ["total", "passed", "observed_on", "form_key"])
def test_what_was_submitted_does_not_change(submitted, change):
    one = submitted()
    setattr(one, change, {"total": 5, "passed": True, "form_key": "x"}.get(change))
    with pytest.raises(Immutable):
        db.session.commit()
    db.session.rollback()


def test_an_answer_is_neither_changed_nor_deleted(submitted):
    one = submitted()
    db.session.get(Answer, (one.id, one.answers[0].item_id)).number = Decimal(9)
    with pytest.raises(Immutable):
        db.session.commit()
    db.session.rollback()
    db.session.delete(db.session.get(Submission, one.id))
    with pytest.raises(Immutable):
        db.session.commit()
    db.session.rollback()


def test_answers_are_judged_item_by_item(mini_cex):
    given = {**RATINGS, "MC1.1": "x", "MC1.2": 0, "MC1.3": "4.5", "MC2.1": -1, "MC0.1": 9}
    del given["MC1.4"]
    with pytest.raises(AnswersAtFault) as refused:
        judged(mini_cex.items, given)
    assert {fault.code: fault.why for fault in refused.value.faults} == {
        "MC1.1": "not_a_number",
        "MC1.2": "too_small",
        "MC1.3": "not_a_number",
        "MC1.4": "missing",
        "MC2.1": "too_small",
        "MC0.1": "not_an_option",
    }
    with pytest.raises(KeyError):
        judged(mini_cex.items, {**RATINGS, "XX": 1})


@pytest.mark.parametrize(
    ("answers", "broken"),
    [
        ({}, []),
        ({"EG7.2": 0}, ["total"]),
        ({"EG3.4": 7}, ["ratio"]),
        ({"EG3.9": 10, "EG3.10": 7}, ["ratio"]),
        ({"EG6.1": 7}, ["a_month"]),
        ({"EG8.1": 1}, ["none"]),
        ({"EG8.1": 1, "EG6.1": 0}, ["a_month", "none"]),
    ],
)
def test_the_pass_rules_are_data(exit_form, answers, broken):
    kept = judged(exit_form.items, {**EXIT, **answers})
    total = total_of(exit_form.items, kept)
    assert total == Decimal(94) - (35 if "EG7.2" in answers else 0)
    rules = failed(exit_form.pass_rules, kept, total=total, months=Decimal(2))
    assert [rule["kind"] for rule in rules] == broken


def test_months_of_a_placement_are_counted_to_a_tenth():
    from datetime import date

    assert months_between(date(2026, 10, 1), date(2026, 12, 1)) == Decimal("2.0")
    assert months_between(date(2026, 10, 1), date(2026, 10, 16)) == Decimal("0.5")
    assert months_between(date(2026, 2, 1), date(2026, 3, 1)) == Decimal("0.9")


def test_a_form_says_where_it_comes_from_and_how_sure_that_is(browse, auditor, exit_form):
    browser = browse(auditor)
    assert "national/mini_cex" in browser.get("/instruments/").text
    page = browser.get(f"/instruments/{exit_form.id}").text
    assert (
        "WM 临床医学培训出科考核评分表" in page and "Skill exam (scaled)" in page and "0–40" in page
    )
    assert browser.get("/instruments/999999").status_code == 404
    assert browser.post("/instruments/").status_code == 405
