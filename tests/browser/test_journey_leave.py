"""A maternity leave, from the phone of the resident to the changed plan."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from tests.cast import LONG_AGO
from trainingbase import queue, worker
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.leave.models import EndDateChange
from trainingbase.rotations import actions
from trainingbase.rotations.models import Placement

assert worker  # it says what each queued job does

SEPTEMBER, NOVEMBER, DECEMBER, MARCH = (
    date(2026, 9, 1),
    date(2026, 11, 1),
    date(2026, 12, 1),
    date(2027, 3, 1),
)
NOTE = {
    "name": "note.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
}
SAID = {
    "zh": {"papers": "须附证明", "fits": "已不再可行", "moves": "出科顺延", "done": "已批准"},
    "en": {
        "papers": "papers are needed",
        "fits": "no longer fits",
        "moves": "This moves the leaving of Medicine",
        "done": "Granted",
    },
}


@pytest.fixture(autouse=True)
def in_september(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-09-14")


@pytest.fixture
def in_force(county, office, alice_resident, mei_member):
    """Alice has Medicine with Mei, then Surgery, then the community."""
    rows = [
        (SEPTEMBER, NOVEMBER, county.medicine, "Medicine"),
        (NOVEMBER, DECEMBER, county.surgery, "Surgery"),
        (DECEMBER, MARCH, county.village_team, "Community"),
    ]
    stays = [(start, end, where.id, county.standards[what].id) for start, end, where, what in rows]
    plan = actions.keep_grid(
        title="Autumn",
        months={alice_resident.id: stays},
        cohort_ids=[county.cohort.id],
        by=office,
        at=LONG_AGO,
    )
    actions.publish_plan(plan, by=office, at=LONG_AGO)
    first = db.session.query(Placement).order_by(Placement.starts_on).first()
    first.supervisor_id = mei_member.id
    db.session.commit()
    return plan.id


def ask(page, said, axe, picture):
    """Look first, be refused for want of papers, add them, send."""
    page.goto("/leaves/new")
    axe(page)
    page.select_option("[name=kind]", "maternity")
    page.fill("[name=first]", "2026-10-20")
    page.fill("[name=last]", "2027-02-24")
    page.locator("main form[method=get] .form-actions button").click()
    expect(page.locator("main")).to_contain_text(said["moves"])
    axe(page)
    picture(page, "leave-preview", whole=True)
    send = page.locator("main form[method=post] .form-actions button")
    send.click()
    expect(page.locator("main .error-summary")).to_contain_text(said["papers"])
    axe(page)
    page.set_input_files("[name=papers]", files=[NOTE])
    page.fill("[name=reason]", "预产期")
    send.click()
    expect(page.locator("main .timeline li")).to_have_count(3)
    axe(page)
    picture(page, "leave-asked", whole=True)


def approve(page, axe):
    page.goto("/")
    page.locator("main a[href*='/leaves/']").first.click()
    axe(page)
    page.locator("[name=approve]").click()
    expect(page.locator("main .timeline .timeline-good").first).to_be_visible()


@in_both_languages
def test_a_maternity_leave_from_the_phone_to_the_changed_plan(
    phone, desktop, axe, picture, language, alice, mei, secretary, office, in_force
):
    said = SAID[language]
    hers = phone(alice)
    ask(hers, said, axe, picture)
    approve(phone(mei), axe)
    approve(phone(secretary), axe)
    page = desktop(office)
    page.goto("/")
    page.locator("main .stats a[href*='/leaves'][href*='state=mine']").click()
    axe(page)
    page.locator("main tbody th a").click()
    page.locator("[name=approve]").click()
    expect(page.locator("main .lead")).to_contain_text(said["done"])
    axe(page)
    picture(page, "leave-granted", whole=True)
    db.session.rollback()
    [leave] = db.session.query(Leave)
    assert leave.granted is True
    move_the_end(page, axe, picture)
    page.goto("/")
    expect(page.locator("main .note-warning")).to_contain_text(said["fits"])
    page.locator("main .note-warning a").click()
    expect(page.locator("main .note-warning")).to_contain_text("Alice")
    plan_again(page)
    hers.goto("/rotations/mine")
    expect(hers.locator("main tbody tr").first).to_be_visible()
    db.session.rollback()
    live = db.session.query(Placement).filter(Placement.cancelled_at.is_(None))
    for month in (NOVEMBER, DECEMBER, date(2027, 1, 1)):
        assert not [one for one in live if one.covers(month.replace(day=10))], month


def move_the_end(page, axe, picture):
    page.locator("main a[href*='/end-dates/']").click()
    axe(page)
    picture(page, "leave-end-date")
    page.locator("main form[action$='/moving'] button").click()
    expect(page.locator("main .empty")).to_be_visible()
    db.session.rollback()
    [change] = db.session.query(EndDateChange)
    assert change.done is True and change.resident.ends_on == date(2030, 1, 7)


def plan_again(page):
    page.fill("[name=notice_days]", "0")
    page.locator("button[value=least]").click()
    page.wait_for_url("**/rotations/plans/*")
    db.session.rollback()
    assert queue.work_off()
    number = page.url.rpartition("/")[2]
    page.goto(f"/rotations/plans/{number}/publication")
    page.locator("main form .form-actions button").click()
    page.wait_for_url(f"**/rotations/plans/{number}")


def test_leave_is_asked_for_without_javascript(visit, alice, in_force):
    page = visit(alice, javascript=False)
    page.goto("/leaves/new")
    page.select_option("[name=kind]", "personal")
    page.fill("[name=first]", "2026-10-05")
    page.fill("[name=last]", "2026-10-06")
    page.locator("main form[method=get] .form-actions button").click()
    page.locator("main form[method=post] .form-actions button").click()
    expect(page.locator("main .timeline li")).to_have_count(2)


@in_both_languages
def test_every_list_of_leave_on_both_screens(
    phone, desktop, axe, language, alice, alice_resident, office, secretary, in_force
):
    for kind, first, last in (("sick", 15, 16), ("annual", 21, 22)):
        db.session.add(
            Leave(
                resident_id=alice_resident.id,
                kind=kind,
                starts_on=date(2026, 9, first),
                ends_on=date(2026, 9, last + 1),
                granted=True if kind == "sick" else None,
                decided_at=LONG_AGO if kind == "sick" else None,
            )
        )
    db.session.commit()
    for page in (phone(office), desktop(office)):
        for address in ("", "away", "ledger", "end-dates", "rules", "rules/sick", "days-off"):
            page.goto(f"/leaves/{address}")
            axe(page)
        page.goto(f"/leaves/record?kind=absence&resident={alice_resident.id}"
                  "&first=2026-09-10&last=2026-09-11")  # fmt: skip
        axe(page)
    page = phone(alice)
    page.goto("/leaves/mine")
    axe(page)
    page.locator("main tbody a").first.click()
    axe(page)
    page = phone(secretary)
    page.goto("/leaves/away")
    axe(page)
