"""Wishes are given, a plan weighs them, and two residents change what they got."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from trainingbase import queue, worker
from trainingbase.db import db
from trainingbase.wishes import actions as wishing
from trainingbase.wishes.actions import Given
from trainingbase.wishes.models import Round
from trainingbase.wishes.queries import list_of

assert worker  # it says what each queued job does

SUMMER = "2026-07-10"
AFTER_THE_DEADLINE = "2026-07-20"
SAID = {
    "zh": {
        "due": "前填报意愿",
        "kept": "外科，2026年11月开始",
        "met": "已满足",
        "offered": "已提出",
        "accepted": "已接受",
        "approved": "已批准",
        "told": "新增：",
    },
    "en": {
        "due": "Give your wishes until",
        "kept": "from Nov 2026",
        "met": ": met.",
        "offered": "Offered.",
        "accepted": "Accepted.",
        "approved": "Approved",
        "told": "new: ",
    },
}


@pytest.fixture
def summer(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", SUMMER)

    def until(day: str) -> None:
        monkeypatch.setenv("TRAININGBASE_TODAY", day)

    return until


def send(page):
    page.locator("main form.form .form-actions button").first.click()


@in_both_languages
def test_from_a_wish_to_a_swap(
    phone, desktop, axe, picture, office, alice, bob, bob_resident, county, language, summer
):
    said = SAID[language]
    clerk, alices = desktop(office), phone(alice)
    ask_for_wishes(clerk, axe)
    give_wishes(alices, axe, picture, county, said)
    bob_wishes(bob, bob_resident, county)
    summer(AFTER_THE_DEADLINE)
    alices.goto("/wishes/mine")
    expect(alices.locator("[name=what_1]")).to_have_count(0)
    plan_with_wishes(clerk, axe, picture)
    see_why(alices, axe, picture, said)
    offer(alices, axe, picture, said)
    accept(phone(bob), axe, picture, said)
    approve(clerk, axe, picture, said)
    alices.goto("/notices/")
    expect(alices.locator("main")).to_contain_text(said["told"])


def ask_for_wishes(page, axe):
    page.goto("/wishes/rounds/new")
    axe(page)
    page.fill("[name=title]", "2026")
    page.fill("[name=starts_on]", "2026-09")
    page.fill("[name=last_day]", "2026-07-15")
    send(page)
    expect(page.locator("main .stats")).to_be_visible()
    axe(page)


def give_wishes(page, axe, picture, county, said):
    page.goto("/")
    page.get_by_text(said["due"]).click()
    axe(page)
    page.select_option("[name=what_1]", str(county.standards["Surgery"].id))
    page.select_option("[name=from_1]", "2026-11-01")
    page.select_option("[name=site_1]", str(county.township.id))
    picture(page, "wishes-form", whole=True)
    send(page)
    expect(page.locator("main .card-box").first).to_contain_text(said["kept"].split("，")[-1])
    axe(page)


def bob_wishes(bob, bob_resident, county):
    db.session.rollback()
    [asked] = db.session.query(Round)
    surgery, medicine = (county.standards[name].id for name in ("Surgery", "Medicine"))
    september, october, november = (date(2026, month, 1) for month in (9, 10, 11))
    given = Given(((surgery, september, october), (medicine, october, november)))
    at = datetime(2026, 7, 12, tzinfo=UTC)
    wishing.keep_wishes(asked, bob_resident, given, version=None, by=bob, at=at)


def plan_with_wishes(page, axe, picture):
    page.goto("/rotations/plans/new")
    page.fill("[name=title]", "2026 autumn")
    page.check("[name=cohorts]")
    page.fill("[name=starts_on]", "2026-09")
    page.select_option("[name=seconds]", "20")
    send(page)
    expect(page.locator("#progress")).to_be_visible()
    db.session.rollback()
    queue.work_off()
    page.locator("nav.tabs a[href$='/wishes']").click()
    expect(page.locator("main .stat").first).to_contain_text("3 / 3")
    axe(page)
    picture(page, "plan-wishes")
    page.locator("nav.tabs a").first.click()
    page.locator("a[href$='/publication']").click()
    send(page)
    expect(page.locator("form[action$='/withdrawal']")).to_be_visible()


def see_why(page, axe, picture, said):
    page.goto("/rotations/mine")
    axe(page)
    page.locator("tr:has-text('Surgery') a[href*='/rotations/placements/']").click()
    expect(page.locator("main")).to_contain_text(said["met"])
    axe(page)
    picture(page, "swap-why")


def offer(page, axe, picture, said):
    page.locator("main a[href*='/swaps/placements/']").click()
    axe(page)
    page.locator("[name=wanted]").first.check()
    page.fill("[name=word]", "…")
    picture(page, "swap-offer")
    send(page)
    expect(page.locator("body")).to_contain_text(said["offered"])
    axe(page)


def accept(page, axe, picture, said):
    page.goto("/swaps/")
    axe(page)
    page.locator("main .card-box a").first.click()
    axe(page)
    picture(page, "swap-accept")
    send(page)
    expect(page.locator("body")).to_contain_text(said["accepted"])
    axe(page)


def approve(page, axe, picture, said):
    page.goto("/")
    page.locator("main .stat a[href*='/swaps/all']").click()
    axe(page)
    page.locator("main tbody th a").first.click()
    axe(page)
    picture(page, "swap-decision")
    page.locator("form[action$='/approval'] button").click()
    expect(page.locator("body")).to_contain_text(said["approved"])
    axe(page)


def test_wishes_are_given_without_javascript(phone, visit, alice, alice_resident, county, office):
    at = datetime(2026, 11, 20, tzinfo=UTC)
    asked = wishing.open_round(
        title="Winter",
        terms=wishing.Terms(
            starts_on=date(2027, 1, 1),
            ends_on=date(2028, 1, 1),
            closes_on=date(2026, 12, 1),
            cohort_ids=[county.cohort.id],
            standard_ids=[county.standards["Surgery"].id],
            institution_ids=[county.township.id],
        ),
        by=office,
        at=at,
    )
    page = visit(alice, javascript=False)
    page.goto("/wishes/mine")
    page.select_option("[name=what_1]", str(county.standards["Surgery"].id))
    send(page)  # the month is missing
    page.locator(".error-summary a").first.click()
    page.select_option("[name=from_1]", "2027-03-01")
    send(page)
    expect(page.locator("main .card-box").first).to_contain_text("Surgery")
    db.session.rollback()
    assert len(list_of(asked, alice_resident).wishes) == 1
