"""From the plan to the reminder, more time and expiry; the coach in the browser as on the server;
a form that goes on on another device; a code at the bedside to feedback that was read."""

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from tests.assessments.comments import BEFORE, COMMENTS, REPEATED
from tests.assessments.conftest import RATINGS, TODAY
from tests.browser.everywhere import in_both_languages
from tests.browser.test_assessing import fill_ratings, send
from trainingbase.assessments import asking
from trainingbase.assessments.models import Request, Submission
from trainingbase.assessments.rules.coach import missing, sums_of
from trainingbase.clock import LOCAL
from trainingbase.db import db

DAY = timedelta(days=1)
GOOD = "病史采集条理清楚，但未追问用药史；建议按顺序复核一遍。"


@pytest.fixture(autouse=True)
def on_this_day(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", TODAY.isoformat())


@pytest.fixture
def with_mei(placed, alice_resident, county, mei_member):
    return placed(alice_resident, county.medicine, date(2026, 10, 1), date(2027, 1, 12), mei_member)


@pytest.fixture
def goes_by(monkeypatch):
    """`goes_by(day)`: it is this day, and the portal has done its work."""

    def turn(day):
        monkeypatch.setenv("TRAININGBASE_TODAY", day.isoformat())
        at = datetime(day.year, day.month, day.day, 9, tzinfo=LOCAL)
        asking.ask_and_remind(today=day, at=at)

    return turn


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_browser_judges_comments_as_the_server_does(visit, mei):
    page = visit(mei)
    page.goto("/assessments/")
    said = page.evaluate(
        """async ([texts, own]) => {
            const coach = await import("/static/js/coach.js");
            const rules = await (await fetch("/static/coach.json")).json();
            return texts.map((text) => [
                coach.missing(rules, text).join(" "),
                coach.missing(rules, text, own).join(" "),
                coach.sumsOf(rules, text).join(" "),
            ]);
        }""",
        [texts := [text for text, _lacks in COMMENTS + REPEATED], own := sums_of(BEFORE)],
    )
    here = [[" ".join(missing(t)), " ".join(missing(t, own)), " ".join(sums_of(t))] for t in texts]
    assert said == here


@in_both_languages
def test_a_request_goes_from_the_plan_to_its_end(
    visit, axe, picture, mei, office, with_mei, goes_by
):
    goes_by(TODAY - 2 * DAY)
    page, clerk = visit(mei), visit(office)
    clerk.goto("/assessments/planned")
    expect(clerk.locator("main tbody tr")).to_have_count(1)
    axe(clerk)
    picture(clerk, "assessments-planned")
    goes_by(TODAY)
    page.goto("/assessments/")
    axe(page)
    picture(page, "assessments-asked")
    goes_by(TODAY + 8 * DAY)
    page.goto("/notices/")
    axe(page)
    page.goto("/assessments/")
    page.locator("main a[href$='/instead']").first.click()
    axe(page)
    picture(page, "assessment-instead")
    page.locator("form[action$='/extension'] button").click()
    expect(page.locator(".flashes .note-good")).to_be_visible()
    clerk.goto("/assessments/requests?state=late")
    clerk.locator("main tbody th a").first.click()
    axe(clerk)
    picture(clerk, "assessment-course")
    (request,) = db.session.scalars(select(Request))
    goes_by(request.expires_on)
    clerk.goto("/assessments/requests?state=expired")
    clerk.locator("main tbody th a").first.click()
    axe(clerk)
    clerk.goto("/assessments/latency")
    axe(clerk)
    picture(clerk, "assessment-latency")
    page.goto("/assessments/")
    expect(page.locator("main a[href$='/instead']")).to_have_count(0)


def test_from_the_bedside_to_feedback_that_was_read(visit, axe, picture, alice, mei, with_mei):
    hers = visit(alice)
    hers.goto("/assessments/bedside/mini_cex")
    link = hers.locator("[data-code-link]").get_attribute("href")
    page = visit(mei)
    page.goto(link)
    page.locator("main form button").click()
    page.wait_for_url("**/requests/*")
    fill_ratings(page)
    field = page.locator("[name=MC2_5]")
    field.fill("很好")
    expect(page.locator("[data-lacks=seen]")).to_have_attribute("data-state", "lacks")
    axe(page)
    picture(page, "comment-coach")
    field.fill(GOOD)
    expect(page.locator("[data-lacks=seen]")).to_have_attribute("data-state", "has")
    expect(page.locator("[data-lacks=next]")).to_have_attribute("data-state", "has")
    send(page)
    page.wait_for_url("**/submissions/*")
    hers.goto("/assessments/feedback")
    hers.locator("main tbody a").first.click()
    expect(hers.get_by_text("复核一遍")).to_be_visible()
    hers.locator("main details.more summary").click()
    hers.locator("main details.more textarea").fill("谢谢老师")
    hers.locator("main details.more button").click()
    expect(hers.get_by_text("谢谢老师")).to_be_visible()
    axe(hers)
    hers.locator("form[action$='/acknowledgement'] button").click()
    expect(hers.locator("form[action$='/acknowledgement']")).to_have_count(0)
    assert count(Submission) == 1


def test_a_form_goes_on_on_another_device_and_is_sent_once(phone, desktop, mei, with_mei):
    address = f"/assessments/placements/{with_mei.id}/mini_cex"
    first = phone(mei)
    first.goto(address)
    fill_ratings(first, but=["MC1.7"])
    with first.expect_response("**/draft"):
        first.locator("[name=MC2_5]").fill(GOOD)
    second = desktop(mei)
    second.goto(address)
    expect(second.locator("[name=MC2_5]")).to_have_value(GOOD)
    assert second.locator("main input:checked").count() == len(RATINGS) - 1
    second.locator("#MC1_7 .rating-bands label").nth(8).click()
    send(second)
    second.wait_for_url("**/submissions/*")
    first.locator("#MC1_7 .rating-bands label").nth(8).click()
    send(first)
    first.wait_for_url("**/submissions/*")
    assert count(Submission) == 1
    first.goto(address)
    assert first.locator("main input:checked").count() == 0
