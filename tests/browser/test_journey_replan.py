"""A plan in force, and then life: what if, leave, a new plan that moves as little as it can."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from tests.cast import LONG_AGO, add
from trainingbase import queue, worker
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.rotations import actions
from trainingbase.rotations.queries.plans import plan_by_id, plan_in_force
from trainingbase.rotations.queries.problem import rows_of_plan

assert worker  # it says what each queued job does

SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER, MARCH = (
    date(2026, 9, 1),
    date(2026, 10, 1),
    date(2026, 11, 1),
    date(2026, 12, 1),
    date(2027, 3, 1),
)
SAID = {
    "zh": {
        "unfit": "已不再可行",
        "lawful": "不违反任何规则",
        "unlawful": "会造成违规",
        "saved": "已保存",
        "december": "2026年12月",
    },
    "en": {
        "unfit": "no longer fits",
        "lawful": "breaks no rule",
        "unlawful": "would break rules",
        "saved": "Saved",
        "december": "Dec 2026",
    },
}


@pytest.fixture(autouse=True)
def in_september(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-09-14")


@pytest.fixture
def draft(county, office, alice_resident, bob_resident):
    """Alice has Medicine, then Surgery in November; Bob has Surgery first; both are in the
    community from December."""
    medicine = (county.medicine.id, county.standards["Medicine"].id)
    surgery = (county.surgery.id, county.standards["Surgery"].id)
    rest = [(DECEMBER, MARCH, county.village_team.id, county.standards["Community"].id)]
    alices = [(SEPTEMBER, NOVEMBER, *medicine), (NOVEMBER, DECEMBER, *surgery), *rest]
    bobs = [(SEPTEMBER, OCTOBER, *surgery), (OCTOBER, DECEMBER, *medicine), *rest]
    return actions.keep_grid(
        title="Autumn",
        months={alice_resident.id: alices, bob_resident.id: bobs},
        cohort_ids=[county.cohort.id],
        by=office,
        at=LONG_AGO,
    )


@pytest.fixture
def in_force(draft, office):
    actions.publish_plan(draft, by=office, at=LONG_AGO)
    return draft.id


def solve() -> None:
    db.session.rollback()
    assert queue.work_off()


@in_both_languages
def test_what_if_is_asked_answered_and_taken_over(desktop, axe, picture, office, county, in_force):
    page = desktop(office)
    page.goto(f"/rotations/plans/{in_force}/what-if?kind=close")
    axe(page)
    picture(page, "what-if")
    page.select_option("[name=department]", str(county.surgery.id))
    page.fill("[name=first]", "2026-11")
    page.fill("[name=last]", "2026-11")
    page.fill("[name=notice_days]", "0")
    page.select_option("[name=seconds]", "20")
    page.locator("main form .form-actions button").click()
    expect(page.locator("#progress")).to_be_visible()
    solve()
    expect(page.locator("main .stats .stat").first).to_contain_text("1")  # by itself
    expect(page.locator("a[href$='/publication']")).to_have_count(0)
    axe(page)
    picture(page, "what-if-answer")
    page.locator("main a.btn[href*='/comparison']").click()
    expect(page.locator("main tbody tr", has_text="Alice")).to_contain_text("Surgery")
    axe(page)
    picture(page, "comparison")
    page.go_back()
    page.locator("main form[action$='/copy'] .form-actions button").click()
    expect(page.locator("a[href$='/publication']")).to_be_visible()
    axe(page)


@in_both_languages
def test_after_leave_the_plan_no_longer_fits_and_is_asked_for_both_ways(
    desktop, phone, axe, picture, language, office, alice_resident, in_force
):
    leave = {"starts_on": NOVEMBER, "ends_on": DECEMBER, "granted": True}
    decided = {"decided_by_id": office.id, "decided_at": LONG_AGO}
    add(Leave(resident_id=alice_resident.id, kind="sick", **leave, **decided))
    page = desktop(office)
    page.goto("/")
    unfit = page.locator("main .note-warning", has_text=SAID[language]["unfit"])
    expect(unfit).to_be_visible()
    axe(page)
    unfit.locator("a").first.click()
    expect(page.locator("main .note-warning")).to_contain_text("Alice")
    page.fill("[name=notice_days]", "0")
    axe(page)
    picture(page, "fit")
    page.locator("button[value=both]").click()
    page.wait_for_url("**/comparison?other=*")
    solve()
    expect(page.locator("#load")).to_be_visible()  # by itself
    axe(page)
    least = int(page.url.partition("/plans/")[2].partition("/")[0])
    page.goto(f"/rotations/plans/{least}/comparison")
    expect(page.locator("main tbody tr", has_text="Alice")).to_be_visible()
    expect(page.locator("main tbody th", has_text="Bob")).to_have_count(0)
    page.goto(f"/rotations/plans/{least}/publication")
    page.locator("main form .form-actions button").click()
    page.wait_for_url(f"**/rotations/plans/{least}")
    db.session.rollback()
    assert plan_in_force().id == least
    hers = phone(alice_resident.person)
    hers.goto("/rotations/mine")
    expect(hers.locator("main tbody tr").first).to_contain_text("Medicine")
    hand = phone(office)
    hand.goto(f"/rotations/plans/{least}/comparison?other={in_force}")
    expect(hand.locator("#load")).to_be_visible()
    axe(hand)
    picture(hand, "comparison-phone")


def stays(plan_id, resident):
    db.session.rollback()
    return [
        (one.starts_on.month, one.department)
        for one in rows_of_plan(plan_by_id(plan_id))
        if one.resident == resident.id
    ]


def is_where_it_was(address):
    return "/arrangement?" in address and "month=" not in address


@in_both_languages
def test_a_placement_is_moved_by_the_keyboard_judged_saved_and_taken_back(
    desktop, axe, picture, language, office, draft, alice_resident, monkeypatch
):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-08-20")
    before = stays(draft.id, alice_resident)
    page = desktop(office)
    page.goto(f"/rotations/plans/{draft.id}/grid")
    said, result = page.locator("[data-said]"), page.locator("[data-result]")
    alices = page.locator("table.grid tbody tr", has_text="Alice").locator("td a")
    alices.first.focus()
    page.keyboard.press("Enter")
    expect(result).to_be_visible()
    axe(page)
    page.keyboard.press("ArrowDown")
    expect(said).to_contain_text("Bob")
    expect(result).to_contain_text(SAID[language]["unlawful"])
    axe(page)
    picture(page, "grid-breach")
    page.keyboard.press("Escape")
    expect(page.locator("[data-tray]")).to_be_hidden()
    expect(alices.first).to_be_focused()
    page.route(is_where_it_was, lambda _route: None)  # never answered
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(said).to_contain_text(SAID[language]["december"])
    expect(result).to_contain_text(SAID[language]["lawful"])
    page.keyboard.press("Enter")
    expect(page.locator("[data-save]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text(SAID[language]["saved"])
    assert stays(draft.id, alice_resident) != before
    page.locator("form[action$='/undo'] button").click()
    expect(page.locator("form[action$='/undo']")).to_have_count(0)
    assert stays(draft.id, alice_resident) == before


def test_a_placement_is_dragged_onto_another(
    desktop, picture, language, office, draft, alice_resident, monkeypatch
):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-08-20")
    page = desktop(office)
    page.goto(f"/rotations/plans/{draft.id}/grid")
    alices = page.locator("table.grid tbody tr", has_text="Alice").locator("td a")
    alices.nth(0).drag_to(alices.nth(2))
    expect(page.locator("[data-result]")).to_contain_text(SAID[language]["lawful"])
    picture(page, "grid-dragged")
    page.locator("[data-save]").click()
    expect(page.locator("main")).to_contain_text(SAID[language]["saved"])
    assert stays(draft.id, alice_resident)[0][0] == 9
    assert [month for month, _ in stays(draft.id, alice_resident)] == [9, 12, 1]
