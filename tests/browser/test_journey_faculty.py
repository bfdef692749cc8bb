"""A certificate lapses in mid-placement, and another supervises; a secretary assigns on a phone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.cast import faculty_member
from trainingbase.db import db

NOVEMBER, DECEMBER, FEBRUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 2, 1)
SAID = {
    "zh": {"lapses": "将于2026-12-15失效", "saved": "已保存", "supervisor": "的带教老师是Lin"},
    "en": {"lapses": "lapses on 15 Dec 2026", "saved": "Saved", "supervisor": "is Lin"},
}


@pytest.fixture
def lin_member(county):
    return faculty_member("Lin", county.medicine, "1003")


def send(page):
    page.locator("main form .form-actions button").first.click()


@in_both_languages
def test_a_certificate_that_lapses_in_mid_placement(
    desktop, phone, axe, picture, language, office, alice, alice_resident, county, placed,
    mei_member, lin_member,
):  # fmt: skip
    placement = placed(alice_resident, county.medicine, NOVEMBER, FEBRUARY, mei_member)
    clerk, said = desktop(office), SAID[language]
    clerk.goto(f"/faculty/{mei_member.id}/certificates/{mei_member.certificates[0].id}")
    axe(clerk)
    clerk.fill("[name=last_day]", "2026-12-14")
    send(clerk)
    expect(clerk.locator("main")).to_contain_text(said["lapses"])
    axe(clerk)
    picture(clerk, "faculty-record", whole=True)
    clerk.goto("/supervision/")
    expect(clerk.locator("main table")).to_contain_text(said["lapses"])
    select = clerk.locator(f"[name=s_{placement.id}]")
    expect(select).to_have_value(str(lin_member.id))
    axe(clerk)
    picture(clerk, "supervisors")
    send(clerk)
    expect(
        clerk.locator("main")
        .get_by_text(said["saved"])
        .or_(clerk.locator(".flash, [role=status]").filter(has_text=said["saved"]))
        .first
    ).to_be_visible()
    expect(clerk.locator(f"[name=s_{placement.id}]")).to_have_count(0)
    hers = phone(alice)
    hers.goto("/notices/")
    expect(hers.locator("main")).to_contain_text(said["supervisor"])


@in_both_languages
def test_a_secretary_assigns_on_a_phone(
    phone, axe, picture, language, secretary, alice_resident, bob_resident, county, placed,
    mei_member, lin_member,
):  # fmt: skip
    mine = [
        placed(one, county.medicine, DECEMBER, FEBRUARY) for one in (alice_resident, bob_resident)
    ]
    page = phone(secretary)
    page.goto("/")
    page.locator("main a[href='/supervision/']").first.click()
    expect(page.locator("main select[name^=s_]")).to_have_count(2)
    axe(page)
    picture(page, "supervisors-phone", whole=True)
    page.select_option(f"[name=s_{mine[0].id}]", str(mei_member.id))
    page.select_option(f"[name=s_{mine[1].id}]", str(mei_member.id))
    send(page)
    expect(page.locator("main select[name^=s_]")).to_have_count(0)
    db.session.expire_all()
    assert {one.supervisor_id for one in mine} == {mei_member.id}
    page.goto("/supervision/load")
    expect(page.locator("main .grid")).to_contain_text("2/2")
    axe(page)


@on_both_screens
@in_both_languages
def test_somebody_leaves_and_all_goes_to_another(
    visit, axe, picture, office, alice_resident, county, placed, mei_member, lin_member
):
    placement = placed(alice_resident, county.medicine, NOVEMBER, FEBRUARY, mei_member)
    alice_resident.tutor_id = mei_member.person_id
    db.session.commit()
    page = visit(office)
    page.goto(f"/supervision/members/{mei_member.id}/departure")
    axe(page)
    page.select_option("[name=kind]", "retired")
    page.fill("[name=from_on]", "2026-11-22")
    send(page)
    expect(page.locator(f"[name=placements_{placement.id}]")).to_have_value(str(lin_member.id))
    axe(page)
    send(page)  # the tutee has gone to nobody yet
    expect(page.locator(".error-summary")).to_be_visible()
    axe(page)
    page.select_option(f"[name=tutees_{alice_resident.id}]", str(lin_member.person_id))
    picture(page, "hand-over", whole=True)
    send(page)
    expect(page.locator("#tutees")).to_be_visible()
    axe(page)
    db.session.expire_all()
    assert placement.supervisor_id == lin_member.id
    assert alice_resident.tutor_id == lin_member.person_id
