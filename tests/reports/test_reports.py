"""Reports are made once for the same figures, kept, and opened; the return follows its layout."""

import csv
import hashlib
from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import select

from tests.quality.autumn import let_graduate, play_autumn, teach
from trainingbase import queue, worker
from trainingbase.db import db
from trainingbase.notices.models import Notice
from trainingbase.reports import making, queries
from trainingbase.reports.models import Immutable, Report, ReturnColumn

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def autumn(placed, county, alice_resident, bob_resident, mei_member):
    let_graduate(alice_resident, bob_resident)
    teach(county, mei_member.person)
    return play_autumn(placed, county, alice_resident, bob_resident, mei_member)


def test_a_month_is_reported_as_workbook_and_paper_without_names(autumn, leader, browse):
    report = making.make("month", OCTOBER, "en", by=None, at=NOW)
    book = openpyxl.load_workbook(BytesIO(report.workbook.content))
    rows = {row[0]: row for row in book["Indicators"].iter_rows(values_only=True)}
    assert rows["Teaching activities that count"][4] == 1
    assert rows["Placements done against plan"][4] == "too few people"
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert not any(name in str(row) for row in rows for name in ("Alice", "Bob"))
    assert report.paper.content[:5] == b"%PDF-"
    browser = browse(leader)
    assert "2026-10" in browser.get("/reports/").text
    for form in ("xlsx", "pdf"):
        sent = browser.get(f"/reports/{report.id}/{form}").data
        stored = report.workbook if form == "xlsx" else report.paper
        assert hashlib.sha256(sent).hexdigest() == stored.sha256
    assert browser.get(f"/reports/{report.id}/exe").status_code == 404
    assert browser.get("/reports/9999/pdf").status_code == 404


def test_the_same_figures_make_no_second_edition_and_changed_ones_do(autumn):
    first = making.make("month", OCTOBER, "zh", by=None, at=NOW)
    assert making.make("month", OCTOBER, "zh", by=None, at=NOW).id == first.id
    teaching = db.session.query(type(first)).count()
    assert teaching == 1
    from trainingbase.training.models import Activity

    db.session.query(Activity).filter_by(topic="Talk 6").one().approved_at = NOW
    db.session.commit()
    second = making.make("month", OCTOBER, "zh", by=None, at=NOW)
    assert (second.edition, second.digest != first.digest) == (2, True)


def test_a_report_stays_as_it_was_made(autumn):
    report = making.make("month", OCTOBER, "zh", by=None, at=NOW)
    report.digest = "other"
    with pytest.raises(Immutable):
        db.session.commit()
    db.session.rollback()


def test_the_worker_makes_what_is_due_and_tells_who_reads_reports(autumn, leader, office):
    worker.make_monthly_report()
    made = db.session.scalars(select(Report)).all()
    assert {(one.kind, one.starts_on, one.language) for one in made} == {
        ("month", OCTOBER, "zh"), ("month", OCTOBER, "en")
    }  # fmt: skip
    told = db.session.scalars(select(Notice).where(Notice.kind == "report-made")).all()
    assert {one.person_id for one in told} == {leader.id, office.id}


def test_the_office_asks_for_a_year_and_the_worker_makes_it(autumn, office, browse):
    browser = browse(office)
    asked = {"period": "year:2026-01-01", "language": "en"}
    assert browser.post("/reports/make", data=asked).status_code == 302
    assert queue.work_off() == 1
    report = db.session.scalars(select(Report)).one()
    assert (report.kind, report.made_by_id) == ("year", office.id)
    assert len(openpyxl.load_workbook(BytesIO(report.workbook.content)).sheetnames) > 20
    for odd in ({"period": "year:1900-01-01", "language": "en"}, {"period": "x"}, {}):
        assert browser.post("/reports/make", data=odd).status_code == 422


