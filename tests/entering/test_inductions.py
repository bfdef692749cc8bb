"""Departments' induction pages, and the base's checklist."""

from io import BytesIO

from tests.entering.conftest import answers
from trainingbase.db import db
from trainingbase.entering.models import Induction, InductionItem, InductionPaper
from trainingbase.history.models import Change

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def edit(browser, department, **data):
    address = f"/entering/departments/{department.id}/edit"
    return browser.post(address, data={"version": "0"} | data)


def test_the_secretary_writes_the_page_and_every_change_is_kept(browse, secretary, county):
    browser = browse(secretary)
    assert "Not written" in browser.get("/entering/departments").text
    assert edit(browser, county.medicine, place="Room 1", meets_at="08:00").status_code == 302
    page = db.session.query(Induction).one()
    more = {"version": page.version, "place": "Room 2", "meets_at": "08:00", "why": "moved"}
    assert edit(browser, county.medicine, **more).status_code == 302
    kept = db.session.query(Change).filter_by(subject="inductions", old="Room 1").one()
    assert (kept.new, kept.why) == ("Room 2", "moved")
    shown = browser.get(f"/entering/departments/{county.medicine.id}").text
    assert "Room 2" in shown and "moved" in shown
    assert "Room 2" in browser.get("/entering/departments?state=written").text
    assert "Room 2" in browser.get("/entering/departments/export/csv").text


def test_a_stale_page_is_not_overwritten_also_when_both_write_the_first(
    browse, secretary, office, county
):
    assert edit(browse(office), county.medicine, place="Room 1").status_code == 302
    answer = edit(browse(secretary), county.medicine, place="Room 9")
    assert answer.status_code == 409 and "now: Room 1" in answer.text
    assert db.session.query(Induction).one().place == "Room 1"
    version = db.session.query(Induction).one().version
    answer = edit(browse(secretary), county.medicine, place="Room 9", version=version)
    assert answer.status_code == 302


def test_a_time_that_is_none_is_refused_at_its_field(browse, secretary, county):
    answer = edit(browse(secretary), county.medicine, meets_at="8h")
    assert answer.status_code == 422 and "A time such as 07:50." in answer.text


def test_a_foreign_department_is_not_there(browse, secretary, coordinator, county):
    for person, department in ((secretary, county.surgery), (coordinator, county.medicine)):
        browser = browse(person)
        assert browser.get(f"/entering/departments/{department.id}").status_code == 404
        assert edit(browser, department, place="Room 1").status_code == 404
        data = {"form_key": "k", "file": (BytesIO(PDF), "a.pdf")}
        address = f"/entering/departments/{department.id}/papers"
        assert browser.post(address, data=data).status_code == 404
    assert db.session.query(Induction).count() == 0


def test_a_paper_sent_twice_is_kept_once_and_one_that_is_none_is_refused(browse, secretary, county):
    browser, address = browse(secretary), f"/entering/departments/{county.medicine.id}/papers"
    for _time in range(2):
        data = {"form_key": "k", "title": "", "file": (BytesIO(PDF), "duties.pdf")}
        assert browser.post(address, data=data).status_code == 302
    assert [one.title for one in db.session.query(InductionPaper)] == ["duties.pdf"]
    data = {"form_key": "l", "file": (BytesIO(b"MZ not a paper"), "virus.pdf")}
    assert browser.post(address, data=data).status_code == 422
    answer = browser.post(address, data={"form_key": "m"})
    assert answer.status_code == 422 and "Choose a file." in answer.text


def test_the_office_keeps_the_checklist(browse, office):
    browser = browse(office)
    data = {"form_key": "k", "name": "食堂与宿舍", "name_en": "Canteen and rooms"}
    for _time in range(2):
        assert browser.post("/entering/checklist", data=data).status_code == 302
    item = db.session.query(InductionItem).filter_by(name_en="Canteen and rooms").one()
    last = item.position
    browser.post(f"/entering/checklist/{item.id}/move", data={"way": "up"})
    assert db.session.get(InductionItem, item.id).position == last - 1
    edited = {"version": item.version, "name": "食堂", "name_en": "Canteen"}
    assert browser.post(f"/entering/checklist/{item.id}", data=edited).status_code == 302
    assert browser.post(f"/entering/checklist/{item.id}", data=edited).status_code == 409
    for _time in range(2):
        browser.post(f"/entering/checklist/{item.id}/retirement")
    assert db.session.get(InductionItem, item.id).retired_at is not None
    assert "Retired: 1" in browser.get("/entering/checklist").text
    browser.post(f"/entering/checklist/{item.id}/return")
    assert db.session.get(InductionItem, item.id).retired_at is None
    assert "Canteen" in browser.get("/entering/checklist/export/csv").text
    assert browser.post("/entering/checklist", data={"name": ""}).status_code == 422


def test_a_retired_line_stays_where_it_was_ticked(browse, office, secretary, coming, mei_member):
    item = db.session.query(InductionItem).order_by(InductionItem.id).first()
    sent = answers(coming, mei_member, inducted_on="2026-12-01", items=[item.id])
    browse(secretary).post(f"/entering/placements/{coming.id}/arrival", data=sent)
    browse(office).post(f"/entering/checklist/{item.id}/retirement")
    page = browse(secretary).get(f"/entering/placements/{coming.id}/arrival").text
    assert item.name_en in page
    assert item.name_en in browse(secretary).get(f"/entering/placements/{coming.id}").text


def test_the_checklist_is_read_but_not_changed_by_a_secretary(browse, secretary):
    browser = browse(secretary)
    assert "Add a line" not in browser.get("/entering/checklist").text
    assert browser.post("/entering/checklist", data={"name": "x"}).status_code == 403
