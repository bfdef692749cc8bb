"""A teacher assesses on the phone, the resident reads it, the office looks on."""

from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select, update

from tests.assessments.conftest import EXIT, NOW, RATINGS, TODAY
from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.cast import PASSWORD, add
from trainingbase.accounts.models import SignIn
from trainingbase.assessments import actions
from trainingbase.assessments.models import ExamResult, Submission
from trainingbase.assessments.queries.instruments import instrument_in_use
from trainingbase.db import db
from trainingbase.training.models import Activity

FEW_TAPS = 10
"""One for the form, seven ratings, one to send: a minute is enough."""


@pytest.fixture(autouse=True)
def on_this_day(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", TODAY.isoformat())


@pytest.fixture
def with_mei(placed, alice_resident, county, mei_member):
    return placed(alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member)


@pytest.fixture
def asked(with_mei, office):
    return actions.ask(
        instrument=instrument_in_use("mini_cex"), placement=with_mei, by=office, at=NOW
    )


@pytest.fixture
def form_page(with_mei):
    return f"/assessments/placements/{with_mei.id}/mini_cex"


def tap_mark(page, item, mark):
    page.locator(f"#{item} .rating-bands label").nth(mark - 1).click()


def fill_ratings(page, *, but=()):
    for code, mark in RATINGS.items():
        if code not in but:
            tap_mark(page, code.replace(".", "_"), mark)


def send(page):
    page.locator("main form.form .form-actions button").click()


def how_many():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Submission))


@in_both_languages
@on_both_screens
def test_a_teacher_assesses_and_the_resident_reads_it(visit, axe, mei, alice, asked, picture):
    page, taps = visit(mei), 0
    page.goto("/assessments/")
    axe(page)
    picture(page, "assessments-owed")
    page.locator("main .btn-primary").first.click()
    taps += 1
    axe(page)
    picture(page, "mini-cex")
    fill_ratings(page)
    taps += len(RATINGS)
    page.locator("[name=MC2_5]").fill("Listened well, left no room for questions.")
    send(page)
    taps += 1
    page.wait_for_url("**/submissions/*")
    axe(page)
    assert taps <= FEW_TAPS and how_many() == 1

    hers = visit(alice)
    hers.goto("/assessments/feedback")
    axe(hers)
    hers.locator("main tbody a").first.click()
    expect(hers.get_by_text("left no room for questions")).to_be_visible()
    axe(hers)
    picture(hers, "feedback")
    buttons = hers.locator("main form button")
    buttons.first.click()
    expect(buttons).to_have_count(1)  # what she would like to say about it


def test_what_is_missing_is_said_at_its_place_and_nothing_is_lost(visit, axe, mei, form_page):
    page = visit(mei)
    page.goto(form_page)
    fill_ratings(page, but=["MC1.5"])
    page.locator("[name=MC2_5]").fill("Typed with one thumb")
    send(page)
    expect(page.locator("#MC1_5-error")).to_be_visible()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("[name=MC2_5]")).to_have_value("Typed with one thumb")
    assert page.locator("main input:checked").count() == 6
    axe(page)
    tap_mark(page, "MC1_5", 6)
    send(page)
    page.wait_for_url("**/submissions/*")
    assert how_many() == 1


def test_two_taps_on_send_make_one_assessment(visit, mei, form_page):
    page = visit(mei)
    page.goto(form_page)
    fill_ratings(page)
    page.locator("main form.form .form-actions button").dblclick()
    page.wait_for_url("**/submissions/*")
    assert how_many() == 1


def test_going_back_and_sending_again_makes_one_assessment(visit, mei, form_page):
    page = visit(mei)
    page.goto(form_page)
    fill_ratings(page)
    key = page.locator("[name=form_key]").input_value()
    send(page)
    page.wait_for_url("**/submissions/*")
    page.goto(form_page)
    page.locator("[name=form_key]").evaluate("(field, key) => { field.value = key; }", key)
    fill_ratings(page)
    send(page)
    page.wait_for_url("**/submissions/*")
    expect(page.locator(".flashes .note-info")).to_be_visible()
    assert how_many() == 1


