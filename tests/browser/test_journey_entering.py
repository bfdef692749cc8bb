"""From the goals before the first day to the confirmed arrival, and somebody who did not come."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from tests.cast import add
from trainingbase.db import db
from trainingbase.entering.models import Arrival
from trainingbase.programmes.models import Minimum

SAID = {
    "zh": {"read": "已阅读", "there": "已到科", "missed": "未报到"},
    "en": {"read": "Read on", "there": "Arrived", "missed": "Did not come"},
}
DECEMBER, FEBRUARY = date(2026, 12, 1), date(2027, 2, 1)


@pytest.fixture
def coming(placed, alice_resident, county, mei_member):
    add(
        Minimum(
            programme=county.programme,
            standard_department=county.standards["Medicine"],
            category="disease",
            item="Hypertension",
            count=12,
        )
    )
    return placed(alice_resident, county.medicine, DECEMBER, FEBRUARY, mei_member)


@pytest.fixture
def also_coming(placed, bob_resident, county):
    return placed(bob_resident, county.medicine, DECEMBER, FEBRUARY)


@in_both_languages
def test_a_department_is_entered(
    language, phone, desktop, axe, picture, monkeypatch,
    alice, secretary, office, coming, also_coming,
):  # fmt: skip
    said = SAID[language]
    page = desktop(secretary)
    page.goto(f"/entering/departments/{coming.department_id}/edit")
    page.fill("[name=place]", "3-5")
    page.fill("[name=meets_at]", "07:50")
    axe(page)
    page.locator("main .form-actions button").click()
    expect(page.locator("main")).to_contain_text("07:50")

    hers = phone(alice)
    hers.goto("/entering/mine")
    hers.locator("main a", has_text="Medicine").first.click()
    expect(hers.locator("main")).to_contain_text("07:50")
    expect(hers.locator("main")).to_contain_text("Hypertension")
    hers.locator("main form button.btn-primary").click()
    expect(hers.locator("main")).to_contain_text(said["read"])
    axe(hers)
    picture(hers, "resident-goals", whole=True)

    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-12-03")
    page.goto("/entering/")
    page.locator(f"[name=t_{coming.id}]").check()
    page.fill(f"[name=d_{coming.id}]", "2026-12-01")
    page.fill(f"[name=b_{coming.id}]", "4")
    page.locator("main details.card-box summary").click()
    page.fill("[name=inducted_on]", "2026-12-01")
    page.locator("[name=items]").first.check()
    axe(page)
    page.locator("main .form-actions button").click()
    expect(page.locator("tr", has_text="Alice")).to_contain_text(said["there"])
    picture(page, "secretary-arrivals")

    page.goto("/entering/late")
    page.locator(f'a[href="/entering/placements/{also_coming.id}/missing"]').click()
    axe(page)
    page.locator("[name=because][value=sick]").check()
    page.locator("main .form-actions button").click()

    theirs = phone(office)
    theirs.goto("/")
    theirs.locator('main a[href="/entering/late"]').first.click()
    expect(theirs.locator("main")).to_contain_text(said["missed"])
    theirs.locator("main details.more summary").click()
    axe(theirs)
    theirs.locator('main a[href^="/leaves/record"]').click()
    expect(theirs.locator("[name=resident]").first).to_have_value(str(also_coming.resident_id))
    expect(theirs.locator("[name=kind]").first).to_have_value("sick")
    expect(theirs.locator("[name=first]").first).to_have_value("2026-12-01")
    hers.reload()
    expect(hers.locator("main")).to_contain_text(said["there"])
    assert db.session.query(Arrival).filter_by(missed_because="sick").count() == 1
