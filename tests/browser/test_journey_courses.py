"""A resident leaves and the office takes it back; another graduates and gets a certificate."""

import re
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.cast import add
from tests.courses.conftest import plan, timetable  # noqa: F401
from tests.rotations.conftest import stays_of  # noqa: F401
from trainingbase.assessments.models import ExamResult
from trainingbase.db import db
from trainingbase.enrolment.models import Credit

SAID = {
    "zh": {"cut": "至2026-11-15结束", "gone": "已取消", "back": "已撤回",
           "nothing": "没有缺项"},
    "en": {"cut": "ends 15 Nov 2026", "gone": "cancelled", "back": "Taken back",
           "nothing": "Nothing is missing"},
}  # fmt: skip


def send(page):
    page.locator("main form.form .form-actions button").first.click()


@in_both_languages
@on_both_screens
def test_a_withdrawal_and_its_counter_entry(
    visit, axe, picture, office, alice_resident, plan, timetable, language  # noqa: F811
):  # fmt: skip
    said, page, stood = SAID[language], visit(office), timetable(alice_resident)
    page.goto(f"/residents/{alice_resident.id}")
    axe(page)
    page.locator("#courses a[href*='/courses/new/']").click()
    axe(page)
    page.locator("main a[href$='/withdrawal']").click()
    page.fill("[name=last_day]", "2026-11-15")
    page.fill("[name=word]", "考取研究生")
    axe(page)
    send(page)
    expect(page.locator("main")).to_contain_text(said["cut"])
    axe(page)
    picture(page, "course-effect", whole=True)
    db.session.rollback()
    assert timetable(alice_resident) == stood
    page.locator("form[action$='/decision'] button").click()
    expect(page.locator("form[action$='/undoing']")).to_be_visible()
    axe(page)
    db.session.rollback()
    assert len(timetable(alice_resident)) == 2
    page.fill("[name=word]", "录入有误")
    page.locator("form[action$='/undoing'] .form-actions button").click()
    expect(page.locator("main")).to_contain_text("录入有误")
    axe(page)
    db.session.rollback()
    assert timetable(alice_resident) == stood
    page.goto("/courses/")
    expect(page.locator("main tbody tr")).to_have_count(2)
    expect(page.locator("main tbody")).to_contain_text(said["back"])
    axe(page)


@pytest.fixture
def ready(alice_resident, county):
    for name, months in (("Medicine", 2), ("Surgery", 1), ("Community", 3)):
        standard = county.standards[name]
        add(Credit(resident=alice_resident, standard_department=standard, months=Decimal(months),
                   kind="accepted"))  # fmt: skip
    alice_resident.licence_number = "1101"
    for year in (2027, 2028, 2029):
        add(ExamResult(resident=alice_resident, kind="annual", year=year, is_first_attempt=True))
    add(ExamResult(resident=alice_resident, kind="graduation", year=2029, is_first_attempt=True,
                   theory_passed=True, skills_passed=True, passed=True))  # fmt: skip
    return alice_resident


@in_both_languages
@on_both_screens
def test_a_ready_resident_graduates(
    visit, axe, picture, office, alice, ready, bob_resident, language
):
    said, own = SAID[language], visit(alice)
    own.goto("/courses/mine")
    expect(own.locator("main")).to_contain_text(said["nothing"])
    axe(own)
    page = visit(office)
    page.goto("/courses/graduation")
    axe(page)
    picture(page, "graduation", whole=True)
    page.get_by_role("checkbox").check()
    page.locator("main .form-actions button").click()
    axe(page)
    page.locator("main form.form .form-actions button").click()
    expect(page).to_have_url(re.compile("/courses/certificates"))
    axe(page)
    page.fill(f"[name=number_{ready.id}]", "2026-GP-001")
    send(page)
    expect(page.locator(f"[name=number_{ready.id}]")).to_have_count(0)
    db.session.rollback()
    assert (ready.finished_on, ready.certificate_number) == (date(2026, 11, 22), "2026-GP-001")
    page.goto(f"/courses/graduation/{bob_resident.id}")
    axe(page)
    expect(page.locator("main li").first).to_be_visible()
