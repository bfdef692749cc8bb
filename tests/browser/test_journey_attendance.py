"""A day from the tap of the secretary to the appeal of the resident, and the month at a desk."""

from datetime import date, datetime, time

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from trainingbase.attendance.models import Appeal, ChoiceRow, Mark
from trainingbase.attendance.queries.days import days_of
from trainingbase.clock import LOCAL
from trainingbase.db import db

SAID = {
    "zh": {
        "absent": "旷工",
        "send": "提交申诉",
        "grant": "批准",
        "granted": "已同意",
        "here": "我已到岗",
        "signed": "签到成功",
        "present": "在岗",
    },
    "en": {
        "absent": "Absence without leave",
        "send": "Send the appeal",
        "grant": "Grant",
        "granted": "Granted.",
        "here": "I am here",
        "signed": "You are signed in.",
        "present": "Present",
    },
}


@pytest.fixture
def said(language):
    return SAID[language]


@pytest.fixture
def here(placed, county, alice_resident, mei_member):
    end = date(2027, 1, 1)
    return placed(alice_resident, county.medicine, date(2026, 10, 1), end, mei_member)


@in_both_languages
def test_a_day_is_noted_appealed_and_put_right(phone, axe, here, secretary, alice, mei, said):
    page = phone(secretary)
    page.goto("/attendance/?day=2026-11-20")
    axe(page)
    page.get_by_role("button", name=said["absent"]).click()
    expect(page.get_by_role("button", name=said["absent"])).to_have_attribute(
        "aria-pressed", "true"
    )
    page = phone(alice)
    page.goto("/attendance/mine?month=2026-11")
    axe(page)
    page.locator(".att-calendar .att-absence a").click()
    page.locator("textarea[name=reason]").fill("I was in theatre")
    axe(page)
    page.get_by_role("button", name=said["send"]).click()
    page.wait_for_url("**/attendance/appeals/*")
    one = db.session.query(Appeal).one()
    page = phone(mei)
    page.goto(f"/attendance/appeals/{one.id}")
    axe(page)
    page.get_by_role("button", name=said["grant"], exact=True).click()
    expect(page.get_by_text(said["granted"]).first).to_be_visible()
    db.session.expire_all()
    days = days_of([here.id], date(2026, 11, 20), date(2026, 11, 21))[here.id]
    assert (days.present, days.absent) == (1, 0)


def test_the_month_is_filled_by_keyboard(desktop, axe, here, secretary, county):
    page = desktop(secretary)
    page.goto(f"/attendance/month/2026-11/{county.medicine.id}")
    axe(page)
    page.locator(f"#c-{here.id}-2").focus()
    page.keyboard.type("N")
    page.keyboard.press("ArrowRight")
    expect(page.locator(f"#c-{here.id}-3")).to_be_focused()
    page.keyboard.type("R")
    page.keyboard.press("Tab")
    page.keyboard.type("VA")
    page.locator("main .form-actions button").click()
    page.wait_for_url("**/attendance/month?**")
    axe(page)
    marks = {one.day_on.day: one.halves for one in db.session.query(Mark)}
    assert marks == {2: ("night",) * 2, 3: ("rest",) * 2, 4: ("present", "absence")}


@in_both_languages
def test_a_resident_signs_in_with_the_code_on_the_screen(
    desktop, phone, axe, here, secretary, alice, county, said, monkeypatch
):
    from trainingbase import clock

    moment = datetime.combine(date(2026, 11, 20), time(8), LOCAL)
    monkeypatch.setattr(clock, "now", lambda: moment)
    row = db.session.query(ChoiceRow).one()
    row.mode = "code"
    db.session.commit()
    screen = desktop(secretary)
    screen.goto(f"/attendance/code/{county.medicine.id}")
    axe(screen)
    expect(screen.locator("img.qr")).to_be_visible()
    link = screen.locator("[data-code-link]").get_attribute("href")
    page = phone(alice)
    page.goto(link)
    axe(page)
    page.get_by_role("button", name=said["here"]).click()
    expect(page.get_by_text(said["signed"])).to_be_visible()
    [mark] = db.session.query(Mark)
    assert (mark.how, mark.halves) == ("code", ("present", None))
