"""Guests asked by the plan: from the secretary's task by a printed code to the picture."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.assessments.conftest import TODAY
from tests.assessments.test_circle import ask, form
from tests.assessments.test_planned import plan
from tests.browser.everywhere import in_both_languages
from tests.browser.test_journey_guests import on_this_day, send, tap  # noqa: F401

SAID = "夜班交代清楚，下次请尽快补录医嘱。"
LARGE_TYPE, BIG_TARGET = 20, 48
"""Pixels: of the words a patient reads, and of what a patient taps."""


@pytest.fixture
def asked(placed, alice_resident, county, mei_member, secretary):
    """The plan wants two nurses and a patient; Alice's stay ends this week."""
    for code, times in (("nurse_on_resident", 2), ("patient_on_resident", 1)):
        form(code, code.split("_", maxsplit=1)[0])
        plan(county, code, "leaving", times=times)
    placed(alice_resident, county.medicine, date(2026, 11, 1), date(2026, 11, 26), mei_member)
    return {one.instrument.code: one for one in ask()}


def printed(page, request, sheets):
    """The links on the sheets that the secretary prints for a task on her list."""
    page.goto("/assessments/")
    page.locator(f"main a.btn-primary[href*='/{request.id}']").click()
    form = page.locator("form[action$='/sheets']")
    form.locator("[name=each]").fill(str(sheets))
    form.locator("button").click()
    page.wait_for_url("**/guests/sheets**")
    return [one.get_attribute("href") for one in page.locator("[data-guest-link]").all()]


def answer(page, name=""):
    if name:
        page.locator("[name=guest_name]").fill(name)
        page.locator("[name=N3]").fill(SAID)
    for field in ("N1", "N2"):
        tap(page, field, 4)
    send(page)
    page.wait_for_url("**/g/thanks**")


def counts(page, request, came, wanted):
    page.goto(f"/assessments/errands/{request.id}")
    said = page.get_by_text(re.compile(rf"{came}\s*/\s*{wanted}")).first
    expect(said).to_be_visible()


@in_both_languages
def test_guests_whom_the_plan_wants(
    phone, desktop, axe, secretary, alice, office, alice_resident, asked, monkeypatch
):
    nurses, patients = asked["nurse_on_resident"], asked["patient_on_resident"]
    hers = phone(secretary)
    hers.goto("/")
    hers.locator("main a[href*='/assessments/']").first.click()  # it stands on her day
    axe(hers)
    first, second, spare = printed(hers, nurses, 3)
    axe(hers)

    ward = phone()
    ward.goto(first)
    answer(ward, "白护士")
    counts(hers, nurses, 1, 2)
    axe(hers)

    (bed,) = printed(hers, patients, 1)
    ward.goto(bed)
    axe(ward)
    for line in ward.locator("main p, main label, main legend").all():
        size = line.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
        assert size >= LARGE_TYPE, line.inner_text()
    for target in ward.locator("main .rating-buttons label, main .btn:visible").all():
        assert target.bounding_box()["height"] >= BIG_TARGET
    assert ward.evaluate("document.documentElement.scrollWidth") <= 390
    expect(ward.locator("[name=guest_name]")).to_have_count(0)
    answer(ward)
    counts(hers, patients, 1, 1)

    desk = desktop(secretary)
    desk.goto("/assessments/guests?state=open")
    desk.locator(f"form[action*='/guests/{spare_id(desk)}/revocation'] button").click()
    desk.locator("dialog [data-yes]").click()
    expect(desk.locator(".flashes .note-good")).to_be_visible()
    said = []
    for link, day in ((spare, TODAY), (second, nurses.expires_on + timedelta(days=1))):
        monkeypatch.setenv("TRAININGBASE_TODAY", day.isoformat())
        ward.goto(link)
        expect(ward.locator("form")).to_have_count(0)
        axe(ward)
        said.append(ward.locator("main .note-info:visible").inner_text())
    assert len(set(said)) == 2, "why it does not open is said"
    monkeypatch.setenv("TRAININGBASE_TODAY", TODAY.isoformat())
    ward.goto(second)
    answer(ward, "黄护士")

    own = phone(alice)
    own.goto("/judging/picture/forms")
    expect(own.locator("main tbody tr")).to_have_count(2)
    for row, done in ((nurses, 2), (patients, 1)):
        line = own.locator("main tbody tr", has=own.locator("th", has_text=row.instrument.code))
        label = "已完成" if own.locator("html").get_attribute("lang") == "zh-CN" else "Done"
        expect(line.locator(f"td[data-label='{label}']")).to_have_text(str(done))
        expect(line.locator("a")).to_have_count(0)
    own.goto("/judging/picture")
    expect(own.locator("main")).not_to_contain_text(SAID)
    theirs = desktop(office)
    theirs.goto(f"/judging/residents/{alice_resident.id}")
    expect(theirs.get_by_text(SAID)).to_have_count(2)
    expect(theirs.get_by_text("白护士").first).to_be_visible()


def spare_id(page):
    """The newest link of a nurse that still opens."""
    forms = page.locator("form[action$='/revocation']").all()
    return max(int(re.search(r"/guests/(\d+)/", one.get_attribute("action"))[1]) for one in forms)
