"""The office follows an amount to its rows, and takes the approved month away."""

import csv
import io

import openpyxl
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
def test_an_amount_is_followed_to_its_rows_and_the_month_is_exported(
    visit, axe, office, quiet_october
):
    page = visit(office)
    page.goto("/incentives/")
    page.select_option("[name=month]", "2026-10")
    page.locator("main form .form-actions button").click()
    page.wait_for_url("**/incentives/*")
    run = page.url
    lectures = page.locator("tr:has(a[href*='/lines/'])", has_text="× 100.00")  # capped at 400
    lectures.locator("th a").click()
    expect(page.locator("main")).to_contain_text("Talk of 2026-10-05")  # a row behind the lectures
    expect(page.locator("main")).not_to_contain_text("Talk of 2026-10-20")  # not approved
    axe(page)
    page.goto(run)
    page.locator("form[data-confirm] button").click()
    page.locator("dialog[open] [data-yes]").click()
    expect(page.locator("form[data-confirm]")).to_have_count(0)
    with page.expect_download() as taken:
        page.locator("a[href$='/export/xlsx']").click()
    book = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))
    assert "Alice" in {cell for row in book.worksheets[0].values for cell in row}
    with page.expect_download() as taken:
        page.locator("a[href$='/export/csv']").click()
    rows = list(csv.reader(taken.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert any("Mei" in row for row in rows)
