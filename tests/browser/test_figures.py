"""A leader reads the figures, with JavaScript as charts and without it as tables."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SECONDS_TO_WAIT
from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.quality.autumn import let_graduate, play_autumn, teach
from tests.quality.ward import play_forms
from trainingbase.db import db
from trainingbase.thresholds.models import Threshold


@pytest.fixture
def autumn(placed, county, alice_resident, bob_resident, mei_member):
    let_graduate(alice_resident, bob_resident)
    teach(county, mei_member.person)
    db.session.get(Threshold, "ratings_for_a_mean").value = 2
    db.session.commit()
    return play_autumn(placed, county, alice_resident, bob_resident, mei_member)


DRAWN = 6
"""Every chart but the cost: nothing was paid."""


@in_both_languages
@on_both_screens
def test_a_leader_reads_every_chart_and_the_rows_behind_it(visit, axe, leader, autumn, picture):
    page = visit(leader)
    page.goto("/quality/")
    charts = page.locator("[data-canvas] svg.main-svg:first-child")
    expect(charts).to_have_count(DRAWN, timeout=SECONDS_TO_WAIT * 1000)
    for canvas in page.locator("[data-canvas]").all():
        box = canvas.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]
    axe(page)
    picture(page, "training-quality", whole=True)
    page.locator("#placements-by-month summary").click()
    expect(page.locator("#placements-by-month table")).to_be_visible()
    page.locator("#placements-by-month p a").first.click()
    page.wait_for_url("**/quality/rows/placements*")
    expect(page.locator("main tbody tr")).to_have_count(4)
    axe(page)


def test_without_javascript_the_numbers_stand_in_tables(visit, leader, autumn):
    page = visit(leader, javascript=False)
    page.goto("/quality/")
    expect(page.locator("[data-canvas]").first).to_be_hidden()
    page.locator("#scores summary").click()
    expect(page.locator("#scores table")).to_contain_text("Interviewing")


@in_both_languages
@on_both_screens
def test_the_office_reads_how_far_means_can_be_trusted(
    visit, axe, office, county, plan_in_force, mei_member, language
):
    play_forms(county, plan_in_force, mei_member, 12, 3)
    page = visit(office)
    page.goto("/quality/figures/scores?first=2026-09&last=2026-11")
    expect(page.locator(".figure-trust")).to_contain_text("0.9")
    axe(page)
    page.locator("a[href*='/quality/residents']").click()
    expect(page.locator("main tbody tr")).to_have_count(12)
    expect(page.locator("main tbody tr").first).to_contain_text("R0")
    axe(page)
