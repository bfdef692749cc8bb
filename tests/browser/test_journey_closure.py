"""A township centre closes: it asks, sees who is affected, the office grants and re-plans."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages, on_both_screens

SAID = {
    "zh": {
        "ask": "提交申请",
        "affected": "受影响住院医师：1人",
        "asked": "已提交科教科审批",
        "waits": "停收申请",
        "grant": "批准",
        "granted": "已批准，并已通知基地",
        "replan": "查看冲突并重新排班",
        "least": "最少变动",
        "seen": "我已知悉受影响人员",
        "closed": "停收",
    },
    "en": {
        "ask": "Ask the office",
        "affected": "Residents affected: 1",
        "asked": "The office is asked and decides.",
        "waits": "Closures asked for",
        "grant": "Grant",
        "granted": "Granted, and the site is told.",
        "replan": "See what no longer fits, and re-plan",
        "least": "least change",
        "seen": "I have seen who is affected",
        "closed": "Closed",
    },
}


@pytest.fixture
def bob_comes(placed, county, bob_resident):
    return placed(bob_resident, county.village_team, date(2027, 1, 1), date(2027, 2, 1))


@in_both_languages
@on_both_screens
def test_a_site_closes_and_the_office_plans_again(
    visit, axe, picture, coordinator, office, county, bob_comes, language, screen
):
    said = SAID[language]
    page = visit(coordinator)
    page.goto(f"/network/departments/{county.village_team.id}/closure")
    page.locator("#first_day").fill("2027-01-01")
    page.locator("#last_day").fill("2027-01-31")
    page.locator("#last_day").dispatch_event("change")
    # Shown at once, before anything is sent.
    expect(page.locator("#affected")).to_contain_text("Bob")
    axe(page)
    page.locator("#why").fill("Renovation")
    page.get_by_role("button", name=said["ask"]).click()
    expect(page.get_by_text(said["affected"])).to_be_visible()
    page.get_by_label(said["seen"]).check()
    page.get_by_role("button", name=said["ask"]).click()
    expect(page.get_by_text(said["asked"])).to_be_visible()

    page = visit(office)
    page.goto("/")
    page.get_by_role("link", name=said["waits"]).first.click()
    page.locator("tbody a").first.click()
    expect(
        page.get_by_role("cell", name="Bob").or_(page.get_by_role("rowheader", name="Bob"))
    ).to_be_visible()
    axe(page)
    page.get_by_label(said["seen"]).check()
    page.get_by_role("button", name=said["grant"], exact=True).click()
    expect(page.get_by_text(said["granted"])).to_be_visible()
    axe(page)
    picture(page, "closure-replan")
    page.get_by_role("link", name=said["replan"]).click()
    expect(page.get_by_role("button", name=said["least"])).to_be_visible()

    page.goto("/network/calendar?first=2027-01&months=12")
    expect(page.locator(".capacity-over").first).to_contain_text("1/0")
    axe(page)
    page.locator(".capacity-over a").first.click()
    expect(page.get_by_role("rowheader", name="Bob")).to_be_visible()
    axe(page)


@in_both_languages
@on_both_screens
def test_the_map_is_read_with_the_keyboard(
    visit, axe, picture, office, county, bob_comes, language, screen
):
    page = visit(office)
    page.goto("/network/county")
    site = page.locator("svg.county a").nth(1)
    site.focus()
    expect(site).to_be_focused()
    assert "Willow Township" in site.get_attribute("aria-label")
    axe(page)
    picture(page, "county")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Willow Township")
    axe(page)
    for address in ("resources", "agreements"):
        page.goto(f"/sites/{county.township.id}/{address}")
        axe(page)
    for address in ("/network/readiness", f"/network/sites/{county.lead.id}/readiness"):
        page.goto(address)
        axe(page)
