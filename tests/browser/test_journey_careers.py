"""A graduate taps once; the office goes from breach to waiver; a list says who lacks what."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from tests.careers.conftest import (  # noqa: F401 (fixtures)
    NOW,
    TODAY,
    carol,
    carol_resident,
    obligation,
    rule,
    worked,
)
from tests.careers.test_promotion import condition, make
from tests.conftest import SETTINGS
from trainingbase.careers.actions import following
from trainingbase.careers.models import Breach, FollowUp
from trainingbase.careers.tokens import token_of
from trainingbase.db import db


@pytest.fixture
def broken(carol_resident, county, obligation, rule, worked):  # noqa: F811
    worked(carol_resident, county.township, date(2023, 9, 1), date(2024, 9, 1))
    return obligation


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth") <= 390


@in_both_languages
def test_a_graduate_answers_with_one_tap(
    phone,
    axe,
    office,
    carol_resident,  # noqa: F811
    county,
    worked,  # noqa: F811
):
    carol_resident.finished_on = date(2026, 5, 21)
    carol_resident.starts_on, carol_resident.ends_on = date(2023, 5, 22), date(2026, 5, 22)
    db.session.commit()
    worked(carol_resident, county.township, date(2026, 6, 1))
    following.make_tasks(today=TODAY, at=NOW)
    task = db.session.query(FollowUp).one()
    following.make_links([task], secret=SETTINGS["SECRET_KEY"], by=office, at=NOW)
    key = task.id
    link = f"/w/{token_of(SETTINGS['SECRET_KEY'], task.nonce)}"
    page = phone()
    page.goto(link)
    axe(page)
    assert fits(page)
    page.locator("details.more summary").click()
    axe(page)
    assert fits(page)
    page.locator("button[name=answer][value=still]").click()
    page.wait_for_url("**/w/thanks**")
    axe(page)
    db.session.rollback()
    assert db.session.get_one(FollowUp, key).answer == "still"
    page.goto(link)
    axe(page)
    expect(page.locator("form.form")).to_have_count(0)


@in_both_languages
def test_the_office_goes_from_a_breach_to_a_waiver(
    desktop,
    phone,
    axe,
    office,
    leader,
    carol,  # noqa: F811
    broken,
):
    clerk = desktop(office)
    address = f"/careers/obligations/{broken.id}"
    clerk.goto("/careers/obligations?state=late")
    axe(clerk)
    clerk.locator("main tbody a").first.click()
    clerk.wait_for_url(f"**{address}")
    axe(clerk)
    clerk.goto(f"{address}/breach?noted_on=2024-09-01")
    axe(clerk)
    expect(clerk.locator("main")).to_contain_text("34,998.00")
    clerk.locator("main form.form .form-actions button").click()
    clerk.wait_for_url(f"**{address}")
    clerk.goto(f"{address}/waiver")
    clerk.locator("[name=amount]").fill("4998")
    clerk.locator("[name=why]").fill("家庭困难")
    clerk.locator("main form.form .form-actions button").click()
    clerk.wait_for_url(f"**{address}")
    axe(clerk)
    expect(clerk.locator("[name=granted]")).to_have_count(0)

    second = phone(leader)
    second.goto("/")
    second.locator("main a[href$='/careers/waivers']").click()
    axe(second)
    second.locator("main tbody a").first.click()
    axe(second)
    assert fits(second)
    second.locator("form[action$='/waiver/decision'] button").click()
    second.wait_for_url(f"**{address}")
    db.session.rollback()
    assert db.session.query(Breach).one().waived == 4998

    own = phone(carol)
    own.goto(address)
    axe(own)
    assert fits(own)
    expect(own.locator("main")).to_contain_text("30,000.00")


def test_the_list_says_what_each_lacks(desktop, axe, office, mei, chen):
    scheme = make(office, condition("teaching_hours", 5), condition("research_points", 3))
    page = desktop(office)
    page.goto(f"/careers/promotion/{scheme.id}")
    axe(page)
    page.locator("main tbody a").first.click()
    axe(page)
    expect(page.locator("main section.card-box")).to_have_count(2)
