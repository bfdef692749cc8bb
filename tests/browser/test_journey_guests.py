"""A nurse answers by the code on a printed sheet; the office makes the form she answers."""

from datetime import date

import pytest
import segno
from playwright.sync_api import expect
from sqlalchemy import func, select

from tests.assessments.conftest import NOW, TODAY
from tests.assessments.test_guests import nurse_form  # noqa: F401 (a fixture)
from tests.browser.everywhere import in_both_languages, on_both_screens
from trainingbase.assessments.models import GuestLink, Submission
from trainingbase.db import db
from trainingbase.instruments.models import Instrument


@pytest.fixture(autouse=True)
def on_this_day(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", TODAY.isoformat())


@pytest.fixture
def with_mei(placed, alice_resident, county, mei_member):
    return placed(alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member)


def send(page):
    page.locator("main form.form .form-actions button").first.click()


def tap(page, field, value):
    chosen = page.locator(f"[name={field}][value='{value}']")
    page.locator(f"label[for='{chosen.get_attribute('id')}']").click()


def how_many():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Submission))


@in_both_languages
def test_a_nurse_answers_by_the_printed_code(
    desktop,
    phone,
    visit,
    axe,
    office,
    alice,
    with_mei,
    county,
    nurse_form,  # noqa: F811
):
    clerk = desktop(office)
    clerk.goto("/assessments/guests/new")
    axe(clerk)
    clerk.locator("[name=department]").select_option(str(county.medicine.id))
    clerk.locator("[name=instrument]").select_option(str(nurse_form.id))
    send(clerk)
    clerk.wait_for_url("**/guests/sheets**")
    axe(clerk)
    link = clerk.locator("[data-guest-link]").first.get_attribute("href")
    drawn = clerk.request.get(clerk.locator("img.qr").first.get_attribute("src")).text()
    path = segno.make(link, error="m").svg_inline(scale=8, border=2, svgclass=None).split(' d="')[1]
    assert path.split('"')[0] in drawn  # the picture on the sheet is this link

    nurse = phone()
    nurse.goto(link)
    axe(nurse)
    assert nurse.evaluate("document.documentElement.scrollWidth") <= 390
    tap(nurse, "N1", 4)
    send(nurse)
    expect(nurse.locator("#guest_name-error")).to_be_visible()
    axe(nurse)
    nurse.locator("[name=guest_name]").fill("白护士")
    tap(nurse, "N2", "not_observed")
    nurse.locator("[name=N3]").fill("夜班交代清楚，下次请尽快补录医嘱。")
    send(nurse)
    nurse.wait_for_url("**/g/thanks**")
    axe(nurse)
    assert how_many() == 1
    nurse.goto(link)
    axe(nurse)
    expect(nurse.locator("form.form")).to_have_count(0)

    hers = phone(alice)
    hers.goto("/assessments/feedback")
    hers.locator("main tbody a").first.click()
    expect(hers.get_by_text("白护士").first).to_be_visible()
    expect(hers.get_by_text("下次请尽快补录医嘱").first).to_be_visible()
    axe(hers)
    clerk.goto("/assessments/guests")
    axe(clerk)
    expect(clerk.locator("main .status-good")).to_have_count(1)


def test_a_guest_answers_without_javascript(visit, with_mei, office, nurse_form):  # noqa: F811
    from tests.conftest import SETTINGS
    from trainingbase.assessments.actions import guests
    from trainingbase.assessments.tokens import token_of

    (link,) = guests.issue(
        instrument=nurse_form, placements=[with_mei], each=1, identity="printed",
        expires_on=date(2026, 12, 1), batch="b", secret=SETTINGS["SECRET_KEY"], by=office, at=NOW,
    )  # fmt: skip
    page = visit(javascript=False)
    page.goto(f"/g/{token_of(SETTINGS['SECRET_KEY'], link.nonce)}")
    page.locator("[name=guest_name]").fill("白护士")
    for field in ("N1", "N2"):
        tap(page, field, 3)
    send(page)
    page.wait_for_url("**/g/thanks**")
    assert how_many() == 1 and db.session.get(GuestLink, link.id).used_at is not None


