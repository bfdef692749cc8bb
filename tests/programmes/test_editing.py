"""Every part of a draft is entered, changed and taken out, with messages at the field."""

import pytest
from sqlalchemy import select

from tests.programmes.conftest import NOW, content, fresh
from trainingbase.db import db
from trainingbase.history.models import Change
from trainingbase.programmes import actions
from trainingbase.programmes.models import StandardDepartment


@pytest.fixture
def browser(browse, office):
    return browse(office)


def send(browser, draft, path, **answers):
    answers = {"version": str(fresh(draft).version)} | answers
    return browser.post(f"/programmes/{draft.id}/{path}", data=answers)


def key(name):
    return str(db.session.scalar(select(StandardDepartment.id).where(
        StandardDepartment.name == name)))  # fmt: skip


def test_a_rotation(browser, draft, county):
    wanted = {"standard_department": key("Surgery"), "months": "1.5", "shortest_stretch": "0.5"}
    assert send(browser, draft, "rotation/new", **wanted, elective_group="0").status_code == 302
    made = fresh(draft).requirements[-1]
    assert (made.standard_department.name, str(made.months)) == ("Surgery", "1.50")
    again = send(browser, draft, "rotation/new", **wanted, elective_group="0")
    assert again.status_code == 200 and "Not a valid choice" in again.text
    wrong = wanted | {"months": "1.3", "shortest_stretch": "9"}
    sent = send(browser, draft, f"rotation/{made.id}", **wrong, elective_group="0")
    assert "Months are whole or halves." in sent.text
    assert "This is longer than the rotation." in sent.text
    assert send(browser, draft, f"rotation/{made.id}/removal").status_code == 302
    assert [r.standard_department.name for r in fresh(draft).requirements][-1] == "Skin"


def test_the_order_of_the_list(browser, draft):
    names = lambda: [r.standard_department.name for r in fresh(draft).requirements]  # noqa: E731
    community = draft.requirements[1].id
    send(browser, draft, f"rotation/{community}/shift/up")
    assert names() == ["Community", "Medicine", "Eyes", "Skin"]
    send(browser, draft, f"rotation/{community}/shift/up")
    assert names() == ["Community", "Medicine", "Eyes", "Skin"]
    send(browser, draft, f"rotation/{community}/shift/down")
    assert names() == ["Medicine", "Community", "Eyes", "Skin"]
    page = browser.get(f"/programmes/{draft.id}").text
    assert "Up: Community" in page and "Up: Medicine" not in page and "Down: Skin" not in page


def test_an_elective_group(browser, draft):
    group = draft.elective_groups[0]
    sent = send(browser, draft, f"group/{group.id}", name="Two of two", months="2")
    assert sent.status_code == 302
    assert dict(content(draft).groups) == {"Two of two": 2}
    sent = send(browser, draft, f"group/{group.id}/removal")
    assert "First take the departments out" in browser.get(sent.headers["Location"]).text
    assert send(browser, draft, "group/new", name="Two of two", months="1").status_code == 200
    assert send(browser, draft, "group/new", name="Another", months="1").status_code == 302


def test_an_order_rule(browser, draft):
    medicine, community = key("Medicine"), key("Community")
    sent = send(
        browser, draft, "rule/new", kind="within_last", standard_department=community, within="4"
    )
    assert sent.status_code == 302
    assert {(o.kind, o.within) for o in content(draft).orders} >= {("within_last", 4)}
    itself = send(browser, draft, "rule/new", kind="after", standard_department=medicine,
                  predecessors=[medicine])  # fmt: skip
    assert "A rotation cannot wait for itself." in itself.text
    none = send(browser, draft, "rule/new", kind="first", standard_department=medicine)
    assert none.text.count("Enter a number.") >= 2
    twice = send(browser, draft, "rule/new", kind="after", standard_department=community,
                 predecessors=[medicine])  # fmt: skip
    assert "The programme has this already." in twice.text


def test_a_minimum_belongs_to_one_version(browser, draft, office):
    actions.put_in_force(draft, None, version=1, by=office, at=NOW)
    second = actions.make_version(draft, by=office, at=NOW)
    medicine = key("Medicine")
    wanted = {"standard_department": medicine, "category": "case", "item": "糖尿病", "count": "3"}
    assert send(browser, second, "minimum/new", **wanted).status_code == 302
    assert send(browser, second, "minimum/new", **wanted).status_code == 200
    assert {one.item for one in content(second).leasts} == {"高血压", "糖尿病"}
    assert {one.item for one in content(draft).leasts} == {"高血压"}
    page = browser.get(f"/programmes/{second.id}/minimums?search=糖").text
    assert "糖尿病" in page and "高血压" not in page


def test_a_planned_assessment(browser, draft, browse, alice):
    wanted = {"timing": "leaving", "times": "2", "standard_department": "0", "note": ""}
    sent = send(browser, draft, "assessment/new", instrument="exit_assessment", **wanted)
    assert sent.status_code == 302
    assert ("exit_assessment", "leaving", 2, None) in {
        (o.instrument, o.timing, o.times, o.standard) for o in content(draft).assessed
    }
    assert send(browser, draft, "assessment/new", instrument="dance", **wanted).status_code == 200
    page = browse(alice).get(f"/programmes/{draft.id}/assessments")
    assert "Mini-CEX" in page.text and "Plan an assessment" not in page.text


def test_the_head(browser, draft, county):
    wanted = {"name": "GP six", "name_en": "", "months": "6", "note": "", "is_sample": "y"}
    sent = send(browser, draft, "head", code="GP-SIX", **wanted)
    assert sent.status_code == 302
    found = fresh(draft)
    assert (found.code, found.family, found.name, found.is_sample) == (
        "GP-SIX",
        "GP-SIX",
        "GP six",
        True,
    )
    taken = send(browser, draft, "head", code="GP33", **wanted)
    assert "Another programme has this code." in taken.text


def test_standard_departments_are_made_and_renamed(browser, county):
    new = {"name": "口腔科", "name_en": "Dentistry"}
    assert browser.post("/programmes/departments/new", data=new).status_code == 302
    twice = browser.post("/programmes/departments/new", data=new)
    assert "Another standard department has this name." in twice.text
    medicine = county.standards["Medicine"]
    address = f"/programmes/departments/{medicine.id}"
    sent = browser.post(address, data={"name": "Internal medicine", "version": "1"})
    assert sent.status_code == 302
    [change] = db.session.scalars(
        select(Change).where(Change.subject == "standard_departments", Change.field == "name")
    )
    assert (change.old, change.new) == ("Medicine", "Internal medicine")
    assert browser.post(address, data={"name": "Wards", "version": "1"}).status_code == 409
    assert "Medicine" in browser.get(address).text


def test_a_new_programme_from_nothing_and_from_a_sample(browser, county):
    new = {"code": "GP12", "name": "转岗", "name_en": "", "months": "12"}
    assert browser.post("/programmes/new", data=new).status_code == 302
    assert "Another programme has this code." in browser.post("/programmes/new", data=new).text
    sent = browser.post("/programmes/samples/AGP24", follow_redirects=True)
    assert "Sample, not official" in sent.text and "Taken in as a draft" in sent.text
