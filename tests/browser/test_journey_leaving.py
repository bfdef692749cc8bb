"""A placement ends: appraised by the supervisor, marked and handed over by the secretary, reviewed
and signed by the leader on the phone, read and signed by the resident, verified by a stranger."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from tests.cast import PASSWORD
from tests.leaving.conftest import (  # noqa: F401
    assessed,
    gao,
    gao_member,
    group,
    han_member,
    lenient,
    marked,
    ready,
    reviewed,
    stay,
)
from trainingbase.db import db
from trainingbase.leaving.queries import deciding

LAST_DAY = "2026-11-30"


@pytest.fixture(autouse=True)
def on_the_last_day(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", LAST_DAY)


def send(page):
    page.locator("main form.form .form-actions button").click()
    page.wait_for_load_state()


@in_both_languages
def test_somebody_leaves_a_department(
    language, phone, desktop, visit, axe, picture, alice, gao, secretary, stay, ready, chen, mei,  # noqa: F811
):  # fmt: skip
    leaving = ready()
    url, number = f"/leaving/{stay.id}", leaving.id
    desk = desktop(secretary)
    desk.goto("/leaving/")
    desk.locator("main tbody a", has_text="Alice").click()
    axe(desk)
    picture(desk, "secretary-leaving", whole=True)
    desk.goto(url + "/exams/skill")
    axe(desk)
    desk.fill("[name=score]", "78")
    desk.fill("[name=why]", "misread")
    send(desk)
    expect(desk.locator("#exams tbody").first).to_contain_text("78")

    leader = phone(gao)
    leader.goto(url)
    leader.locator(f"main a[href='{url}/review']").click()
    axe(leader)
    leader.locator("[name=verdict][value=passed]").check()
    leader.fill("[name=feedback]", "Work on your ECGs.")
    leader.fill("[name=password]", "a guess of somebody")
    send(leader)
    expect(leader.locator("#password-error")).to_be_visible()
    axe(leader)
    expect(leader.locator("[name=feedback]")).to_have_value("Work on your ECGs.")
    leader.fill("[name=password]", PASSWORD)
    picture(leader, "leader-review", whole=True)
    send(leader)
    expect(leader).to_have_url(re.compile(f"{url}$"))
    axe(leader)

    hers = phone(alice)
    hers.goto(url)
    hers.locator(f"main a[href='{url}/signature']").click()
    expect(hers.locator("main")).to_contain_text("Work on your ECGs.")
    axe(hers)
    hers.fill("[name=remark]", "Thank you")
    hers.fill("[name=password]", PASSWORD)
    send(hers)
    hers.goto(f"{url}/signed/{number}")
    axe(hers)
    picture(hers, "resident-left", whole=True)
    db.session.rollback()
    assert deciding.left(stay.id).done_by_id == alice.id

    stranger = visit(None)
    stranger.goto(f"/signatures/verify/{deciding.current(stay.id).signature.digest}")
    expect(stranger.locator(".note-good")).to_be_visible()
    expect(stranger.locator("main")).not_to_contain_text("Gao")
    axe(stranger)


@in_both_languages
def test_the_office_sets_rules_and_deals_with_a_failure(
    language, desktop, phone, axe, picture, office, stay, ready, reviewed, mei, chen,  # noqa: F811
):  # fmt: skip
    reviewed(ready(skill=40), "failed")
    url, page = f"/leaving/{stay.id}", desktop(office)
    page.goto("/leaving/?state=office")
    page.locator("main tbody a", has_text="Alice").click()
    axe(page)
    page.goto(url + "/re-examination")
    axe(page)
    page.fill("[name=held_on]", "2026-12-07")
    page.select_option("[name=examiner]", str(mei.id))
    page.select_option("[name=second]", str(chen.id))
    send(page)
    expect(page.locator("main")).to_contain_text("Chen")
    small = phone(office)
    for address in ("/leaving/rules", "/leaving/rules/new", "/leaving/groups", url):
        small.goto(address)
        axe(small)
    page.goto("/leaving/rules/new")
    page.fill("[name=least_theory]", "70")
    page.select_option("[name=effect_dops]", "needed")
    page.fill("[name=least_dops]", "1")
    page.fill("[name=why]", "2026-11")
    send(page)
    expect(page.locator("main")).to_contain_text("2026-11")
    picture(page, "office-exit-rules", whole=True)
    axe(page)
