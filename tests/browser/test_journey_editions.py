"""The office enters another edition of the official form, as a workbook."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from trainingbase.downloads import TYPES


def chosen(book) -> dict:
    content = BytesIO()
    book.save(content)
    return {"name": "form.xlsx", "mimeType": TYPES["xlsx"], "buffer": content.getvalue()}


def enter(page, book) -> None:
    page.set_input_files("[name=file]", files=chosen(book))
    page.locator("main form.form .form-actions button").click()


@pytest.mark.parametrize(("language", "screen"), [("zh", "phone"), ("en", "desktop")])
def test_the_form_of_another_year(visit, axe, office, county):
    page = visit(office)
    page.goto("/self-assessment/")
    page.locator("main a[href='/self-assessment/forms']").click()
    axe(page)
    with page.expect_download() as download:
        page.locator("a[href$='/export/xlsx']").click()
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    about, _items, parts = book.worksheets[:3]
    about["B2"].value, parts["B3"].value = "E23", "?"
    about["B3"].value = about["B4"].value = "E23 2026"
    page.locator("a[href='/self-assessment/forms/new']").click()
    axe(page)
    enter(page, book)
    row = page.locator("main tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("B3")
    axe(page)
    parts["B3"].value = 0.5
    enter(page, book)
    made = page.locator("main tbody tr", has_text="E23 2026")
    axe(page)
    made.locator("a[href$='/use']").click()
    page.fill("[name=first_year]", "2026")
    axe(page)
    page.locator("main form.form .form-actions button").click()
    expect(made).to_contain_text("2026")
    page.goto("/self-assessment/?year=2026")
    expect(page.locator("main .lead, .lead").first).to_contain_text("E23 2026")
    page.goto("/self-assessment/?year=2025")
    expect(page.locator("main .lead, .lead").first).not_to_contain_text("E23 2026")
