"""From planning an activity to its counting: secretary, speaker, resident and office."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.browser.everywhere import in_both_languages
from trainingbase import clock
from trainingbase.db import db
from trainingbase.training.models import Activity

SAID = {
    "zh": {"in": "您已签到", "one": "已签到1人", "approved": "已审核", "counts": "计入您的：1次"},
    "en": {
        "in": "You have signed in",
        "one": "Signed in: 1",
        "approved": "Approved",
        "counts": "Counting for you: 1 activities",
    },
}
KIND = "教学查房"


@pytest.fixture
def here(placed, alice_resident, county, mei_member):
    return placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1), mei_member)


@in_both_languages
def test_an_activity_is_planned_signed_handed_in_and_counts(
    language, phone, desktop, axe, secretary, mei, alice, office, here
):
    said, begun = SAID[language], clock.now() - timedelta(minutes=1)
    starts = begun.astimezone(clock.LOCAL)
    page = desktop(secretary)
    page.goto("/training/activities/new")
    page.select_option("[name=kind]", KIND)
    page.fill("[name=topic]", "Chest pain")
    page.fill("[name=held_on]", starts.date().isoformat())
    page.fill("[name=starts]", f"{starts:%H:%M}")
    page.select_option("[name=speaker]", str(mei.id))
    axe(page)
    page.locator("main .form-actions button").click()
    expect(page.locator("h1")).to_have_text("Chest pain")
    one = db.session.scalars(select(Activity)).one()
    address = f"/training/activities/{one.id}"

    screen = desktop(mei)
    screen.goto(f"{address}/code/in")
    expect(screen.locator("img.qr")).to_be_visible()
    axe(screen)
    hers = phone(alice)
    hers.goto(screen.locator("[data-code-link]").get_attribute("href"))
    axe(hers)
    hers.locator("main form button").click()
    expect(hers.locator("main")).to_contain_text(said["in"])
    expect(screen.locator("#code")).to_contain_text(said["one"], timeout=20_000)

    screen.goto(address)
    screen.locator(f"main form[action$='{address}/handing-in'] button").click()
    theirs = desktop(office)
    theirs.goto("/training/activities?state=waiting")
    axe(theirs)
    theirs.locator("#bulk button").click()
    theirs.goto(address)
    expect(theirs.locator("main")).to_contain_text(said["approved"])
    axe(theirs)
    hers.goto("/training/mine")
    expect(hers.locator("main")).to_contain_text(said["counts"])
    axe(hers)
    for path in ("/training/roster", "/training/kinds", "/training/plans/new", "/training/agenda"):
        theirs.goto(path)
        axe(theirs)
