"""The competence committee from the agenda to the plan that comes back; the resident's picture on
the phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from tests.cast import PASSWORD
from tests.judging.conftest import sitting  # noqa: F401
from tests.judging.ward import play_forms
from trainingbase.db import db
from trainingbase.judging.models import LearningPlan


@pytest.fixture
def ward(county, plan_in_force, alice_resident):
    play_forms(county, plan_in_force, alice_resident)


def send(page, scope="main"):
    page.locator(f"{scope} form.form .form-actions button").first.click()
    page.wait_for_load_state()


@in_both_languages
def test_a_resident_opens_their_picture_on_the_phone(phone, axe, picture, ward, alice):
    page = phone(alice)
    page.goto("/judging/picture")
    expect(page.locator("#words article").first).to_contain_text("visit 5")
    expect(page.locator("[data-chart] svg.main-svg").first).to_be_visible()
    axe(page)
    picture(page, "resident-picture")
    page.goto("/judging/picture/reflections/new")
    page.fill("[name=title]", "A late report")
    page.fill("[name=text]", "I shall report first.")
    axe(page)
    send(page)
    expect(page.locator("#reflections")).to_contain_text("A late report")
    page.goto("/judging/picture/committee")
    expect(page.locator("main")).not_to_contain_text("A late report")
    axe(page)


def test_a_committee_from_the_agenda_to_the_returning_plan(
    desktop,
    phone,
    axe,
    ward,
    sitting,  # noqa: F811
    office,
    leader,
    mei,
    chen,
    alice,
):
    desk = desktop(office)
    desk.goto("/judging/meetings/new")
    desk.fill("[name=held_on]", "2026-12-01")
    axe(desk)
    send(desk)
    desk.locator("summary", has_text="手工增补").click()
    desk.select_option("[name=resident]", label="Alice")
    desk.fill("[name=why]", "first half year")
    desk.locator("form[action$='/cases'] .form-actions button").click()
    expect(desk.locator("main tbody")).to_contain_text("Alice")
    axe(desk)
    desk.locator("form[action$='/freezing'] button").click()
    desk.locator("dialog [data-yes]").click()
    expect(desk.locator("main tbody a", has_text="Alice")).to_be_visible()
    meeting = desk.url

    for member in (mei, chen):
        small = phone(member)
        small.goto(meeting)
        small.locator("main tbody a", has_text="Alice").click()
        axe(small)
        for field in small.locator("select[name^=level_]").all():
            field.select_option("meets")
        small.locator("[name=outcome][value=remediate]").check()
        small.fill("[name=word]", "Histories need order.")
        small.locator("form[action$='/view'] .form-actions button").click()
        expect(small.locator("main")).to_contain_text("Histories need order.")

    chair = desktop(leader)
    chair.goto(meeting)
    chair.locator("form[action$='/opening'] .form-actions button").click()
    chair.locator("a[href$='/decision']").first.click()
    for field in chair.locator("select[name^=level_]").all():
        field.select_option("meets")
    chair.locator("[name=outcome][value=remediate]").check()
    chair.fill("[name=reason]", "Both views say so.")
    chair.fill("[name=advice]", "Mei helps you.")
    chair.fill("[name=password]", PASSWORD)
    send(chair)
    expect(chair.locator("#goal_0-error")).to_be_visible()
    axe(chair)
    chair.fill("[name=goal_0]", "Ten histories")
    chair.select_option("[name=owner_0]", label="Mei")
    chair.fill("[name=due_0]", "2027-01-10")
    chair.fill("[name=password]", PASSWORD)
    send(chair)
    chair.goto(meeting)
    chair.locator("form[action$='/closing'] .form-actions button").click()
    expect(chair.locator("form[action$='/closing']")).to_have_count(0)

    hers = phone(alice)
    hers.goto("/judging/picture")
    hers.locator("a[href*='/judging/letters/']").first.click()
    expect(hers.locator("main")).to_contain_text("Mei helps you.")
    axe(hers)
    hers.fill("[name=answer]", "I will.")
    hers.locator("form[action$='/reading'] .form-actions button").click()
    expect(hers.locator("[name=answer]")).to_have_value("I will.")

    desk.goto("/judging/meetings/new")
    desk.fill("[name=held_on]", "2027-01-15")
    send(desk)
    expect(desk).to_have_url(re.compile(r"/judging/meetings/\d+$"))
    expect(desk.locator("main tbody tr", has_text="Alice")).to_contain_text("学习计划")
    db.session.rollback()
    assert db.session.scalars(db.select(LearningPlan)).one().owner_id == mei.id
