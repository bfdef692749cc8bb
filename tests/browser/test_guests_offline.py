"""A guest in a lift: what was sent without a network waits on the phone and arrives once."""

from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from tests.assessments.conftest import NOW
from tests.assessments.test_guests import nurse_form  # noqa: F401 (a fixture)
from tests.browser.everywhere import in_both_languages
from tests.browser.test_journey_guests import on_this_day, send, tap, with_mei  # noqa: F401
from tests.browser.test_slow_network import until
from tests.conftest import SETTINGS
from trainingbase.assessments.actions import guests
from trainingbase.assessments.models import GuestLink, GuestTry, Submission
from trainingbase.assessments.tokens import token_of
from trainingbase.db import db

KEPT = "Object.keys(localStorage)"
BOX = "[data-guest-box]"


@pytest.fixture
def links(with_mei, office, nurse_form):  # noqa: F811
    """Two of a nurse's about Alice."""
    made = guests.issue(
        instrument=nurse_form, placements=[with_mei], each=2, identity="printed",
        expires_on=date(2026, 12, 1), batch="b", secret=SETTINGS["SECRET_KEY"], by=office, at=NOW,
    )  # fmt: skip
    return [f"/g/{token_of(SETTINGS['SECRET_KEY'], one.nonce)}" for one in made]


def fill(page, name):
    page.locator("[name=guest_name]").fill(name)
    for field in ("N1", "N2"):
        tap(page, field, 3)


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def in_the_lift(page, link, name):
    page.goto(link)
    assert page.evaluate(KEPT) == [], "nothing is kept before it is sent"
    fill(page, name)
    page.context.set_offline(True)
    send(page)
    expect(page.locator(BOX)).to_be_visible()


@in_both_languages
def test_it_waits_in_sight_and_arrives_once(phone, axe, links):
    page = phone()
    in_the_lift(page, links[0], "白护士")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    send(page)  # once more, impatiently
    page.locator("[name=guest_name]").fill("白玉护士")
    assert count(Submission) == 0 and len(page.evaluate(KEPT)) == 1
    page.context.set_offline(False)
    page.wait_for_url("**/g/thanks**")
    expect(page.locator(BOX)).to_be_hidden()
    assert page.evaluate(KEPT) == []
    assert count(Submission) == 1 and count(GuestTry) == 0
    one = db.session.scalars(select(Submission)).one()
    assert one.assessor.name == "白玉护士"


def test_the_page_was_closed_meanwhile_and_any_link_of_the_phone_is_opened(phone, links):
    page, session = phone(), db.session()
    in_the_lift(page, links[0], "白护士")
    other = page.context.new_page()
    other.on("request", lambda _request: session.rollback())
    page.close()
    other.context.set_offline(False)
    other.goto(links[1])
    until(other, f"() => {KEPT}.length === 0")
    assert count(Submission) == 1
    fill(other, "黄护士")
    send(other)
    other.wait_for_url("**/g/thanks**")
    other.goto(links[0])
    expect(other.locator("form")).to_have_count(0)
    assert count(Submission) == 2 and count(GuestTry) == 0


def test_it_goes_when_the_same_link_is_opened_again_and_is_refused_kindly_if_taken_back(
    phone, links, office
):
    page = phone()
    in_the_lift(page, links[0], "白护士")
    page.context.set_offline(False)
    page.wait_for_url("**/g/thanks**")
    in_the_lift(page, links[1], "白护士")
    link = db.session.scalars(select(GuestLink).order_by(GuestLink.id.desc()).limit(1)).one()
    guests.revoke(link, by=office, at=NOW)
    page.context.set_offline(False)
    expect(page.locator("form[data-guest]")).to_have_count(0)
    expect(page.locator(".note-info").last).to_be_visible()
    assert page.evaluate(KEPT) == [] and count(Submission) == 1


def test_a_borrowed_phone_keeps_nothing_if_asked_and_what_is_missing_is_said_at_its_field(
    phone, links
):
    page = phone()
    in_the_lift(page, links[0], "白护士")
    page.locator(f"{BOX} button").click()
    assert page.evaluate(KEPT) == []
    page.context.set_offline(False)
    page.reload()
    tap(page, "N1", 3)
    send(page)
    expect(page.locator("#guest_name-error")).to_be_visible()
    assert page.evaluate(KEPT) == [] and count(Submission) == 0
