"""Kinds of work with values of their own, and counts of a day."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.cast import LONG_AGO, add
from trainingbase.db import db
from trainingbase.logbook.models import Entry, Field, Kind
from trainingbase.logbook.queries.completion import completion_of
from trainingbase.logbook.queries.kinds import kind_named
from trainingbase.logbook.rules.kinds import Spec, judged
from trainingbase.programmes.models import Minimum

PRESSURE = {
    "form_key": "k",
    "done_on": "2026-11-20",
    "teacher_id": "0",
    "v_systolic": "150",
    "v_diastolic": "92",
    "v_grade": "grade1",
}


@pytest.fixture
def community(county, placed, alice_resident):
    return placed(alice_resident, county.village_team, date(2026, 11, 1), date(2027, 2, 1))


def log(browser, item="高血压随访", category="community", **more):
    return browser.post(
        "/log/new", query_string={"category": category, "item": item}, data=PRESSURE | more
    )


def logged() -> list[Entry]:
    return db.session.query(Entry).order_by(Entry.id).all()


def test_a_follow_up_keeps_its_values_and_shows_them(browse, alice, community):
    browser = browse(alice)
    page = browser.get("/log/new?category=community&item=高血压随访").text
    assert "Systolic pressure" in page
    assert "from 60 to 300 mmHg" in page
    log(browser, v_bmi="24.5", v_referred="", number="D-1")
    [entry] = logged()
    assert entry.details == {
        "systolic": "150", "diastolic": "92", "bmi": "24.5", "grade": "grade1"
    }  # fmt: skip
    shown = browser.get("/log/").text
    assert "Systolic pressure 150 mmHg; Diastolic pressure 92 mmHg" in shown
    assert "Grade Grade 1" in shown


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"v_systolic": "1500"}, "Give a number from 60 to 300 mmHg."),
        ({"v_systolic": "abc"}, "Enter a number."),
        ({"v_systolic": "NaN"}, "Enter a number."),
        ({"v_systolic": "120.5"}, "At most 0 places after the point."),
        ({"v_systolic": ""}, "This is needed."),
        ({"v_grade": ""}, "This is needed."),
        ({"v_referred": "x" * 201}, "Field cannot be longer than 200 characters."),
        ({"v_advice": "王建国，男，低盐"}, "“王建国” could tell who the patient is"),
    ],
)
def test_a_value_out_of_range_is_said_at_its_field(browse, alice, community, typed, said):
    page = log(browse(alice), **typed)
    assert page.status_code == 422
    assert said in page.text
    assert logged() == []
    assert 'value="92"' in page.text


@pytest.mark.parametrize("odd", ["1e400", "-1e30", "sNaN", "1e-400"])
def test_a_field_without_limits_takes_no_number_beyond_all_reason(odd):
    kept, faults = judged([Spec("weight", "number", decimals=1)], {"weight": odd})
    assert kept == {} and [one.because for one in faults] in (["number"], ["places"])


def test_a_count_of_the_day_takes_the_place_of_the_one_that_waits(browse, alice, community):
    browser = browse(alice)
    tap = {"placement": community.id, "category": "workload", "item": "门诊接诊"}
    browser.post("/log/tap", data=tap | {"count": 12, "form_key": "a"})
    browser.post("/log/tap", data=tap | {"count": 15, "form_key": "b"})
    assert [(one.count, one.state) for one in logged()] == [(12, "withdrawn"), (15, "waiting")]
    assert 'value="15"' in browser.get("/log/").text
    for wrong in (0, 201):
        page = browser.post(
            "/log/tap", data=tap | {"count": wrong, "form_key": "c"}, follow_redirects=True
        )
        assert "Give a number from 1 to 200." in page.text
    entry = logged()[-1]
    entry.decide(True, by=alice, at=LONG_AGO)
    db.session.commit()
    page = browser.post("/log/tap", data=tap | {"count": 9, "form_key": "d"}, follow_redirects=True)
    assert "This day&#39;s count was confirmed" in page.text
    assert len(logged()) == 2


def test_counts_count_as_many_as_they_say(app, alice, alice_resident, community, county):
    add(
        Minimum(
            programme=county.programme,
            standard_department=county.standards["Community"],
            category="workload",
            item="门诊接诊",
            count=100,
        )
    )
    for number, day in ((30, 3), (45, 4)):
        one = Entry(
            resident_id=alice_resident.id,
            placement_id=community.id,
            category="workload",
            item="门诊接诊",
            count=number,
            done_on=date(2026, 11, day),
            entered_at=LONG_AGO,
            entry_key=f"c{day}",
        )
        one.decide(True, by=alice, at=LONG_AGO)
        add(one)
    whole = completion_of(alice_resident.id)
    assert (whole.counted, whole.target) == (75, 100)


def test_a_tap_is_not_enough_where_values_are_asked(browse, alice, community):
    tap = {"placement": community.id, "category": "community", "item": "高血压随访"}
    page = browse(alice).post(
        "/log/tap", data=tap | {"count": 1, "form_key": "a"}, follow_redirects=True
    )
    assert "Use the form." in page.text
    assert logged() == []


def test_what_a_sheet_can_bring_is_said(browse, alice, community):
    browser = browse(alice)
    page = browser.get("/log/batch").text
    assert "name=value" in page and "Hypertension follow-up" in page
    lines = "2026-11-03, Daily counts, Clinic patients seen, , , 14"
    browser.post("/log/batch", data={"lines": lines, "form_key": "k"})
    assert [(one.item, one.count) for one in logged()] == [("门诊接诊", 14)]
    for bad, said in (
        ("2026-11-04, Community work, Hypertension follow-up", "is missing, or not one that is"),
        ("2026-11-04, Community work, Hypertension follow-up, , , , Shoes=3", "is no value"),
        ("2026-11-04, Community work, Hypertension follow-up, , , , 130", "is no value"),
        ("2026-11-04, Daily counts, Clinic patients seen, , , 900", "is not how many"),
        ("2026-11-04, Daily counts, Clinic patients seen, , , many", "is not how many"),
    ):
        page = browser.post("/log/batch", data={"lines": bad, "form_key": "l"})
        assert said in page.text
    assert len(logged()) == 1


def test_a_sheet_brings_kinds_with_values(browse, alice, community):
    browser, kind = browse(alice), kind_named("community", "高血压随访")
    required = [one for one in kind.fields if one.required]
    said = {one.code: _sample(one) for one in required}
    names = [one.name if number % 2 else one.name_en or one.name
             for number, one in enumerate(required)]  # fmt: skip
    cells = ", ".join(f"{name}={said[one.code]}" for name, one in zip(names, required, strict=True))
    line = f"2026-11-04, Community work, Hypertension follow-up, , , , {cells}"
    for _twice in range(2):
        browser.post("/log/batch", data={"lines": line, "form_key": "k"})
    [entry] = logged()
    assert entry.item == "高血压随访" and set(entry.details) == {one.code for one in required}


def _sample(one) -> str:
    if one.type == "choice":
        return one.choices[0][1]
    return str(int(one.least or 1)) if one.type == "number" else "yes"


def test_work_that_the_base_logs_no_more_is_not_logged_by_a_forged_form(browse, alice, community):
    kind = kind_named("community", "高血压随访")
    kind.in_use = False
    db.session.commit()
    browser = browse(alice)
    forged = PRESSURE | {"category": "community", "item": kind.name, "form_key": "f"}
    address = f"/log/new?placement={community.id}&category=community&item={kind.name}"
    assert "logs this kind of work no more" in browser.post(address, data=forged).text
    for name in (kind.name, kind.name_en):
        line = f"2026-11-04, Community work, {name}"
        page = browser.post("/log/batch", data={"lines": line, "form_key": "g"}).text
        assert "no more" in page
    tap = {"placement": community.id, "category": "community", "item": kind.name, "count": 1}
    browser.post("/log/tap", data=tap | {"form_key": "h"})
    assert logged() == []


def test_a_correction_opens_with_the_values(browse, alice, community):
    browser = browse(alice)
    log(browser)
    [entry] = logged()
    entry.decide(True, by=alice, at=LONG_AGO)
    db.session.commit()
    page = browser.get(f"/log/{entry.id}/correction").text
    assert 'value="150"' in page
    browser.post(
        f"/log/{entry.id}/correction", data=PRESSURE | {"v_systolic": "155", "form_key": "l"}
    )
    assert [one.details["systolic"] for one in logged()] == ["150", "155"]


def test_every_kind_has_a_form(browse, alice, community):
    browser = browse(alice)
    for kind in db.session.scalars(select(Kind)).all():
        page = browser.get("/log/new", query_string={"category": kind.category, "item": kind.name})
        assert page.status_code == 200
        for field in kind.fields:
            assert f'name="v_{field.code}"' in page.text


def test_the_ranges_a_base_starts_with_are_ranges(app, county):
    for field in db.session.scalars(select(Field)).all():
        if field.type == "choice":
            assert field.choices
        if field.type == "number":
            assert field.least < field.most


def test_values_are_judged_by_their_fields():
    specs = [Spec("n", "number", Decimal(1), Decimal(5), 1, required=True), Spec("b", "bool")]
    assert judged(specs, {"n": "２.5", "b": True, "gone": 1}) == ({"n": "2.5", "b": True}, [])
    assert judged(specs, {"n": "1e0"})[0] == {"n": "1"}
    assert [one.because for one in judged(specs, {"b": "yes"})[1]] == ["missing", "choice"]