@in_both_languages
@on_both_screens
def test_the_office_makes_a_form_and_puts_it_in_use(visit, axe, office, county, screen):
    clerk = visit(office)
    clerk.goto("/instruments/?search=teaching_round")
    axe(clerk)
    clerk.locator("main tbody a").first.click()
    axe(clerk)
    clerk.locator("a[href$='/copy']").click()
    clerk.locator("[name=name]").fill("ward_round")
    send(clerk)
    clerk.wait_for_url("**/instruments/*")
    axe(clerk)
    made = clerk.url
    clerk.goto(f"{made}/items/new")
    axe(clerk)
    for field, value in (("code", "X1"), ("name", "还要注意什么"), ("name_en", "What else")):
        clerk.locator(f"[name={field}]").fill(value)
    clerk.locator("[name=kind]").select_option("text")
    send(clerk)
    clerk.wait_for_url("**#item-*")
    clerk.goto(f"{made}/rules")
    clerk.locator("[name=kind]").select_option("share")
    clerk.locator("[name=least]").fill("60")
    send(clerk)
    expect(clerk.locator(".card-box")).to_have_count(1)
    axe(clerk)
    clerk.goto(f"{made}/preview")
    axe(clerk)
    assert clerk.locator(".phone-frame").bounding_box()["width"] <= 390
    assert clerk.evaluate("document.documentElement.scrollWidth") <= clerk.viewport_size["width"]
    clerk.goto(made)
    clerk.locator("form[action$='/publication'] button").click()
    clerk.locator("dialog [data-yes]").click()
    expect(clerk.locator(".page-head .status-good")).to_be_visible()
    db.session.rollback()
    one = db.session.scalars(select(Instrument).where(Instrument.code == "base.ward_round")).one()
    assert one.is_in_use and one.items[-1].code == "X1"


def test_a_conditional_item_appears_where_it_is_asked(phone, office, county):
    record = db.session.scalars(select(Instrument).where(Instrument.code == "inpatient_record"))
    page = phone(office)
    page.goto(f"/instruments/{record.one().id}/preview")
    last = page.locator("[name=IR5_1]")
    expect(last).to_be_hidden()
    tap(page, "IR0_7", 2)
    expect(last).to_be_visible()
    tap(page, "IR0_7", 1)
    expect(last).to_be_hidden()


@in_both_languages
def test_a_resident_asks_at_the_bedside_and_reads_the_answer(phone, axe, alice, chen, with_mei):
    hers = phone(alice)
    hers.goto("/assessments/feedback")
    hers.locator("a[href='/assessments/bedside']").click()
    axe(hers)
    hers.locator("a[href='/assessments/bedside/mini_cex']").click()
    expect(hers.locator("img.qr")).to_be_visible()
    axe(hers)
    link = hers.locator("[data-code-link]").get_attribute("href")

    teacher = phone(chen)
    teacher.goto(link)
    axe(teacher)
    teacher.locator("main form button").click()
    teacher.wait_for_url("**/assessments/requests/*")
    for number in range(1, 8):
        teacher.locator(f"#MC1_{number} .rating-bands label").nth(5).click()
    teacher.locator("[name=MC2_5]").fill("查体前先洗手，很好；下次请先问过敏史。")
    send(teacher)
    teacher.wait_for_url("**/submissions/*")

    hers.goto("/assessments/feedback")
    hers.locator("main tbody a").first.click()
    expect(hers.get_by_text("下次请先问过敏史").first).to_be_visible()
    buttons = hers.locator("main form button")
    buttons.first.click()
    expect(buttons).to_have_count(1)  # what she would like to say about it
    assert how_many() == 1
