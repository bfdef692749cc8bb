"""Somebody teaches no more: everything open goes to somebody, and can come back."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import add, faculty_member
from tests.supervision.conftest import DECEMBER, FEBRUARY, NOVEMBER
from trainingbase.accounts.models import Account
from trainingbase.assessments.models import Request
from trainingbase.assessments.queries.instruments import instrument_in_use
from trainingbase.db import db
from trainingbase.notices.models import Notice
from trainingbase.supervision.actions import (
    Given,
    NotAllowed,
    NotHandedOver,
    close_accounts,
    deactivate,
    reactivate,
)
from trainingbase.supervision.models import AlreadyUndone, Departure

AT = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.fixture
def with_mei(placed, alice_resident, county, mei_member):
    """Alice is with Mei until the end of January, and Mei is her tutor."""
    alice_resident.tutor_id = mei_member.person_id
    return placed(alice_resident, county.medicine, NOVEMBER, FEBRUARY, mei_member)


@pytest.fixture
def asked(with_mei, mei, office):
    """Mei owes a Mini-CEX about Alice."""
    return add(
        Request(
            instrument=instrument_in_use("mini_cex"),
            placement=with_mei,
            resident_id=with_mei.resident_id,
            assessor_id=mei.id,
            asked_by_id=office.id,
            asked_on=date(2026, 11, 20),
            due_on=date(2026, 11, 27),
            expires_on=date(2026, 12, 20),
            created_at=AT,
        )
    )


def address(member, **more):
    query = "&".join(f"{name}={value}" for name, value in more.items())
    return f"/supervision/members/{member.id}/departure?{query}"


def account_of(person) -> Account:
    db.session.expire_all()
    return db.session.query(Account).filter_by(person_id=person.id).one()


def everything(asked, lin_member):
    return {
        f"placements_{asked.placement_id}": lin_member.id,
        f"tutees_{asked.resident_id}": lin_member.person_id,
        f"requests_{asked.id}": lin_member.person_id,
        "reason": "moved to the city",
    }


def test_what_is_open_is_listed_with_who_may_take_it(browse, office, asked, mei_member, lin_member):
    page = browse(office).get(address(mei_member, kind="left", from_on="2026-11-22")).text
    assert page.count("Alice") >= 3
    assert f'<option selected value="{lin_member.id}">Lin (1/2)' in page


def test_it_is_refused_until_all_goes_to_somebody(browse, office, asked, mei_member, lin_member):
    answers = everything(asked, lin_member) | {f"tutees_{asked.resident_id}": ""}
    here = address(mei_member, kind="left", from_on="2026-11-22")
    answer = browse(office).post(here, data=answers)
    assert answer.status_code == 422
    assert "Choose somebody, or leave it to the office." in answer.text
    assert db.session.query(Departure).count() == 0


def test_all_of_it_goes_and_the_account_is_closed(
    browse, office, asked, mei_member, mei, lin_member, lin, alice
):
    mine = browse(mei)
    assert mine.get("/").status_code == 200
    here = address(mei_member, kind="left", from_on="2026-11-22")
    assert browse(office).post(here, data=everything(asked, lin_member)).status_code == 302
    assert account_of(mei).disabled_at is not None
    assert mine.get("/").status_code == 302
    assert asked.assessor_id == lin.id
    assert asked.placement.supervisor_id == lin_member.id
    assert asked.placement.resident.tutor_id == lin.id
    assert mei_member.inactive_on == TODAY
    kinds = {one.kind for one in db.session.query(Notice).filter_by(person_id=alice.id)}
    assert kinds == {"supervisor-named", "tutor-changed"}
    kinds = {one.kind for one in db.session.query(Notice).filter_by(person_id=lin.id)}
    assert kinds == {"supervising-named", "tutees-handed-over", "assessment-asked"}
    page = browse(office).get(f"/supervision/members/{mei_member.id}").text
    assert "Leaves the base" in page and "moved to the city" in page
    assert "Mei" not in browse(office).get("/faculty/").text


def test_the_office_can_take_it_all_upon_itself(browse, office, asked, mei_member, mei):
    answers = {name: "office" for name in everything(asked, mei_member) if name != "reason"}
    here = address(mei_member, kind="lost", from_on="2026-11-22")
    assert browse(office).post(here, data=answers).status_code == 302
    db.session.expire_all()
    assert asked.cancelled_at is not None
    assert asked.placement.supervisor_id is None
    assert asked.placement.resident.tutor_id is None
    assert account_of(mei).disabled_at is None  # only the qualification is lost
    assert "Alice" in browse(office).get("/supervision/").text


def test_what_goes_to_nobody_is_left_to_the_office_when_that_is_said(
    browse, office, asked, mei_member
):
    here = address(mei_member, kind="lost", from_on="2026-11-22")
    nobody = dict.fromkeys(everything(asked, mei_member), "")
    assert browse(office).post(here, data=nobody).status_code == 422
    said = nobody | {"rest_to_office": "y"}
    assert browse(office).post(here, data=said).status_code == 302
    db.session.expire_all()
    assert asked.placement.supervisor_id is None and asked.cancelled_at is not None


def test_whoever_may_not_cannot_take_a_resident(office, asked, mei_member, lin_member):
    lin_member.certificates[0].ends_on = DECEMBER
    db.session.commit()
    given = Given({asked.placement_id: lin_member.id}, {asked.resident_id: None}, {asked.id: None})
    with pytest.raises(NotAllowed):
        deactivate(mei_member, kind="left", from_on=TODAY, given=given, by=office, at=AT)
    with pytest.raises(NotHandedOver):
        deactivate(mei_member, kind="left", from_on=TODAY, given=Given(), by=office, at=AT)
    assert db.session.query(Departure).count() == 0


def test_the_account_of_somebody_who_leaves_later_is_closed_on_the_day(office, mei_member, mei):
    deactivate(mei_member, kind="retired", from_on=DECEMBER, given=Given(), by=office, at=AT)
    assert account_of(mei).disabled_at is None
    assert close_accounts(today=TODAY, at=AT) == 0
    assert close_accounts(today=DECEMBER, at=AT) == 1
    assert account_of(mei).disabled_at is not None
    assert close_accounts(today=DECEMBER, at=AT) == 0


def test_taking_it_back_brings_back_what_still_lies_there(
    browse, office, asked, mei_member, mei, lin_member, lin
):
    here = address(mei_member, kind="left", from_on="2026-11-22")
    browse(office).post(here, data=everything(asked, lin_member))
    [departure] = db.session.query(Departure)
    undoing = f"/supervision/departures/{departure.id}/undoing"
    assert "Back in teaching." in browse(office).post(undoing, follow_redirects=True).text
    assert account_of(mei).disabled_at is None
    assert asked.assessor_id == mei.id
    assert asked.placement.supervisor_id == mei_member.id
    assert asked.placement.resident.tutor_id == mei.id
    assert mei_member.inactive_on is None
    again = browse(office).post(undoing, follow_redirects=True).text
    assert "This was taken back already." in again
    with pytest.raises(AlreadyUndone):
        reactivate(db.session.get(Departure, departure.id), by=office, at=AT)


def test_what_went_on_meanwhile_stays_where_it_is(
    browse, office, asked, county, mei_member, lin_member
):
    here = address(mei_member, kind="left", from_on="2026-11-22")
    browse(office).post(here, data=everything(asked, lin_member))
    third = faculty_member("Third", county.medicine, "1010")
    db.session.expire_all()
    asked.placement.supervisor_id = third.id
    asked.placement.resident.tutor_id = third.person_id
    db.session.commit()
    [departure] = db.session.query(Departure)
    reactivate(departure, by=office, at=AT)
    assert asked.placement.supervisor_id == third.id
    assert asked.placement.resident.tutor_id == third.person_id


def test_the_first_step_asks_for_a_day(browse, office, mei_member):
    browser = browse(office)
    assert "Show what is open" in browser.get(address(mei_member)).text
    assert "Show what is open" in browser.get(address(mei_member, kind="x", from_on="")).text
    page = browser.get(address(mei_member, kind="left", from_on="2026-12-01")).text
    assert "Nothing is open" in page
