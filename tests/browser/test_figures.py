"""A leader and the office read the figures, with JavaScript as charts and without it as tables."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SECONDS_TO_WAIT
from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.quality.autumn import let_graduate, play_autumn, teach
from tests.quality.ward import play_forms
from trainingbase.db import db
from trainingbase.thresholds.models import Threshold

AUTUMN = "first=2026-09&last=2026-11"


@pytest.fixture
def autumn(placed, county, alice_resident, bob_resident, mei_member):
    let_graduate(alice_resident, bob_resident)
    teach(county, mei_member.person)
    db.session.get(Threshold, "ratings_for_a_mean").value = 2
    db.session.commit()
    return play_autumn(placed, county, alice_resident, bob_resident, mei_member)


def all_drawn(page):
    charts = page.locator("[data-canvas] svg.main-svg:first-child")
    wanted = page.locator("[data-chart]").count()
    expect(charts).to_have_count(wanted, timeout=SECONDS_TO_WAIT * 1000)


@in_both_languages
@on_both_screens
def test_a_leader_reads_the_state_of_the_base_and_drills_down(visit, axe, leader, autumn, picture):
    page = visit(leader)
    page.goto("/quality/")
    expect(page.get_by_role("heading", level=2)).to_have_count(5)
    axe(page)
    picture(page, "training-quality", whole=True)
    page.locator("a[href*='/quality/indicators/places-used']").first.click()
    charts = page.locator("[data-canvas] svg.main-svg:first-child")
    expect(charts).to_have_count(
        page.locator("[data-chart]").count(), timeout=SECONDS_TO_WAIT * 1000
    )
    assert page.locator("[data-chart]").count() >= 3
    for canvas in page.locator("[data-canvas]").all():
        box = canvas.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]
    axe(page)
    page.locator("a[href*='/quality/rows/places-used']").first.click()
    expect(page.locator("main tbody tr").first).to_be_visible()
    axe(page)


@in_both_languages
@on_both_screens
def test_the_office_reads_every_chart_of_an_indicator(visit, axe, office, autumn, picture):
    page = visit(office)
    page.goto(f"/quality/indicators?{AUTUMN}")
    axe(page)
    page.goto(f"/quality/indicators/assessments-in-time?{AUTUMN}")
    charts = page.locator("[data-canvas] svg.main-svg:first-child")
    expect(charts).to_have_count(
        page.locator("[data-chart]").count(), timeout=SECONDS_TO_WAIT * 1000
    )
    axe(page)
    picture(page, "training-quality-indicator", whole=True)


def test_without_javascript_the_numbers_stand_in_tables(visit, office, autumn):
    page = visit(office, javascript=False)
    page.goto(f"/quality/indicators/competency-scores?{AUTUMN}")
    expect(page.locator("[data-canvas]").first).to_be_hidden()
    page.locator("#competencies summary").click()
    expect(page.locator("#competencies table")).to_contain_text("Interviewing")


@in_both_languages
@on_both_screens
def test_the_office_reads_how_far_means_can_be_trusted(
    visit, axe, office, county, plan_in_force, mei_member, language
):
    play_forms(county, plan_in_force, mei_member, 12, 3)
    page = visit(office)
    page.goto(f"/quality/indicators/competency-scores/competencies?{AUTUMN}")
    expect(page.locator(".figure-trust")).to_contain_text("0.9")
    axe(page)
    page.locator("a[href*='/quality/residents']").click()
    expect(page.locator("main tbody tr")).to_have_count(12)
    expect(page.locator("main tbody tr").first).to_contain_text("R0")
    axe(page)
