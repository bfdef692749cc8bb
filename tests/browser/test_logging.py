"""A resident logs work on a phone, with and without network; the supervisor confirms it."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.cast import add
from trainingbase.db import db
from trainingbase.logbook.models import Entry
from trainingbase.programmes.models import Minimum


@pytest.fixture
def stay(county, placed, alice_resident, mei_member):
    standard = county.standards["Medicine"]
    for category, item, count in (("disease", "COPD", 3), ("procedure", "ECG", 2)):
        add(
            Minimum(
                programme=county.programme,
                standard_department=standard,
                category=category,
                item=item,
                count=count,
            )
        )
    return placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1), mei_member)


def items() -> list[str]:
    db.session.rollback()
    return [one.item for one in db.session.query(Entry).order_by(Entry.id)]


@in_both_languages
@on_both_screens
def test_from_two_taps_to_a_counted_figure(visit, axe, alice, mei, stay):
    page = visit(alice)
    page.goto("/log/")
    axe(page)
    page.locator(".asked form button").first.click()
    page.wait_for_url("**/log/?logged=*")
    expect(page.locator("main .note-good")).to_contain_text("COPD")
    page.goto(page.url)
    assert items() == ["COPD"]
    axe(page)
    page.goto("/log/new")
    axe(page)
    page.goto("/log/batch")
    axe(page)
    teacher = visit(mei)
    teacher.goto("/log/to-confirm")
    axe(teacher)
    teacher.locator("a[href*='ticked=1']").click()
    teacher.locator("button[value=confirm]").click()
    expect(teacher.locator(".flashes .note-good")).to_be_visible()
    page.goto("/log/mine/completion")
    axe(page)
    expect(page.locator("main .big")).to_have_text("20 %")


def test_work_logged_without_network_arrives_exactly_once(visit, alice, stay):
    page = visit(alice)
    page.goto("/log/new")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    for item in ("COPD", "Asthma", "Gout"):
        page.locator("[name=item]").fill(item)
        page.locator("main form .form-actions button").click()
        expect(page.locator("[name=item]")).to_have_value("")
    expect(page.locator("[data-outbox-state]")).to_contain_text("3")
    assert items() == []
    page.context.set_offline(False)
    expect(page.locator("[data-outbox-state]")).not_to_contain_text(re.compile("[0-9]"))
    page.goto("/log/")
    expect(page.locator("tbody tr")).to_have_count(3)
    page.goto("/log/new")
    page.goto("/log/")
    assert sorted(items()) == ["Asthma", "COPD", "Gout"]


def test_a_patients_name_is_refused_on_the_phone_and_stays_to_be_mended(visit, axe, alice, stay):
    page = visit(alice)
    page.goto("/log/new")
    page.locator("[name=item]").fill("COPD")
    page.locator("[name=note]").fill("患者张三丰，男")
    page.locator("main form .form-actions button").click()
    expect(page.locator("#note-error")).to_contain_text("张三丰")
    expect(page.locator("[name=note]")).to_have_value("患者张三丰，男")
    axe(page)


@in_both_languages
@on_both_screens
def test_from_what_is_missing_to_a_decision(visit, axe, alice, mei, office, stay):
    page = visit(alice)
    page.goto(f"/log/placements/{stay.id}")
    axe(page)
    page.locator(f"a[href*='placements/{stay.id}/appeal']").first.click()
    page.locator("[name=reason]").fill("No such ward")
    axe(page)
    page.locator("main form .form-actions button").click()
    expect(page.locator(".flashes .note-good")).to_be_visible()
    teacher = visit(mei)
    teacher.goto("/log/appeals")
    axe(teacher)
    teacher.locator("tbody a").first.click()
    teacher.locator("[name=agrees]").first.check()
    teacher.locator("main form .form-actions button").click()
    expect(teacher.locator(".flashes .note-good")).to_be_visible()
    decider = visit(office)
    decider.goto("/log/appeals")
    decider.locator("tbody a").first.click()
    axe(decider)
    decider.locator("[name=granted]").first.check()
    decider.locator("[name=answer]").fill("Agreed")
    decider.locator("main form .form-actions button").click()
    expect(decider.locator(".flashes .note-good")).to_be_visible()
    page.goto("/log/mine/completion")
    axe(page)
    decider.goto("/log/completion")
    axe(decider)


def test_a_follow_up_without_network_arrives_once_with_its_values(
    visit, axe, alice, county, placed, alice_resident
):
    placed(alice_resident, county.village_team, date(2026, 11, 1), date(2027, 2, 1))
    page = visit(alice)
    page.goto("/log/new?category=community&item=高血压随访")
    axe(page)
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.locator("[name=v_systolic]").fill("150")
    page.locator("[name=v_diastolic]").fill("90")
    page.locator("[name=v_grade]").select_option("grade1")
    page.locator("main form .form-actions button").click()
    expect(page.locator("[data-outbox-state]")).to_contain_text("1")
    page.context.set_offline(False)
    expect(page.locator("[data-outbox-state]")).not_to_contain_text(re.compile("[0-9]"))
    db.session.rollback()
    [entry] = db.session.query(Entry).all()
    assert entry.details == {"systolic": "150", "diastolic": "90", "grade": "grade1"}
