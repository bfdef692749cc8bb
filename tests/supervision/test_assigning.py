"""Naming supervisors: whom the portal proposes, what is refused, who is told."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import faculty_member, resident
from tests.supervision.conftest import DECEMBER, FEBRUARY, NOVEMBER
from trainingbase.db import db
from trainingbase.faculty.models import FacultyMember
from trainingbase.notices.models import Notice
from trainingbase.rotations.models import Placement
from trainingbase.supervision.actions import Choice, NotAllowed, Overtaken, assign_supervisors

AT = datetime(2026, 11, 22, 4, tzinfo=UTC)


def told(person):
    rows = db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [one.kind for one in rows]


def save(browser, chosen, query=""):
    """Send the page: {placement: supervisor}, with the versions as they stand."""
    data = {}
    for one, member in chosen.items():
        data[f"s_{one.id}"] = member.id if member else ""
        data[f"v_{one.id}"] = one.version
    return browser.post(f"/supervision/{query}", data=data)


def fresh(one):
    db.session.expire_all()
    return db.session.get(type(one), one.id)


def test_the_secretary_saves_the_proposal_and_both_are_told_once(
    browse, secretary, coming, mei_member, mei, alice
):
    browser = browse(secretary)
    page = browser.get("/supervision/").text
    assert "Alice" in page and "Proposed: nobody else may; then 1 at once" in page
    assert f'<option selected value="{mei_member.id}">Mei (1/2)</option>' in page
    assert save(browser, {coming: mei_member}).status_code == 302
    assert fresh(coming).supervisor_id == mei_member.id
    assert told(alice) == ["supervisor-named"] and told(mei) == ["supervising-named"]
    assert save(browser, {coming: mei_member}).status_code == 302
    assert told(alice) == ["supervisor-named"] and told(mei) == ["supervising-named"]
    notice = browse(alice).get("/notices/").text
    assert "Your supervisor in Medicine, 1 Dec 2026 to 31 Jan 2027, is Mei." in notice


def test_whoever_may_not_is_shown_with_the_reason_and_refused(
    browse, secretary, coming, mei_member, lin_member
):
    lin_member.certificates[0].ends_on = date(2027, 1, 10)
    db.session.commit()
    browser = browse(secretary)
    page = browser.get("/supervision/").text
    assert (
        f'<option disabled value="{lin_member.id}">Lin (1/2) – certificate lapses on 10 Jan 2027'
        in page
    )
    answer = save(browser, {coming: lin_member})
    assert answer.status_code == 422
    assert "certificate lapses on 10 Jan 2027" in answer.text
    assert fresh(coming).supervisor_id is None


def test_all_or_nothing_is_saved(browse, secretary, coming, also_coming, mei_member, lin_member):
    mei_member.most_residents = 1
    db.session.commit()
    answer = save(browse(secretary), {coming: mei_member, also_coming: mei_member})
    assert answer.status_code == 422
    assert "limit of 1 reached from 1 Dec 2026" in answer.text
    assert fresh(coming).supervisor_id is None and fresh(also_coming).supervisor_id is None


def test_a_certificate_that_lapses_in_mid_placement_calls_for_another(
    browse, secretary, placed, alice_resident, county, mei_member, lin_member
):
    placement = placed(alice_resident, county.medicine, NOVEMBER, FEBRUARY, mei_member)
    assert "Everybody has a supervisor who may" in browse(secretary).get("/supervision/").text
    mei_member.certificates[0].ends_on = date(2026, 12, 15)
    db.session.commit()
    page = browse(secretary).get("/supervision/").text
    assert "certificate lapses on 15 Dec 2026" in page
    assert f'<option selected value="{lin_member.id}">' in page
    save(browse(secretary), {placement: lin_member})
    assert fresh(placement).supervisor_id == lin_member.id
    assert "Everybody has a supervisor who may" in browse(secretary).get("/supervision/").text


def test_who_knows_the_resident_is_proposed_before_who_has_less_to_do(
    browse, secretary, placed, alice_resident, coming, county, mei_member, lin_member
):
    placed(alice_resident, county.medicine, date(2026, 9, 1), NOVEMBER, mei_member)
    page = browse(secretary).get("/supervision/").text
    assert "supervised this resident before" in page
    assert f'<option selected value="{mei_member.id}">' in page


def test_residents_are_shared_out(browse, secretary, coming, also_coming, mei_member, lin_member):
    page = browse(secretary).get("/supervision/").text
    assert f'<option selected value="{mei_member.id}">Mei (1/2)' in page
    assert f'<option selected value="{lin_member.id}">Lin (1/2)' in page


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    browse, secretary, coming, mei_member, lin_member
):
    browser = browse(secretary)
    version = coming.version
    save(browser, {coming: mei_member})
    data = {f"s_{coming.id}": lin_member.id, f"v_{coming.id}": version}
    answer = browser.post("/supervision/", data=data)
    assert answer.status_code == 409
    assert "Somebody else has changed this meanwhile" in answer.text
    assert fresh(coming).supervisor_id == mei_member.id


def test_a_secretary_assigns_in_the_own_department_only(
    browse, secretary, placed, alice_resident, county, chen
):
    other = placed(alice_resident, county.surgery, DECEMBER, FEBRUARY)
    browser = browse(secretary)
    assert "Alice" not in browser.get("/supervision/").text
    member = db.session.query(FacultyMember).filter_by(staff_number="1002").one()
    save(browser, {other: member})
    assert fresh(other).supervisor_id is None
    with pytest.raises(Overtaken):
        assign_supervisors({other.id: Choice(member.id, 1)}, by=secretary, at=AT)


def test_a_placement_that_is_over_or_cancelled_is_not_touched(
    placed, alice_resident, county, office, mei_member
):
    over = placed(alice_resident, county.medicine, date(2026, 9, 1), NOVEMBER)
    gone = placed(alice_resident, county.medicine, DECEMBER, FEBRUARY)
    gone.cancelled_at = AT
    db.session.commit()
    for one in (over, gone):
        with pytest.raises(Overtaken):
            assign_supervisors({one.id: Choice(mei_member.id, 1)}, by=office, at=AT)


def test_nonsense_is_refused(browse, secretary, coming):
    browser = browse(secretary)
    data = {f"s_{coming.id}": "4711", f"v_{coming.id}": 1}
    assert browser.post("/supervision/", data=data).status_code == 422
    assert browser.post("/supervision/", data={"s_x": "1"}).status_code == 302
    assert browser.post("/supervision/", data={}).status_code == 302


def test_an_unknown_supervisor_is_refused_by_the_action(office, coming):
    with pytest.raises(NotAllowed):
        assign_supervisors({coming.id: Choice(4711, 1)}, by=office, at=AT)


def test_the_page_asks_no_more_for_many_than_for_few(
    browse, office, county, placed, mei_member, statements
):
    browser = browse(office)

    def arrives(number):
        one = resident(f"R{number}", county, f"11010120000101{number:04}")
        placed(one, county.medicine, DECEMBER, FEBRUARY)

    arrives(0)
    few = statements(lambda: browser.get("/supervision/"))
    for number in range(1, 40):
        arrives(number)
        faculty_member(f"F{number}", county.medicine, f"N{number}")
    assert statements(lambda: browser.get("/supervision/")) == few
    assert browser.get("/supervision/?page=2").status_code == 200
    for kind in ("csv", "xlsx"):
        assert browser.get(f"/supervision/export/{kind}").status_code == 200


def test_filters_and_sorting(browse, office, coming, mei_member, county):
    browser = browse(office)
    for query, there in (
        ("search=Ali", True),
        ("search=Zzz", False),
        (f"department={county.medicine.id}", True),
        (f"department={county.surgery.id}", False),
        (f"institution={county.township.id}", False),
        ("month=2027-01", True),
        ("month=2027-02", False),
        ("month=2027-01&state=arriving", False),
        ("month=nonsense", True),
        ("state=all&sort=-resident", True),
        ("sort=supervisor", True),
    ):
        assert ("Alice" in browser.get(f"/supervision/?{query}").text) == there, query


def test_every_change_of_supervisor_is_kept(browse, office, secretary, coming, mei_member):
    save(browse(secretary), {coming: mei_member})
    page = browse(office).get("/audit/?act=name-supervisor").text
    assert "Zhao" in page
    assert db.session.query(Placement).count() == 1
