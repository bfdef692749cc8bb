"""The form on a phone: what it weighs on a slow network, and what there is without any."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from tests.assessments.conftest import RATINGS, TODAY
from tests.browser.everywhere import in_both_languages
from tests.browser.slow_line import SlowLine
from trainingbase.assessments.models import Submission
from trainingbase.db import db
from trainingbase.offline import routes

DOCUMENT, ALL = 8_000, 48_000
"""Bytes on the line, headers included: what may come before the first sight of the form, and in
all when nothing of the portal was on the phone before."""

KEPT = """async () => {
  const addresses = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) addresses.push(request.url);
  }
  return addresses;
}"""


@pytest.fixture(autouse=True)
def on_this_day(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", TODAY.isoformat())


@pytest.fixture
def form_page(placed, alice_resident, county, mei_member):
    stay = placed(alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member)
    return f"/assessments/placements/{stay.id}/mini_cex"


def opened(page, address):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    expect(page.locator("html[data-ready]")).to_be_attached()


def until(page, holds, what=None):
    """The page's policy keeps Playwright from asking a second time by itself."""
    page.evaluate(
        f"async (what) => {{ while (!(await ({holds})(what)))"
        " await new Promise((done) => setTimeout(done, 50)); }",
        what,
    )


def with_worker(page):
    until(page, "() => navigator.serviceWorker.controller")


def fill(page):
    for code, mark in RATINGS.items():
        page.locator(f"#{code.replace('.', '_')} .rating-bands label").nth(mark - 1).click()


def how_many():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Submission))


@pytest.mark.parametrize("worker", [False, True], ids=["cache", "worker"])
def test_the_form_is_light_and_comes_alone_the_second_time(visit, served, mei, form_page, worker):
    page = visit(mei, worker=worker)
    line = SlowLine(page.context, page, served)
    opened(page, form_page)
    first = line.requests
    assert first[form_page] <= DOCUMENT
    assert sum(first.values()) <= ALL
    assert [path for path in first if "plotly" in path or "htmx" in path] == []
    if worker:
        with_worker(page)
    line = SlowLine(page.context, page, served)
    opened(page, form_page)
    assert list(line.requests) == [form_page]
    assert line.requests[form_page] <= DOCUMENT


@in_both_languages
def test_in_a_lift(visit, axe, picture, mei, form_page):
    page = visit(mei, worker=True)
    opened(page, form_page)
    with_worker(page)
    page.context.set_offline(True)
    fill(page)
    page.locator("main form.form .form-actions button").click()
    expect(page.locator("[data-outbox-state]")).to_contain_text("1")

    page.goto("/assessments/")  # somebody goes on: there is a page, and what waits is on it
    expect(page.locator("[data-waiting] li")).to_contain_text(["Alice"])
    axe(page)
    picture(page, "no-network")
    page.locator("[data-again]").click()
    expect(page.locator("[data-waiting] li")).to_have_count(1)
    assert how_many() == 0

    page.context.set_offline(False)  # the page comes by itself, and the form is sent
    expect(page.locator("[data-outbox-state]")).to_contain_text("Alice")
    opened(page, form_page)
    assert page.locator("main input:checked").count() == 0
    assert how_many() == 1
    personal = [one for one in page.evaluate(KEPT) if not re.search("/static/|/no-network", one)]
    assert personal == []


def test_a_network_that_is_there_and_carries_nothing(visit, mei, form_page):
    """As in a hospital's lobby: the device is connected, and hears of no change when it works."""
    page, held = visit(mei), []
    page.clock.install()
    opened(page, form_page)
    fill(page)
    page.route("**/portal.js", lambda route: held.append(route))
    page.locator("main form.form .form-actions button").click()
    page.wait_for_timeout(0)
    page.clock.fast_forward(5_000)  # so long it waits for the portal to answer
    expect(page.locator("[data-outbox-state]")).to_contain_text("1")
    assert held and how_many() == 0
    page.unroute_all()
    page.clock.fast_forward(30_000)
    expect(page.locator("[data-outbox-state]")).to_contain_text("Alice")
    assert how_many() == 1


def test_signing_out_leaves_nothing_that_the_page_without_network_could_name(visit, mei, form_page):
    page = visit(mei, worker=True)
    opened(page, "/assessments/")
    with_worker(page)
    own = f"outbox:{mei.id}:x"
    page.evaluate('(key) => localStorage.setItem(key, \'{"title": "Alice"}\')', own)
    page.evaluate("localStorage.setItem('outbox:0:y', '{\"title\": \"Bob\"}')")
    page.locator("details[data-menu]", has=page.locator("[data-sign-out]")).locator(
        "summary"
    ).click()
    page.locator("[data-sign-out] button").click()
    page.locator("dialog [data-yes]").click()
    page.wait_for_url("**/sign-in**")
    page.context.set_offline(True)
    page.goto("/assessments/")
    expect(page.locator("[data-others]")).to_contain_text("1")
    expect(page.locator("main")).not_to_contain_text("Alice")
    expect(page.locator("main")).not_to_contain_text("Bob")


def test_a_new_version_takes_over_by_itself_within_the_hour(visit, mei, monkeypatch):
    asked = []
    monkeypatch.setattr(routes, "page", lambda: asked.append("worker") or "this version")
    page = visit(mei, worker=True)
    opened(page, "/assessments/")
    with_worker(page)
    [before] = page.evaluate("caches.keys()")
    for _page in range(3):
        opened(page, "/assessments/")
        page.evaluate("navigator.serviceWorker.ready.then((it) => it.update())")
    assert asked == ["worker"]

    monkeypatch.setattr(routes, "page", lambda: "another version")
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")  # as if an hour had gone
    page.goto("/assessments/")
    until(page, "async (old) => !(await caches.has(old)) && (await caches.keys()).length", before)
    page.context.set_offline(True)
    page.goto("/assessments/")
    expect(page.locator("[data-nothing]")).to_be_visible()
