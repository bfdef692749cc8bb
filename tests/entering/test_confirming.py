"""Confirming arrivals, one by one and many at once."""

from datetime import date
from threading import Barrier, Thread

import pytest

from tests.cast import add
from tests.entering.conftest import AT, DECEMBER, FEBRUARY, NOVEMBER, answers, fresh, ticks, told
from trainingbase.audit.models import Entry as AuditEntry
from trainingbase.db import db
from trainingbase.entering.actions import Overtaken, Wanted, confirm
from trainingbase.entering.actions.confirming import OwnArrival
from trainingbase.entering.models import Arrival, InductionItem
from trainingbase.entering.queries import arrival_of
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role


def page_of(one):
    return f"/entering/placements/{one.id}/arrival"


def test_the_secretary_confirms_day_supervisor_beds_and_induction(
    browse, secretary, coming, mei_member, mei, alice
):
    items = [one.id for one in db.session.query(InductionItem).order_by(InductionItem.position)]
    browser = browse(secretary)
    assert "To be confirmed" in browser.get("/entering/").text
    sent = answers(coming, mei_member, inducted_on="2026-12-01", inducted_by=mei.id)
    sent["items"] = items[:2]
    assert browser.post(page_of(coming), data=sent).status_code == 302
    record = arrival_of([coming.id])[coming.id]
    assert (record.arrived_on, record.beds) == (DECEMBER, 4)
    assert record.confirmed_by_id == secretary.id
    assert (record.inducted_on, record.inducted_by_id) == (DECEMBER, mei.id)
    assert [one.id for one in record.items] == items[:2]
    assert told(alice) == ["arrival-confirmed"] and told(mei) == ["arrived-with-you"]
    page = browser.get(page_of(coming)).text
    assert "Arrived" in page and "What was changed" in page
    notice = browse(alice).get("/notices/").text
    assert "Your arrival in Medicine on 1 Dec 2026 is confirmed." in notice


def test_sent_twice_it_is_confirmed_once(browse, secretary, coming, mei_member, alice):
    browser, sent = browse(secretary), answers(coming, mei_member)
    for _time in range(2):
        assert browser.post(page_of(coming), data=sent).status_code == 302
    assert told(alice) == ["arrival-confirmed"]
    assert db.session.query(AuditEntry).filter_by(act="confirm-arrival").count() == 1


def test_many_are_confirmed_at_once_and_each_supervisor_is_told_once(
    browse, secretary, coming, also_coming, mei_member, mei, alice, bob
):
    browser = browse(secretary)
    page = browser.get("/entering/?tick=due").text
    assert page.count(" checked ") == 2
    sent = ticks((coming, mei_member), (also_coming, mei_member), inducted_on="2026-12-01")
    for _time in range(2):
        assert browser.post("/entering/", data=sent).status_code == 302
    assert set(arrival_of([coming.id, also_coming.id])) == {coming.id, also_coming.id}
    assert fresh(also_coming).supervisor_id == mei_member.id
    assert told(mei) == ["supervising-named", "arrived-with-you"]
    assert told(bob) == ["supervisor-named", "arrival-confirmed"]
    assert "Alice、Bob" in browse(mei).get("/notices/").text


