import csv
import io
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from tests.assessments.conftest import NOW, RATINGS, TODAY
from tests.cast import resident
from trainingbase.assessments import actions
from trainingbase.assessments.models import Answer, Request, Submission
from trainingbase.db import db


@contextmanager
def statements():
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def many(placed, county, mei_member, mini_cex, office):
    """`many(n)`: n residents more, each with a request and a Mini-CEX."""

    def fill(n):
        start = len(db.session.scalars(Request.__table__.select()).all())
        for number in range(start, start + n):
            one = resident(f"R{number:03}", county, f"11010120000101{number:04}")
            there = placed(one, county.medicine, date(2026, 11, 1), date(2026, 12, 1), mei_member)
            db.session.add(
                Request(
                    instrument_id=mini_cex.id, placement=there, resident=one,
                    assessor_id=mei_member.person_id, asked_by_id=office.id, asked_on=TODAY,
                    due_on=TODAY + timedelta(days=7), expires_on=TODAY + timedelta(days=28),
                    created_at=NOW,
                )
            )  # fmt: skip
            db.session.add(
                Submission(
                    form_key=f"many-{number}", instrument_id=mini_cex.id, placement=there,
                    resident=one, assessor_id=mei_member.person_id, observed_on=TODAY,
                    submitted_at=NOW,
                    answers=[Answer(item_id=mini_cex.items[0].id, number=5)],
                )
            )  # fmt: skip
        db.session.commit()

    return fill


@pytest.mark.parametrize(
    "page",
    ["/assessments/all", "/assessments/requests", "/assessments/requests/new",
     "/assessments/all/export/csv"],
)  # fmt: skip
def test_a_longer_list_takes_no_more_statements(browse, office, many, page):
    browser, counts = browse(office), []
    for more in (3, 37):
        many(more)
        with statements() as seen:
            assert browser.get(page).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 14


def test_what_a_teacher_owes_takes_no_more_statements(browse, mei, many):
    browser, counts = browse(mei), []
    for more in (3, 37):
        many(more)
        with statements() as seen:
            assert "R002" in browser.get("/assessments/").text
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_feedback_takes_no_more_statements(browse, alice, submitted):
    browser, counts = browse(alice), []
    for number in range(12):
        submitted(f"key-{number}")
        if number in (1, 11):
            with statements() as seen:
                browser.get("/assessments/feedback")
            counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_list_is_filtered_sorted_and_paged(browse, office, many, county):
    many(30)
    browser = browse(office)
    assert browser.get("/assessments/all").text.count("<tr>") == 26
    assert "R003" in browser.get("/assessments/all?search=R00").text
    assert "R011" not in browser.get("/assessments/all?search=R00").text
    assert "No assessments here" in browser.get("/assessments/all?instrument=dops").text
    elsewhere = f"/assessments/all?department={county.surgery.id}"
    assert "No assessments here" in browser.get(elsewhere).text
    here = f"/assessments/all?institution={county.lead.id}&state=unread"
    assert "R005" in browser.get(here).text
    first = browser.get("/assessments/all?sort=name").text
    assert first.index("R000") < first.index("R001")
    last = browser.get("/assessments/all?sort=-name&page=2").text
    assert last.index("R004") < last.index("R000") and "R005" not in last


@pytest.mark.parametrize("state", ["open", "late", "expired", "done", "cancelled"])
def test_requests_are_found_by_their_state(
    browse, office, mei, with_mei, mini_cex, submitted, state
):
    age = {"late": 10, "expired": 40}.get(state, 0)
    asked = NOW - timedelta(days=age)
    request = actions.ask(instrument=mini_cex, placement=with_mei, by=office, at=asked)
    if state == "done":
        submitted(answers=RATINGS)
    if state == "cancelled":
        actions.cancel(request, by=office, at=NOW)
    browser = browse(office)
    for other in ("open", "late", "expired", "done", "cancelled"):
        found = "Alice" in browser.get(f"/assessments/requests?state={other}").text
        assert found == (other == state), other


@pytest.mark.parametrize(
    "query",
    ["state=x", "sort=;drop", "department=99999999999999999999", "institution=-1", "page=9e9",
     "instrument=%00", "search=%25_", "page=99999999999999999999"],
)  # fmt: skip
def test_a_forged_filter_does_no_harm(browse, office, submitted, query):
    submitted()
    for page in ("all", "requests", "requests/new", "examinations"):
        assert browse(office).get(f"/assessments/{page}?{query}").status_code == 200


def test_the_export_is_what_was_filtered_and_carries_no_comment(browse, office, submitted):
    submitted(comment="=HYPERLINK()")
    answer = browse(office).get("/assessments/all/export/csv?search=Alice")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0][0] == "Resident" and rows[1][0] == "Alice"
    assert "HYPERLINK" not in answer.text
    assert len(browse(office).get("/assessments/all/export/csv?search=Bob").text.split("\n")) == 2
    assert browse(office).get("/assessments/all/export/xlsx").data[:2] == b"PK"
    assert browse(office).get("/assessments/all/export/pdf").status_code == 404


def test_examination_figures_stand_beside_those_of_the_province(browse, office, results):
    page = browse(office).get("/assessments/examinations").text
    assert "69.7" in page and "84.2" in page
    assert "100.0 % <small>(1/1)</small>" in page
    assert ">65<" in page.replace(" ", "")


def test_results_are_found_by_examination_and_year(browse, office, results):
    browser = browse(office)
    assert "Bob" not in browser.get("/assessments/examinations?kind=licence&search=Ali").text
    assert "No results here" in browser.get("/assessments/examinations?kind=graduation").text
    answer = browser.get("/assessments/examinations/export/csv?kind=annual&sort=-theory").text
    assert answer.index("Alice") < answer.index("Bob")
