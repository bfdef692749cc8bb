"""An OSCE day: the office plans and opens it, an examiner marks on a phone that loses the network,
the office sees it come in, sets the pass marks and releases; a resident reads, doubts, is answered.
And two people of the office enter a sitting without seeing each other's figures."""

import re

from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from tests.exams.conftest import (  # noqa: F401
    day,
    faculty,
    kinds,
    mark_all,
    residents,
    second,
    sheet,
    sitting,
)
from trainingbase.db import db
from trainingbase.exams.models import OsceMark
from trainingbase.exams.queries import osce, sittings


def confirm(page, action):
    """Press a button that asks first, and say yes."""
    page.locator(f"form[action$='{action}'] button").click()
    with page.expect_navigation():
        page.locator("[data-dialog] [data-yes]").click()


def send(page):
    page.locator("main form.form .form-actions button.btn-primary").first.click()
    page.wait_for_load_state()


def given(page, rating="4"):
    for name, points in (("history", "35"), ("exam", "31"), ("close", "12")):
        page.fill(f"[name={name}]", points)
    page.locator("label[for^=harm-]").first.click()
    page.locator(f"[name=rating][value='{rating}'] + label").click()


@in_both_languages
def test_an_osce_day(
    language, phone, desktop, axe, picture, office, alice, day, faculty,  # noqa: F811
):  # fmt: skip
    number, url = day.id, f"/exams/osce/{day.id}"
    desk = desktop(office)
    desk.goto(url)
    axe(desk)
    desk.locator(f"form[action$='{url}/timetable'] button").click()
    desk.wait_for_url("**/timetable")
    axe(desk)
    desk.goto(url)
    confirm(desk, "/announcement")
    confirm(desk, "/opening")
    desk.wait_for_url("**/progress")
    axe(desk)

    tablet = phone(faculty[0])
    tablet.goto("/exams/marking")
    tablet.locator("main a.btn-primary").click()
    axe(tablet)
    tablet.locator("main a.btn-lg").click()
    expect(tablet.locator("[data-countdown] button")).to_be_visible()
    axe(tablet)
    tablet.locator("[data-countdown] button").click()
    given(tablet)
    picture(tablet, "examiner-osce", whole=True)
    tablet.context.set_offline(True)
    tablet.locator("main form.form .form-actions button").click()
    expect(tablet.locator("[data-outbox-state]")).to_be_visible()
    tablet.context.set_offline(False)
    tablet.wait_for_url(re.compile(r"/exams/marking/\d+$"))
    db.session.rollback()
    assert db.session.query(OsceMark).count() == 1
    axe(tablet)
    desk.goto(f"{url}/progress")
    expect(desk.locator("#board progress")).to_have_attribute("value", "1")

    session = osce.session_by_id(number)
    mark_all(session)
    desk.goto(url)
    confirm(desk, "/closing")
    desk.goto(f"{url}/standard")
    axe(desk)
    for field in desk.locator("main form.form input[name^=value_]").all():
        field.fill("55")
    desk.fill("[name=why]", "2026")
    send(desk)
    expect(desk.locator(".flashes .note-good")).to_be_visible()
    picture(desk, "office-standard", whole=True)
    desk.goto(f"{url}/results")
    axe(desk)
    desk.goto(f"{url}/release")
    axe(desk)
    send(desk)

    hers = phone(alice)
    hers.goto("/exams/mine")
    axe(hers)
    hers.locator("main table a").first.click()
    axe(hers)
    hers.locator("main a[href$='/appeal']").click()
    hers.fill("[name=text]", "ECG?")
    send(hers)
    desk.goto("/exams/appeals")
    axe(desk)
    desk.locator("main tbody a").first.click()
    axe(desk)
    desk.locator("[name=decision][value=upheld]").check()
    desk.locator("[name^=score_]").first.fill("97")
    desk.fill("[name=why]", "Counted anew")
    send(desk)
    hers.goto(hers.url)
    expect(hers.locator("main")).to_contain_text("Counted anew")
    expect(hers.locator("main")).to_contain_text("97")
    axe(hers)


def test_two_enter_and_neither_sees_the_other(desktop, phone, axe, office, second, sitting):  # noqa: F811
    url = f"/exams/{sitting.id}"
    people = [one.id for one in sittings.all_candidates(sitting)]
    for who, slip in ((office, "61"), (second, "16")):
        page = desktop(who)
        page.goto(f"{url}/entry")
        axe(page)
        for place, number in enumerate(people):
            page.fill(f"[name=theory_{number}]", slip if place == 0 else "70")
            page.fill(f"[name=skills_{number}]", "80")
        assert "61" not in page.locator("main").inner_text()
        page.locator("button[name=done]").click()
        page.wait_for_url(f"**{url}")
    page.goto(f"{url}/differences")
    axe(page)
    expect(page.locator("main tbody tr")).to_have_count(1)
    page.locator("main tbody a").click()
    axe(page)
    page.fill("[name=theory]", "61")
    page.fill("[name=why]", "the paper")
    send(page)
    small = phone(office)
    for address in (url, f"{url}/release", "/exams/", "/exams/figures", "/exams/kinds"):
        small.goto(address)
        axe(small)
    small.goto(f"{url}/release")
    send(small)
    expect(small.locator(".flashes .note-good")).to_be_visible()