def test_all_or_nothing_is_confirmed(
    browse, secretary, coming, also_coming, mei_member, lin_member
):
    lin_member.most_residents = 0
    db.session.commit()
    answer = browse(secretary).post(
        "/entering/", data=ticks((coming, mei_member), (also_coming, lin_member))
    )
    assert answer.status_code == 422
    assert "limit of 0 reached" in answer.text
    assert arrival_of([coming.id, also_coming.id]) == {}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"arrived_on": "2026-11-30"}, "A day of this placement that has come."),
        ({"arrived_on": "2026-12-02"}, "A day of this placement that has come."),
        ({"arrived_on": ""}, "Choose a day."),
        ({"beds": "120"}, "A number of beds from 0 to 99."),
        ({"inducted_on": "2026-12-02"}, "The induction is not before the arrival"),
        ({"inducted_by": "me"}, "Choose the day of the induction."),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(browse, secretary, coming, mei_member, more, said):
    sent = answers(coming, mei_member) | more
    if sent["inducted_by"] == "me":
        sent["inducted_by"] = secretary.id
    answer = browse(secretary).post(page_of(coming), data=sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert arrival_of([coming.id]) == {}


def test_two_who_confirm_differently_do_not_overwrite_each_other(
    browse, secretary, office, coming, mei_member
):
    first = answers(coming, mei_member)
    second = answers(coming, mei_member, beds="5")
    assert browse(office).post(page_of(coming), data=first).status_code == 302
    answer = browse(secretary).post(page_of(coming), data=second)
    assert answer.status_code == 409
    assert "Somebody else has changed this meanwhile" in answer.text
    assert "now: 4" in answer.text
    assert arrival_of([coming.id])[coming.id].beds == 4


def test_a_list_that_is_stale_is_refused_as_a_whole(
    browse, secretary, office, coming, also_coming, mei_member
):
    sent = ticks((coming, mei_member), (also_coming, mei_member))
    browse(office).post(page_of(coming), data=answers(coming, mei_member))
    answer = browse(secretary).post("/entering/", data=sent)
    assert answer.status_code == 409
    assert arrival_of([also_coming.id]) == {}


def test_a_ticked_row_needs_its_day_and_nothing_ticked_says_so(browse, secretary, coming):
    browser = browse(secretary)
    sent = ticks((coming, None)) | {f"d_{coming.id}": ""}
    answer = browser.post("/entering/", data=sent)
    assert answer.status_code == 422 and "Choose a day." in answer.text
    sent.pop(f"t_{coming.id}")
    assert "Nobody is ticked" in browser.post("/entering/", data=sent, follow_redirects=True).text
    assert browser.post("/entering/", data={"v_x": "1"}).status_code == 302


def test_others_departments_are_not_shown_and_not_confirmed(
    browse, secretary, coordinator, placed, bob_resident, county
):
    other = placed(bob_resident, county.surgery, DECEMBER, FEBRUARY)
    for person in (secretary, coordinator):
        browser = browse(person)
        assert "Bob" not in browser.get("/entering/").text
        for address in ("arrival", "missing", "undoing"):
            assert browser.get(f"/entering/placements/{other.id}/{address}").status_code == 404
        assert browser.post(page_of(other), data=answers(other)).status_code == 404
        browser.post("/entering/", data=ticks((other, None)))
        with pytest.raises(Overtaken):
            confirm({other.id: Wanted(DECEMBER, None, None, 1, 0)}, by=person, at=AT)
    assert arrival_of([other.id]) == {}


def test_the_coordinator_confirms_at_the_own_site(
    browse, coordinator, placed, bob_resident, county
):
    there = placed(bob_resident, county.village_team, DECEMBER, FEBRUARY)
    assert browse(coordinator).post(page_of(there), data=answers(there)).status_code == 302
    assert there.id in arrival_of([there.id])


def test_what_is_over_is_confirmed_late_without_touching_the_supervisor(
    browse, secretary, placed, alice_resident, county, mei_member, lin_member
):
    over = placed(alice_resident, county.medicine, NOVEMBER, DECEMBER, mei_member)
    browser = browse(secretary)
    assert "Never confirmed" in browser.get("/entering/?month=2026-11").text
    sent = answers(over, mei_member, "2026-11-02")
    assert browser.post(page_of(over), data=sent).status_code == 302
    assert arrival_of([over.id])[over.id].arrived_on == date(2026, 11, 2)
    assert fresh(over).supervisor_id == mei_member.id


def test_beds_outside_the_bounds_are_a_warning(browse, secretary, coming, mei_member):
    browser = browse(secretary)
    browser.post(page_of(coming), data=answers(coming, mei_member, beds="7"))
    assert "more beds than 2 to 5" in browser.get("/entering/").text
    data = {"version": "0", "is_general_practice": "y"}
    browser.post(f"/entering/departments/{coming.department_id}/edit", data=data)
    record = db.session.query(Arrival).one()
    browser.post(
        page_of(coming),
        data=answers(coming, mei_member, beds="2", version=record.version, why="typed wrongly"),
    )
    assert "fewer beds than 3 to 5" in browser.get("/entering/").text


def test_where_they_come_from_and_what_is_known_stand_beside_the_name(
    browse, secretary, placed, alice_resident, county, coming
):
    from tests.cast import add
    from trainingbase.enrolment.models import Leave

    placed(alice_resident, county.surgery, NOVEMBER, DECEMBER)
    add(
        Leave(
            resident=alice_resident,
            kind="sick",
            starts_on=date(2026, 11, 27),
            ends_on=date(2026, 12, 5),
            granted=True,
            decided_at=AT,
        )
    )
    page = browse(secretary).get("/entering/").text
    assert "Surgery" in page and "Begins with leave" in page
    assert "Health: Sick leave, 27 Nov 2026 to 4 Dec 2026" in page
    assert "expected on 7 Dec 2026" in page


def test_two_who_confirm_at_once_confirm_once(app, secretary, office, coming, mei_member, alice):
    wanted = {coming.id: Wanted(DECEMBER, mei_member.id, 4, coming.version, 0)}
    ids, start, done = (secretary.id, office.id), Barrier(2), []

    def confirm_as(person_id):
        with app.app_context():
            start.wait()
            by = db.session.get(Person, person_id)
            done.append(confirm(wanted, by=by, at=AT))

    db.session.rollback()
    threads = [Thread(target=confirm_as, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((one.now, one.already) for one in done) == [(0, 1), (1, 0)]
    assert told(alice) == ["arrival-confirmed"]


def test_nobody_says_of_themselves_that_they_have_come(
    browse, coming, also_coming, county, mei_member, alice
):
    add(
        Grant(person_id=alice.id, role=Role.SECRETARY, department_id=county.medicine.id,
              granted_at=AT)
    )  # fmt: skip
    browser = browse(alice)
    assert "arrived_on" not in browser.get(page_of(coming)).text
    assert browser.post(page_of(coming), data=answers(coming, mei_member)).status_code == 404
    for path in ("undoing", "missing"):
        address = f"/entering/placements/{coming.id}/{path}"
        assert browser.post(address, data={"because": "late", "version": 0}).status_code == 404
    both = ticks((coming, mei_member), (also_coming, mei_member))
    browser.post("/entering/", data=both)
    db.session.expire_all()
    assert coming.id not in arrival_of([coming.id])
    with pytest.raises(OwnArrival):
        confirm({coming.id: Wanted(DECEMBER, mei_member.id, 3, coming.version, 0)}, by=alice, at=AT)
