"""The self-assessment in the browser of office, leader and auditor."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from trainingbase.db import db
from trainingbase.selfassessment.models import (
    Indicator,
    IndicatorEvidence,
    IndicatorPart,
    IndicatorTask,
    OfficialForm,
    OwnScore,
    Snapshot,
    SnapshotsStay,
)

HOME = "/self-assessment/"


def part_of(code: str, number: int = 0) -> IndicatorPart:
    item = db.session.query(Indicator).filter_by(code=code).one()
    return item.parts[number]


def test_the_form_begins_whole(county):
    form = db.session.query(OfficialForm).one()
    assert len(form.items) == 39 and sum(one.is_core for one in form.items) == 15
    assert sum(one.points for one in form.items) == 100
    assert sum(one.points for one in form.items if one.is_core) == 66
    by_section = {}
    for one in form.items:
        by_section[one.chapter] = by_section.get(one.chapter, 0) + one.points
    assert by_section == {"1": 10, "2": 15, "3": 30, "4": 45}


@pytest.mark.parametrize("who", ["office", "leader", "auditor"])
def test_everybody_who_may_reads_every_item(request, browse, county, who):
    browser = browse(request.getfixturevalue(who))
    page = browser.get(HOME)
    assert page.status_code == 200 and "4.3.3" in page.text
    for code in ("1.1.1", "2.1.1", "2.2.1", "3.1.5", "3.2.2", "4.1.1", "4.3.3"):
        item = part_of(code).item
        assert browser.get(f"{HOME}items/{item.id}").status_code == 200


def test_filters(browse, office):
    browser = browse(office)
    assert "1.1.1" not in browser.get(f"{HOME}?section=4").text
    assert "Licence exam" in browser.get(f"{HOME}?search=licence").text
    assert "No indicator like this" in browser.get(f"{HOME}?search=zzz").text
    assert browser.get(f"{HOME}?year=1&state=full").status_code == 200


def test_what_the_base_says_counts_and_can_be_taken_back(browse, office, auditor):
    part, browser = part_of("3.1.1"), browse(office)
    path = f"{HOME}parts/{part.id}/answer"
    assert "at most" in browser.get(path).text
    too_much = browser.post(path, data={"points": "9", "why": "Minutes"})
    assert "at most 1.5" in too_much.text and not db.session.query(OwnScore).count()
    assert browser.post(path, data={"points": "1.5", "why": "Minutes"}).status_code == 302
    kept = db.session.query(OwnScore).one()
    assert kept.points == Decimal("1.5") and kept.year == 2026
    assert "Minutes" in browser.get(f"{HOME}items/{part.item_id}").text
    assert browse(auditor).post(path, data={}).status_code == 403
    stale = browser.post(path, data={"points": "1", "why": "Less", "version": "0"})
    assert stale.status_code == 409
    taken = browser.post(f"{path}/withdrawal", data={"version": str(kept.version)})
    assert taken.status_code == 302 and not db.session.query(OwnScore).count()


def test_evidence_and_tasks(browse, office):
    item, browser = part_of("3.1.1").item, browse(office)
    evidence = {"what": "Minutes", "dated_on": "2026-03-01", "owner": "Wu", "form_key": "e",
                "file": (BytesIO(b"%PDF-1.4\n%%EOF\n"), "minutes.pdf")}  # fmt: skip
    assert browser.post(f"{HOME}items/{item.id}/evidence/new", data=evidence).status_code == 302
    one = db.session.query(IndicatorEvidence).one()
    assert browser.get(f"{HOME}evidence/{one.id}/file").data.startswith(b"%PDF")
    task = {"what": "Ask for the plan", "owner": str(office.id), "due_on": "2026-12-01",
            "form_key": "t"}  # fmt: skip
    for _twice in range(2):
        assert browser.post(f"{HOME}items/{item.id}/tasks/new", data=task).status_code == 302
    mine = db.session.query(IndicatorTask).one()
    assert "Ask for the plan" in browser.get(f"{HOME}tasks").text
    browser.post(f"{HOME}tasks/{mine.id}/done", data={"version": str(mine.version)})
    assert "Ask for the plan" not in browser.get(f"{HOME}tasks").text
    assert "Ask for the plan" in browser.get(f"{HOME}tasks?state=done").text
    browser.post(f"{HOME}evidence/{one.id}/withdrawal")
    assert "Minutes" not in browser.get(f"{HOME}items/{item.id}").text


def test_a_snapshot_stays(browse, office):
    browser = browse(office)
    for _twice in range(2):
        assert browser.post(f"{HOME}snapshots", data={"form_key": "s"}).status_code == 302
    one = db.session.query(Snapshot).one()
    assert set(one.content) == {"zh", "en"}
    page = browser.get(f"{HOME}snapshots/{one.id}").text
    assert "Unchanged since it was frozen" in page and "4.3.3" in page
    one.total = Decimal(100)
    with pytest.raises(SnapshotsStay):
        db.session.commit()
    db.session.rollback()


def test_the_workbook_and_the_document_say_what_the_page_says(browse, office):
    browser = browse(office)
    part = part_of("3.1.1")
    browser.post(f"{HOME}parts/{part.id}/answer", data={"points": "1.5", "why": "Minutes of May"})
    book = load_workbook(BytesIO(browser.get(f"{HOME}export/xlsx").data))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    said = [row for row in rows if row[9] == "Minutes of May"]
    assert len(said) == 1 and said[0][0] == "3.1.1" and said[0][6] == 1.5
    summary = dict(book.worksheets[1].iter_rows(values_only=True, min_row=2))
    assert f">{summary['Score']:g}<" in browser.get(HOME).text.replace("\n", "")
    assert browser.get(f"{HOME}document.pdf").data.startswith(b"%PDF")


def test_a_part_is_edited_with_its_numbers(browse, office):
    part, browser = part_of("3.1.5"), browse(office)
    path = f"{HOME}parts/{part.id}/edit"
    assert "full=90" in browser.get(path).text
    wrong = browser.post(path, data={"name": "A", "name_en": "A", "points": "1", "numbers": "full"})
    assert "name=value" in wrong.text
    data = {"name": "A", "name_en": "A", "points": "1", "numbers": "back=0 full=95 half=80",
            "version": str(part.version)}  # fmt: skip
    for odd in (
        "back=0 full=NaN half=80",
        "back=0 full=x half=80",
        "full=95",
        "back=0 full=95 half=1e999999",
    ):
        refused = browser.post(path, data=data | {"numbers": odd})
        assert "cannot be computed" in refused.text, odd
    assert browser.post(path, data=data).status_code == 302
    assert part_of("3.1.5").settings["full"] == "95"


def test_the_page_asks_as_much_for_many(browse, office, county, statements):
    from trainingbase.sites.models import Department, Institution

    browser = browse(office)
    few = statements(lambda: browser.get(HOME))
    for number in range(30):
        place = Institution(name=f"Site {number}", level="township")
        place.departments = [
            Department(name="GP", most=2, standards=[county.standards["Community"]])
        ]
        db.session.add(place)
    db.session.commit()
    assert statements(lambda: browser.get(HOME)) == few
    assert few < 60
