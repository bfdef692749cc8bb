"""A plan becomes a timetable: compared, published, met on the resident's phone, taken away."""

import io
from datetime import date

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from tests.cast import LONG_AGO, PASSWORD
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.rotations import actions

AUTUMN = [date(2026, 9, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 3, 1)]


@pytest.fixture
def before_training(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-08-20")


@pytest.fixture
def drafts(county, office, alice_resident, bob_resident):
    """Two drafts: Bob has Surgery in November in the first, in September in the second."""
    medicine = (county.medicine.id, county.standards["Medicine"].id)
    surgery = (county.surgery.id, county.standards["Surgery"].id)
    community = (county.village_team.id, county.standards["Community"].id)
    september, november, december, march = AUTUMN
    october = date(2026, 10, 1)
    late = [(september, november, *medicine), (november, december, *surgery)]
    early = [(september, october, *surgery), (october, december, *medicine)]
    rest = [(december, march, *community)]

    def kept(title, bobs):
        return actions.keep_grid(
            title=title,
            months={alice_resident.id: [*late, *rest], bob_resident.id: [*bobs, *rest]},
            cohort_ids=[county.cohort.id],
            by=office,
            at=LONG_AGO,
        ).id

    return kept("Late surgery", late), kept("Early surgery", early)


@in_both_languages
def test_two_drafts_are_compared_one_is_published_and_the_resident_sees_it(
    desktop, phone, axe, office, bob, drafts, before_training
):
    late, early = drafts
    page = desktop(office)
    page.goto(f"/rotations/plans/{early}/grid")
    expect(page.locator("table.grid tbody tr")).to_have_count(2)
    page.fill("[name=search]", "Bob")
    page.locator(".filter-actions button").click()
    expect(page.locator("table.grid tbody tr")).to_have_count(1)
    page.goto(f"/rotations/plans/{early}/comparison")
    page.select_option("[name=other]", str(late))
    page.wait_for_url("**other=*")
    differing = page.locator("main tbody tr", has_text="Bob")
    expect(differing).to_contain_text("Surgery")
    expect(page.locator("main tbody th", has_text="Alice")).to_have_count(0)
    axe(page)
    page.goto(f"/rotations/plans/{early}/publication")
    axe(page)
    page.locator("main form .form-actions button").click()
    page.wait_for_url(f"**/rotations/plans/{early}")

    his = phone(bob)
    his.goto("/rotations/mine")
    expect(his.locator("main tbody tr")).to_have_count(3)
    expect(his.locator("main tbody tr").first).to_contain_text("Surgery")
    axe(his)
    his.goto("/notices/")
    expect(his.locator(".notice-new")).to_contain_text("Early surgery")
    his.locator(".notice-new").click()
    his.wait_for_url("**/rotations/mine")


def test_a_plan_is_taken_away_as_a_workbook_and_as_csv(desktop, office, drafts, before_training):
    page = desktop(office)
    page.goto(f"/rotations/plans/{drafts[0]}")
    with page.expect_download() as taken:
        page.locator("a[href$='/grid.xlsx']").click()
    book = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Alice" in cells and "Bob" in cells
    with page.expect_download() as taken:
        page.locator("a[href$='placements.csv']").click()
    assert "Surgery" in taken.value.path().read_text(encoding="utf-8-sig")


@in_both_languages
def test_a_resident_sees_where_they_are_what_comes_and_what_is_due(
    phone, axe, alice, alice_resident, county, placed, mei_member
):
    placed(alice_resident, county.medicine, date(2026, 11, 1), date(2026, 12, 1), mei_member)
    placed(alice_resident, county.surgery, date(2026, 12, 1), date(2027, 1, 1))
    db.session.add(
        Leave(
            resident_id=alice_resident.id,
            kind="personal",
            starts_on=date(2026, 12, 7),
            ends_on=date(2026, 12, 9),
        )
    )
    db.session.commit()
    page = phone(alice)
    page.goto("/")
    now, after, due = page.locator("main .card-box").all()
    expect(now).to_contain_text("Medicine")
    expect(now).to_contain_text("Lead Hospital")
    expect(now).to_contain_text("Mei")
    expect(now.locator("dd").last).to_have_text("9")  # days left, from 22 to 30 November
    expect(after).to_contain_text("Surgery")
    expect(due.locator("li")).to_have_count(1)
    axe(page)
    page.locator("main a[href='/rotations/mine']").click()
    expect(page.locator("tr[aria-current]")).to_contain_text("Medicine")
    axe(page)


@in_both_languages
def test_a_resident_subscribes_to_a_calendar_and_changes_its_address(
    phone, axe, alice, alice_resident, county, placed
):
    placed(alice_resident, county.medicine, date(2026, 11, 1), date(2026, 12, 1))
    page = phone(alice)
    page.goto("/calendar")
    axe(page)
    page.locator("main form[action$='/calendar'] button").click()
    address = page.locator("code.long").inner_text()
    axe(page)
    feed = page.request.get(address)
    assert feed.ok and "BEGIN:VEVENT" in feed.text() and "Medicine" in feed.text()
    page.locator("form[data-confirm] button").click()
    page.locator("dialog[open] [data-yes]").click()
    expect(page.locator("code.long")).not_to_have_text(address)
    assert page.request.get(address).status == 404


@in_both_languages
def test_the_office_begins_its_day_with_what_waits(
    desktop, axe, office, alice_resident, bob_resident, county, placed
):
    placed(alice_resident, county.medicine, date(2026, 11, 1), date(2026, 12, 1))
    placed(bob_resident, county.surgery, date(2026, 12, 1), date(2027, 1, 1))
    db.session.add(
        Leave(
            resident_id=bob_resident.id,
            kind="sick",
            starts_on=date(2026, 11, 25),
            ends_on=date(2026, 11, 27),
        )
    )
    db.session.commit()
    page = desktop()
    page.goto("/")
    page.fill("[name=login]", "wu")
    page.fill("[name=password]", PASSWORD)
    page.locator("main form.form .form-actions button").click()
    starting, leaving = (page.locator("main .columns .card-box").nth(at) for at in (0, 1))
    expect(starting).to_contain_text("Bob")
    expect(leaving).to_contain_text("Alice")
    axe(page)
    page.locator("main .stats a[href*='/leaves/?state=mine']").click()
    expect(page.locator("main tbody tr")).to_have_count(1)
    axe(page)
    page.locator("main tbody tr th a").click()
    page.locator("main form[action$='/decision'] [name=approve]").click()
    page.goto("/")
    expect(page.locator("main .stats a[href*='/leaves/?state=mine']")).to_have_count(0)
