"""The pages of incentives, as the people who open them."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import select

from tests.incentives.october import OCTOBER, OCTOBER_IS_OVER, lock
from trainingbase.db import db
from trainingbase.incentives import actions
from trainingbase.incentives.models import Line
from trainingbase.incentives.queries import runs


@pytest.fixture
def october(quiet_october, office):
    return actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)


def test_the_office_computes_a_month_and_the_leader_locks_it(quiet_october, office, leader, browse):
    browser = browse(office)
    assert "Oct 2026" in browser.get("/incentives/").text
    page = browser.post("/incentives/", data={"month": "2026-10"}, follow_redirects=True)
    assert "The incentives of Oct 2026 are computed." in page.text
    assert "8,600.00" in page.text
    run = runs.current_run(OCTOBER)
    theirs = browse(leader)
    page = theirs.post(f"/incentives/{run.id}/approval", follow_redirects=True)
    assert "The office approves first" in page.text
    page = browser.post(f"/incentives/{run.id}/approval", follow_redirects=True)
    assert "wait for the leader" in page.text and "Approved and locked" not in page.text
    page = browser.post(f"/incentives/{run.id}/approval", follow_redirects=True)
    assert "the second approval is somebody else" in page.text
    page = theirs.post(f"/incentives/{run.id}/approval", follow_redirects=True)
    assert "Approved and locked" in page.text
    page = theirs.post(f"/incentives/{run.id}/approval", follow_redirects=True)
    assert "This run is approved already." in page.text
    page = browser.post(f"/incentives/{run.id}/computation", follow_redirects=True)
    assert "approved and locked" in page.text


def test_a_month_that_is_not_offered_is_refused(rates, office, browse):
    browser = browse(office)
    for month in ("2027-01", "2026-13", "", "x"):
        assert browser.post("/incentives/", data={"month": month}).status_code == 422


def test_the_running_month_is_a_preview(quiet_october, office, browse):
    browser = browse(office)
    page = browser.post("/incentives/", data={"month": "2026-11"}, follow_redirects=True)
    assert "A preview" in page.text and "/approval" not in page.text
    run = runs.current_run(date(2026, 11, 1))
    page = browser.post(f"/incentives/{run.id}/approval", follow_redirects=True)
    assert "computed before the month was over" in page.text


def test_without_rates_the_office_is_told_what_to_do(county, office, browse):
    assert "There are no rates yet" in browse(office).get("/incentives/").text


def test_every_page_of_a_run_opens_in_both_languages(october, office, browse):
    browser = browse(office)
    for language in ("en", "zh"):
        office.language = language
        db.session.commit()
        for view in ("", "/payees", "/rates", "/verification", "/findings/1"):
            assert browser.get(f"/incentives/{october.id}{view}").status_code == 200, view
        assert browser.get(f"/incentives/{october.id}/findings/9").status_code == 404
        assert browser.get("/incentives/funding").status_code == 200


def test_a_line_says_why_and_shows_the_rows_behind_it(october, office, browse):
    line = db.session.scalar(select(Line).where(Line.rule == "activity"))
    page = browse(office).get(f"/incentives/lines/{line.id}").text
    assert "Mini-lecture, approved: 5" in page
    assert "5 × 100.00 = 500.00, capped at 400.00 a month" in page
    assert page.count("Talk of 2026-10-0") == 5


def test_rates_without_a_rule_are_listed(october, office, browse):
    page = browse(office).get(f"/incentives/{october.id}/rates").text
    assert "Rates that no rule can use: 1" in page
    assert "Late arrival or early leaving" in page


def test_people_see_their_own_lines_once_they_are_approved(october, office, alice, bob, browse):
    mine = db.session.scalar(select(Line).where(Line.payee_id == alice.id))
    theirs = db.session.scalar(select(Line).where(Line.payee_id == bob.id))
    browser = browse(alice)
    assert "Nothing is approved for you yet" in browser.get("/incentives/mine").text
    assert browser.get(f"/incentives/lines/{mine.id}").status_code == 404
    lock(october)
    page = browser.get("/incentives/mine").text
    assert "3,600.00" in page and "Bob" not in page
    assert browser.get(f"/incentives/lines/{mine.id}").status_code == 200
    assert browser.get(f"/incentives/lines/{theirs.id}").status_code == 404


def test_a_leader_and_an_auditor_read_but_do_not_compute(october, leader, auditor, browse):
    assert browse(auditor).post(f"/incentives/{october.id}/approval").status_code == 403
    for reader in (leader, auditor):
        browser = browse(reader)
        page = browser.get(f"/incentives/{october.id}")
        assert page.status_code == 200 and "/approval" not in page.text
        assert browser.post("/incentives/", data={"month": "2026-10"}).status_code == 403


@pytest.mark.parametrize("role", ["mei", "alice", "secretary", "coordinator", "administrator"])
def test_nobody_else_reads_runs(october, role, request, browse):
    browser = browse(request.getfixturevalue(role))
    for url in ("", f"{october.id}", f"{october.id}/payees", f"{october.id}/export/csv", "funding"):
        assert browser.get(f"/incentives/{url}").status_code == 403


def test_the_export_holds_the_lines_and_the_sums(october, office, browse):
    browser = browse(office)
    book = openpyxl.load_workbook(
        io.BytesIO(browser.get(f"/incentives/{october.id}/export/xlsx").data)
    )
    assert book.sheetnames == [
        "Lines", "Sums by payee", "Sums by source", "Rates", "Cases without a rate",
    ]  # fmt: skip
    lines = list(book["Lines"].values)
    assert len(lines) == 8
    amount = lines[0].index("Amount")
    assert sum(Decimal(str(row[amount])) for row in lines[1:]) == Decimal("8600")
    assert list(book["Sums by source"].values)[-1] == ("Total", 7, 8600)
    text = browser.get(f"/incentives/{october.id}/export/csv").data.decode("utf-8-sig")
    assert len(text.splitlines()) == 8
    assert browser.get(f"/incentives/{october.id}/export/pdf").status_code == 404


def test_lines_are_found_and_sorted(october, office, browse):
    browser = browse(office)
    page = browser.get(f"/incentives/{october.id}?search=Bob&rule=allowance&sort=-amount").text
    body = page.split('id="lines"')[1]
    assert body.index("400.00") < body.index("100.00") and "Mei" not in body
    assert "No line is like that" in browser.get(f"/incentives/{october.id}?search=%25").text
    assert browser.get(f"/incentives/{october.id}?source=99999999999&page=99").status_code == 200


def test_a_long_run_takes_no_more_questions_than_a_short_one(
    october, office, browse, county, plan_in_force, mei_member, statements
):
    from tests.incentives.test_runs import crowd

    browser = browse(office)

    def needed(url):
        statements.clear()
        assert browser.get(url).status_code == 200
        return len(statements)

    views = ("", "/payees", "/rates", "/verification")
    few = [needed(f"/incentives/{october.id}{view}") for view in views]
    crowd(county, plan_in_force.id, 60, mei_member)
    again = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    many = [needed(f"/incentives/{again.id}{view}") for view in views]
    assert all(more <= less + 2 for less, more in zip(few, many, strict=True)), (few, many)
