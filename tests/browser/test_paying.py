"""The office computes and approves a month; a resident reads what they are paid and why."""

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.incentives.october import make_sources, play_october, set_rates


@pytest.fixture
def quiet_october(county, alice_resident, bob_resident, mei_member, placed):
    set_rates(make_sources())
    play_october(alice_resident, bob_resident, mei_member, county, placed)


@in_both_languages
@on_both_screens
def test_a_month_is_computed_approved_and_read(visit, axe, office, alice, quiet_october, picture):
    page = visit(office)
    page.goto("/incentives/")
    axe(page)
    page.select_option("[name=month]", "2026-10")
    page.locator("main form .form-actions button").click()
    page.wait_for_url("**/incentives/*")
    expect(page.get_by_text("8,600.00").first).to_be_visible()
    axe(page)
    picture(page, "incentive-run")
    run = page.url
    for view in ("payees", "rates", "verification"):
        page.goto(f"{run}/{view}")
        axe(page)
    page.goto(run)
    page.locator("form[data-confirm] button").click()
    expect(page.locator("dialog[open]")).to_be_visible()
    with page.expect_navigation():
        page.locator("[data-yes]").click()
    expect(page.locator("form[data-confirm]")).to_have_count(0)
    axe(page)
    page.goto("/incentives/funding")
    axe(page)

    hers = visit(alice)
    hers.goto("/incentives/mine")
    axe(hers)
    hers.locator("main tbody a").first.click()
    expect(hers.get_by_text("1 × 3,600.00 = 3,600.00")).to_be_visible()
    axe(hers)