def test_the_return_takes_its_columns_from_the_layout(autumn, office, browse):
    browser = browse(office)
    assert browser.post("/reports/return/begin").status_code == 302
    assert browser.post("/reports/return/begin").status_code == 302  # twice begins once
    count = len(db.session.scalars(select(ReturnColumn)).all())
    new = {"heading": "编号", "source": "text", "text": "=A1", "form_key": "k"}
    for _twice in range(2):
        assert browser.post("/reports/return", data=new).status_code == 302
    assert len(db.session.scalars(select(ReturnColumn)).all()) == count + 1
    text = browser.get("/reports/return/file/2026-10.csv").data.decode("utf-8-sig")
    head, row = list(csv.reader(text.splitlines()))
    told = dict(zip(head, row, strict=True))
    assert told["Month"] == "2026-10" and told["编号"] == "'=A1"
    assert told["Placements done against plan"] == "50.0"
    assert browser.get("/reports/return/file/1999-01.csv").status_code == 404


def test_a_column_is_changed_removed_and_guarded_against_stale_edits(county, office, browse):
    browser = browse(office)
    new = {"heading": "A", "source": "placements-done:passed", "form_key": "k"}
    browser.post("/reports/return", data=new)
    row = db.session.scalars(select(ReturnColumn)).one()
    url = f"/reports/return/{row.id}"
    changed = {"heading": "B", "source": "base", "version": 1}
    assert browser.post(url, data=changed).status_code == 302
    assert browser.post(url, data=changed).status_code == 409
    assert browser.post(url, data={"heading": "", "source": "base"}).status_code == 422
    assert browser.post(url, data={"heading": "C", "source": "nothing"}).status_code == 422
    assert browser.post(f"{url}/remove").status_code == 302
    assert browser.get(url).status_code == 404


@pytest.mark.parametrize("role", ["alice", "mei", "secretary", "coordinator", "administrator"])
def test_nobody_else_reads_reports(role, request, browse):
    browser = browse(request.getfixturevalue(role))
    for url in ("", "return", "return/file/2026-10.csv", "export/csv"):
        assert browser.get(f"/reports/{url}").status_code == 403


def test_a_return_is_looked_at_before_it_goes_out(autumn, office, browse):
    browser = browse(office)
    for number, (heading, source) in enumerate(
        [("A", "placements-done:value"), ("A", "month"), ("C", "first-pass:value"), ("D", "base")]
    ):
        new = {"heading": heading, "source": source, "form_key": f"k{number}"}
        browser.post("/reports/return", data=new)
    row = db.session.scalars(select(ReturnColumn).where(ReturnColumn.heading == "C")).one()
    row.source = "long-gone:value"
    db.session.commit()
    page = browser.get("/reports/return/preview").text
    assert "Preview of the return of 2026-10" in page and "3 columns need a look" in page
    assert page.count("Another column has the same heading") == 2
    assert "no longer counted" in page and ">50.0<" in page
    march = browser.get("/reports/return/preview?month=2026-03").text
    assert "No figure for this month" not in march  # the heading is the first thing to mend
    for odd in ("x", "1999-01", ""):
        assert browser.get(f"/reports/return/preview?month={odd}").status_code == 200


def test_columns_are_moved(county, office, browse):
    browser = browse(office)
    for heading in "ABC":
        new = {"heading": heading, "source": "month", "form_key": heading}
        browser.post("/reports/return", data=new)
    first, _second, last = db.session.scalars(select(ReturnColumn).order_by("position"))

    def order():
        db.session.expire_all()
        return "".join(one.heading for one in queries.columns())

    for row, to, became in ((last, "up", "ACB"), (first, "down", "CAB"), (first, "up", "ACB"),
                            (first, "up", "ACB"), (_second, "down", "ACB")):  # fmt: skip
        assert browser.post(f"/reports/return/{row.id}/move", data={"to": to}).status_code == 302
        assert order() == became
    assert browser.post("/reports/return/999/move", data={"to": "up"}).status_code == 404