def test_a_draft_is_kept_on_the_phone(visit, mei, form_page):
    page = visit(mei)
    page.goto(form_page)
    fill_ratings(page, but=["MC1.7"])
    page.locator("[name=MC2_5]").fill("Half done")
    expect(page.locator("[data-draft-state]")).not_to_be_empty()
    page.goto("/assessments/")
    page.goto(form_page)
    expect(page.locator("[name=MC2_5]")).to_have_value("Half done")
    assert page.locator("main input:checked").count() == 6


UNTIL_ALL_IS_READ = """async () => {
  while (document.readyState === "loading" && !document.querySelector("footer")) {
    await new Promise((done) => setTimeout(done, 20));
  }
}"""


def test_a_draft_does_not_undo_what_was_typed_before_it_came(visit, mei, form_page):
    page = visit(mei)
    page.goto(form_page)
    tap_mark(page, "MC1_1", 3)
    page.locator("[name=MC2_5]").fill("Yesterday")
    page.goto("/assessments/")
    late = []
    page.route("**/portal.js", lambda route: late.append(route))
    page.goto(form_page, wait_until="commit")
    page.evaluate(UNTIL_ALL_IS_READ)
    page.evaluate("document.querySelector('[name=MC2_5]').value = 'Today'")
    late.pop().continue_()
    expect(page.locator("#MC1_1 input:checked")).to_have_value("3")
    expect(page.locator("[name=MC2_5]")).to_have_value("Today")


def test_a_form_sent_without_network_arrives_once_it_is_back(visit, mei, form_page):
    page = visit(mei)
    page.goto(form_page)
    fill_ratings(page)
    page.context.set_offline(True)
    send(page)
    expect(page.locator("[data-outbox-state]")).to_be_visible()
    assert how_many() == 0
    page.context.set_offline(False)
    expect(page.locator("[data-outbox-state]")).to_contain_text("Alice")
    page.goto("/assessments/")
    page.goto(form_page)
    assert how_many() == 1
    assert page.locator("main input:checked").count() == 0


def test_answers_outlive_the_session(visit, mei, form_page):
    page = visit(mei)
    page.goto(form_page)
    fill_ratings(page)
    db.session.execute(update(SignIn).values(ended_at=NOW))
    db.session.commit()
    send(page)
    page.wait_for_url("**/sign-in**")
    page.locator("[name=login]").fill("mei")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(f"**{form_page}**")
    assert page.locator("main input:checked").count() == 7
    send(page)
    page.wait_for_url("**/submissions/*")
    assert how_many() == 1


def test_an_exit_assessment_shows_its_verdict(visit, axe, mei, with_mei, picture):
    page = visit(mei)
    page.goto(f"/assessments/placements/{with_mei.id}/exit_assessment")
    axe(page)
    for code, value in EXIT.items():
        field = page.locator(f"[name={code.replace('.', '_')}]")
        if field.first.get_attribute("type") == "radio":
            chosen = page.locator(f"[name={code.replace('.', '_')}][value='{value}']")
            page.locator(f"label[for='{chosen.get_attribute('id')}']").click()
        else:
            field.fill(str(value))
    send(page)
    page.wait_for_url("**/submissions/*")
    expect(page.locator("main .status-good")).to_be_visible()
    axe(page)
    picture(page, "exit-assessment")


@in_both_languages
@on_both_screens
def test_the_office_looks_on(visit, axe, office, asked, mei, alice_resident, county, picture):
    actions.submit(
        instrument=instrument_in_use("mini_cex"), placement=asked.placement, by=mei, at=NOW,
        observed_on=TODAY, answers=RATINGS, form_key="k",
    )  # fmt: skip
    add(ExamResult(resident=alice_resident, kind="annual", year=2026, is_first_attempt=True,
                   theory=80, skills=70))  # fmt: skip
    activity = add(Activity(held_on=TODAY, kind="教学查房", topic="Chest pain", speaker=mei,
                            department=county.medicine, residents=[alice_resident]))  # fmt: skip
    page = visit(office)
    for address, name in (
        ("/assessments/all", "assessments-all"),
        ("/assessments/requests", "assessment-requests"),
        ("/assessments/requests/new", ""),
        (f"/assessments/placements/{asked.placement_id}/requests/new", ""),
        ("/assessments/examinations", "examinations"),
        ("/training/activities", "activities"),
        (f"/training/activities/{activity.id}", ""),
    ):
        page.goto(address)
        axe(page)
        if name:
            picture(page, name)
