"""A month from preview to lock to correction; a payslip and a question on the phone; what if."""

from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.incentives.october import make_sources, play_october, set_rates
from trainingbase.db import db
from trainingbase.incentives.models import Rate


@pytest.fixture
def quiet_october(county, alice_resident, bob_resident, mei_member, placed):
    set_rates(make_sources())
    play_october(alice_resident, bob_resident, mei_member, county, placed)


def confirm(page):
    page.locator("form[data-confirm] button").first.click()
    expect(page.locator("dialog[open]")).to_be_visible()
    with page.expect_navigation():
        page.locator("[data-yes]").click()


@in_both_languages
@on_both_screens
def test_a_month_is_computed_approved_twice_and_read(
    visit, axe, office, leader, alice, quiet_october, picture
):
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
    for view in ("payees", "rates", "verification", "changes", "payouts"):
        page.goto(f"{run}/{view}")
        axe(page)
    page.goto(run)
    confirm(page)
    expect(page.locator("form[data-confirm]")).to_have_count(0)

    second = visit(leader)
    second.goto(run)
    confirm(second)
    expect(second.locator("form[data-confirm]")).to_have_count(0)
    axe(second)
    for view in ("funding", "accounts", "programme", "appraisals", "corrections", "questions"):
        page.goto(f"/incentives/{view}")
        axe(page)

    hers = visit(alice)
    hers.goto("/incentives/mine")
    axe(hers)
    hers.goto("/incentives/mine/2026-10")
    axe(hers)
    hers.locator("main tbody a").first.click()
    expect(hers.get_by_text("1 × 3,600.00 = 3,600.00")).to_be_visible()
    axe(hers)


def test_a_question_is_asked_on_the_phone_and_answered_with_a_correction(
    visit, axe, office, leader, alice, alice_resident, quiet_october
):
    from tests.incentives.october import OCTOBER, OCTOBER_IS_OVER, lock
    from trainingbase.incentives import actions

    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    lock(run)
    number = run.id
    hers = visit(alice)
    hers.goto("/incentives/mine/2026-10")
    hers.locator("main tbody a").first.click()
    hers.locator("details.more summary").last.click()
    hers.locator("[name=text]").fill("上月应按第二年")
    axe(hers)
    with hers.expect_navigation():
        hers.locator("main form .form-actions button").click()
    expect(hers.get_by_text("上月应按第二年")).to_be_visible()

    page = visit(office)
    page.goto("/incentives/questions")
    page.locator("main tbody a").first.click()
    page.locator("[name=text]").fill("确实如此")
    page.locator("[name=amount]").fill("300")
    axe(page)
    with page.expect_navigation():
        page.locator("main form .form-actions button").click()
    alice_resident.withdrawn_on = date(2026, 10, 16)
    db.session.commit()
    page.goto(f"/incentives/{number}/verification")
    axe(page)
    confirm(page)
    expect(page.get_by_text("300.00").first).to_be_visible()
    expect(page.get_by_text("1,800.00").first).to_be_visible()
    axe(page)


@in_both_languages
def test_a_teacher_reads_the_payslip_asks_about_a_line_and_gets_a_reply(
    phone, desktop, axe, office, mei, alice, quiet_october
):
    from tests.incentives.october import OCTOBER, OCTOBER_IS_OVER, lock
    from trainingbase.incentives import actions

    lock(actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER))
    hers = phone(mei)
    hers.goto("/incentives/mine")
    hers.locator("main .figure a, main a[href*='/mine/2026']").first.click()
    axe(hers)
    hers.locator("main tbody a").first.click()
    line = hers.url
    hers.locator("details.more summary").last.click()
    send = hers.locator("main form.form .form-actions button")
    send.click()
    expect(hers.locator("#text-error")).to_be_visible()
    axe(hers)
    hers.locator("[name=text]").fill("十月带教查房两次，只算了一次。")
    send.click()
    expect(hers.locator(".flashes .note-good")).to_be_visible()
    expect(hers.get_by_text("只算了一次")).to_be_visible()
    expect(hers.locator("main form.form")).to_have_count(0)  # one question at a time

    his = phone(alice)
    assert his.goto(line).status == 404, "nobody reads the line of somebody else"

    page = desktop(office)
    page.goto("/incentives/questions")
    page.locator("main tbody a").first.click()
    page.locator("[name=text]").fill("另一次未审核，审核后下月补发。")
    page.locator("main form.form .form-actions button").click()
    page.wait_for_url("**/questions**")
    hers.goto("/notices/")
    hers.locator("main button.notice-new").first.click()
    hers.wait_for_url("**/incentives/lines/*")
    assert hers.url == line, "the notice opens what was asked about"
    expect(hers.get_by_text("审核后下月补发")).to_be_visible()
    assert hers.evaluate("document.documentElement.scrollWidth") <= 390
    axe(hers)


@in_both_languages
def test_a_rule_is_made_tried_and_supposed(visit, axe, office, quiet_october):
    page = visit(office)
    page.goto("/incentives/rules")
    axe(page)
    page.goto("/incentives/rules/new")
    axe(page)
    page.locator("[name=name]").fill("下基层补贴")
    page.locator("[name=name_en]").fill("Rural bonus")
    page.select_option("[name=basis]", "placement")
    page.select_option("[name=beneficiary]", "resident")
    page.locator("[name=applies]").fill("is_primry_care")
    page.locator("[name=quantity]").fill("months")
    page.select_option("[name=pay]", "yuan")
    page.locator("[name=amount]").fill("100")
    with page.expect_navigation():
        page.locator("main form .form-actions button").click()
    expect(page.get_by_text("is_primary_care").first).to_be_visible()
    axe(page)
    page.locator("[name=applies]").fill("is_primary_care")
    with page.expect_navigation():
        page.locator("main form .form-actions button").click()
    page.goto(page.url.split("?")[0] + "?month=2026-10")
    expect(page.get_by_text("50.00").first).to_be_visible()
    axe(page)
    page.goto("/incentives/what-if")
    axe(page)
    rate = db.session.scalars(select(Rate.id).order_by(Rate.id).offset(2)).first()
    page.goto(f"/incentives/what-if?what=rate-{rate}&amount=1000&month=2026-10")
    axe(page)
    expect(page.get_by_text("Bob").first).to_be_visible()
