"""The office asks for a plan, compares, moves a placement by hand, and publishes."""

from datetime import date
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.cast import LONG_AGO
from trainingbase import queue, worker
from trainingbase.db import db
from trainingbase.rotations import actions
from trainingbase.rotations.queries.plans import plan_in_force

assert worker  # it says what each queued job does

SAID = {
    "zh": {"lawful": "全部规则均已遵守", "twice": "同时在两个科室", "saved": "已保存"},
    "en": {
        "lawful": "Every rule is kept",
        "twice": "in two departments at once",
        "saved": "Saved",
    },
}


@pytest.fixture
def before_training(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-08-20")


@pytest.fixture
def draft(county, office, alice_resident, bob_resident):
    """Both residents in Medicine, one after the other."""
    medicine = (county.medicine.id, county.standards["Medicine"].id)
    months = [date(2026, month, 1) for month in (9, 10, 11, 12)]
    stays = [(one, other, *medicine) for one, other in pairwise(months)]
    both = {alice_resident.id: stays, bob_resident.id: stays}
    return actions.keep_grid(
        title="Draft", months=both, cohort_ids=[county.cohort.id], by=office, at=LONG_AGO
    ).id


@in_both_languages
@on_both_screens
def test_a_plan_is_asked_for_changed_by_hand_and_published(
    visit, axe, picture, office, alice_resident, language, before_training
):
    page = visit(office)
    page.goto("/rotations/plans/new")
    axe(page)
    page.fill("[name=title]", "2026年秋")
    page.check("[name=cohorts]")
    page.fill("[name=starts_on]", "2026-09")
    page.select_option("[name=seconds]", "20")
    page.locator("main form .form-actions button").click()
    expect(page.locator("#progress")).to_be_visible()
    axe(page)
    picture(page, "plan-progress")
    db.session.rollback()
    assert queue.work_off() == 1
    expect(page.locator("main")).to_contain_text(SAID[language]["lawful"])  # by itself
    axe(page)
    picture(page, "plan")
    for view in ("places", "comparison", "changes", "grid"):
        page.locator(f"nav.tabs a[href$='/{view}']").click()
        axe(page)
        picture(page, f"plan-{view}")
    move_and_be_refused(page, SAID[language]["twice"], axe, picture)
    swap(page, SAID[language]["saved"])
    publish(page)
    db.session.rollback()
    assert plan_in_force().title == "2026年秋"


def first_placement(page):
    return page.locator("table.grid td a").first


def move_and_be_refused(page, words, axe, picture):
    """Where the next placement is, nothing else can be."""
    first_placement(page).click()
    axe(page)
    page.fill("[name=month]", "2027-01")
    page.locator("button[value=move-check]").click()
    expect(page.locator("main")).to_contain_text(words)
    axe(page)
    picture(page, "plan-breach")
    page.locator("button[value=move-save]").click()
    expect(page.locator("main")).to_contain_text(words)


def swap(page, words):
    page.locator("button[value=swap-save]").click()
    expect(page.locator("main")).to_contain_text(words)
    expect(page.locator("table.grid")).to_be_visible()


def publish(page):
    page.locator("nav.tabs a").first.click()
    page.locator("a[href$='/publication']").click()
    page.locator("main form .form-actions button").click()
    expect(page.locator("form[action$='/withdrawal']")).to_be_visible()


def test_the_arrow_keys_go_from_one_placement_to_the_next(desktop, office, draft, before_training):
    page = desktop(office)
    page.goto(f"/rotations/plans/{draft}/grid")
    first_placement(page).focus()
    page.keyboard.press("ArrowRight")
    second = page.locator("table.grid tbody tr").first.locator("td a").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("ArrowDown")
    below = page.locator("table.grid tbody tr").nth(1)
    expect(below.locator("a:focus")).to_have_count(1)


def test_a_plan_is_asked_for_without_javascript(visit, office, alice_resident, before_training):
    page = visit(office, javascript=False)
    page.goto("/rotations/plans/new")
    page.fill("[name=title]", "2026年秋")
    page.check("[name=cohorts]")
    page.fill("[name=starts_on]", "2026-09")
    page.locator("main form .form-actions button").click()
    db.session.rollback()
    queue.work_off()
    page.locator("main p a").last.click()
    expect(page.locator("a[href$='/publication']")).to_be_visible()
