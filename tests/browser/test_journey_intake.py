"""An intake: applicants from a workbook and by hand, decided on, enrolled, and reported in."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from tests.cast import PASSWORD
from tests.intake.conftest import id_number
from trainingbase.accounts.actions import open_account
from trainingbase.clock import real_now
from trainingbase.db import db
from trainingbase.intake.models import Applicant
from trainingbase.sheets.write import Table, csv_text

SAID = {
    "zh": {"full": "100", "here": "您已报到", "known": "已是学员", "reported": "扫码"},
    "en": {"full": "100", "here": "You have reported in", "known": "is a resident",
           "reported": "by the code"},
}  # fmt: skip


@pytest.fixture
def workbook(tmp_path):
    file = tmp_path / "报名.csv"
    header = ["姓名", "身份证号", "手机", "报考专业", "笔试成绩", "面试成绩"]
    rows = [
        ["阿依古丽·买买提", id_number(1), "13900000001", "GP33", "88", "80"],
        ["𠮷娜", id_number(2), "13900000002", "GP33", "70", "75"],
        ["错号", "110101200001010020", "", "GP33", "", ""],
    ]
    file.write_bytes(csv_text(Table("报名", header, rows)))
    return file


@pytest.fixture
def face(tmp_path):
    file = tmp_path / "me.jpg"
    Image.new("RGB", (900, 1200), "teal").save(file, "JPEG")
    return file


def send(page):
    page.locator("main form.form .form-actions button").first.click()


@in_both_languages
def test_from_a_workbook_to_reporting_in(
    phone, desktop, axe, office, county, language, workbook, face
):
    said = SAID[language]
    clerk = desktop(office)
    open_an_intake(clerk, axe)
    bring_in(clerk, axe, workbook)
    enter_by_hand(clerk, axe)
    admit(clerk, axe, "阿依古丽·买买提", "admitted")
    clerk.go_back()
    link = make_resident(clerk, axe, said)
    newcomer = account_of("阿依古丽·买买提", office)
    hers = phone(newcomer)
    hers.goto(link)
    axe(hers)
    hers.locator("main form button").click()
    expect(hers.locator("main")).to_contain_text(said["here"])
    axe(hers)
    clerk.goto(link.split("/report/")[0] + "/arrivals")
    expect(clerk.locator("main tbody")).to_contain_text(said["reported"])
    axe(clerk)
    keep_contacts(hers, axe, face)


def open_an_intake(page, axe):
    page.goto("/intakes/")
    axe(page)
    page.locator(".page-actions a").click()
    page.fill("[name=planned]", "1")
    axe(page)
    send(page)
    expect(page.locator("main .stats")).to_be_visible()
    axe(page)


def bring_in(page, axe, workbook):
    page.goto("/imports/")
    page.set_input_files("[name=workbook]", workbook)
    send(page)
    expect(page).to_have_url(re.compile(r"/imports/\d+$"))
    axe(page)
    page.locator("form[action$='/confirmation'] button").click()
    if page.locator("dialog[open] button.btn-primary").count():
        page.locator("dialog[open] button.btn-primary").click()
    expect(page.locator("form[action$='/confirmation']")).to_have_count(0)


def enter_by_hand(page, axe):
    page.goto("/intakes/")
    page.locator("main tbody a").first.click()
    expect(page.locator("main tbody tr")).to_have_count(2)
    page.locator("a[href$='/applicants/new']").click()
    page.fill("[name=name]", "單雨桐")
    page.fill("[name=id_number]", id_number(3)[:-1] + "?")
    send(page)
    expect(page.locator(".field-error").first).to_be_visible()
    axe(page)
    page.fill("[name=id_number]", id_number(3))
    send(page)
    expect(page).to_have_url(re.compile(r"/intakes/applicants/\d+$"))
    axe(page)


def admit(page, axe, name, decision):
    page.goto("/intakes/")
    page.locator("main tbody a").first.click()
    page.get_by_role("link", name=name).click()
    form = page.locator("form[action$='/decision']")
    page.locator("details", has=form).locator("summary").click()
    form.locator(f"[value={decision}]").check()
    axe(page)
    form.locator("button").click()
    expect(page.locator("form[action$='/enrolment']")).to_be_visible()


def make_resident(page, axe, said):
    """The link that the office's screen shows."""
    page.goto("/intakes/")
    page.locator("main tbody a").first.click()
    expect(page.locator("main .stats")).to_contain_text(said["full"])
    page.get_by_role("link", name="阿依古丽·买买提").click()
    page.locator("form[action$='/enrolment'] button").click()
    expect(page.locator("a[href^='/residents/']").first).to_be_visible()
    axe(page)
    page.goto("/intakes/")
    page.locator("main tbody a").first.click()
    page.locator("a[href$='/admission']").first.click()
    axe(page)
    page.go_back()
    page.locator("a[href$='/arrivals']").first.click()
    axe(page)
    page.locator("a[href$='/code']").click()
    expect(page.locator("img.qr")).to_be_visible()
    assert page.locator("img.qr").evaluate("one => one.complete && one.naturalWidth > 100")
    axe(page)
    return page.locator("[data-code-link]").get_attribute("href")


def account_of(name, office):
    db.session.rollback()
    one = db.session.query(Applicant).filter_by(name=name).one()
    someone = one.resident.person
    open_account(someone, login="newcomer", by=office, at=real_now(), password=PASSWORD)
    return someone


def keep_contacts(page, axe, face):
    page.goto("/my-record")
    axe(page)
    page.locator("a[href='/my-record/contacts']").click()
    page.fill("[name=phone]", "139 1234 5678")
    page.set_input_files("[name=photo]", face)
    axe(page)
    send(page)
    expect(page.locator("img.portrait")).to_be_visible()
    expect(page.locator("main")).to_contain_text("13912345678")
    axe(page)
