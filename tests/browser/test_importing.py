"""The office brings in the county's workbooks, looks at every row, and confirms."""

import io

import openpyxl
import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.imports.conftest import AT, FILES, ON, county_file, resident_row, residents_file
from trainingbase import paths
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.imports import actions

SAID = {
    "zh": {"refused": "第18位校验码不符", "corrected": "去掉姓名中的空格", "again": "没有重复执行"},
    "en": {
        "refused": "the 18th character does not fit",
        "corrected": "space inside a name removed",
        "again": "nothing was done twice",
    },
}


@pytest.fixture
def programme(county):
    brought = actions.bring_in(
        "programme", county_file("programme"), FILES["programme"], on=ON, by=None, at=AT
    )
    actions.confirm(brought, by=None, at=AT)


def choose(page, file):
    page.goto("/imports/")
    page.set_input_files("[name=workbook]", file)
    page.locator("main form.form .form-actions button").click()


def how_many():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Resident))


def confirm(page):
    page.locator("form[action$='/confirmation'] button").click()


@in_both_languages
@on_both_screens
def test_a_workbook_is_previewed_row_by_row_and_confirmed(
    visit, axe, picture, office, programme, language
):
    page = visit(office)
    page.goto("/imports/")
    axe(page)
    picture(page, "imports")
    choose(page, paths.DEMO_COUNTY / "residents.xlsx")
    expect(page.locator("main")).to_contain_text(SAID[language]["corrected"])
    assert how_many() == 0
    axe(page)
    picture(page, "import-preview")
    page.select_option("[name=status]", "refused")
    expect(page.locator("main")).to_contain_text(SAID[language]["refused"])
    expect(page.locator("main")).not_to_contain_text(SAID[language]["corrected"])
    axe(page)
    confirm(page)
    expect(page.locator("main")).to_contain_text("118")
    axe(page)
    assert how_many() == 118


def test_going_back_after_confirming_and_confirming_again_does_nothing_twice(
    visit, office, programme, language
):
    page = visit(office)
    choose(page, paths.DEMO_COUNTY / "residents.xlsx")
    confirm(page)
    expect(page.locator("form[action$='/confirmation']")).to_have_count(0)
    page.go_back()
    if page.locator("form[action$='/confirmation']").count():
        confirm(page)
        expect(page.locator("body")).to_contain_text(SAID[language]["again"])
    assert how_many() == 118


def test_a_bad_file_is_said_at_its_field_and_the_other_answers_stay(visit, axe, office, tmp_path):
    old = tmp_path / "花名册.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    page = visit(office)
    page.goto("/imports/")
    page.fill("[name=on]", "2026-10-31")
    page.set_input_files("[name=workbook]", old)
    page.locator("main form.form .form-actions button").click()
    expect(page.locator("#workbook-error")).to_contain_text(".xlsx")
    expect(page.locator("[name=on]")).to_have_value("2026-10-31")
    axe(page)


def test_refused_rows_are_mended_and_brought_in_without_javascript(visit, office, tmp_path):
    bad = residents_file(resident_row("王禾"), resident_row("徐嘉", 961, start="2026-9-31"))
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(bad)
    page = visit(office, javascript=False)
    choose(page, file)
    confirm(page)
    assert how_many() == 1
    with page.expect_download() as taken:
        page.locator("a[href$='refused.xlsx']").click()
    book = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    sheet.cell(2, header.index("入培时间") + 1, "2026-09-30")
    mended = tmp_path / "mended.xlsx"
    book.save(mended)
    choose(page, mended)
    confirm(page)
    assert how_many() == 2
