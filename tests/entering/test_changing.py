"""Correcting a confirmed arrival, taking one back, and saying that nobody came."""

import pytest

from tests.entering.conftest import AT, FEBRUARY, answers, fresh, set_day, told
from trainingbase.db import db
from trainingbase.entering import actions
from trainingbase.entering.models import AlreadyThere, Arrival
from trainingbase.entering.queries import arrival_of
from trainingbase.history.models import Change
from trainingbase.notices.models import Notice


def page_of(one, what="arrival"):
    return f"/entering/placements/{one.id}/{what}"


@pytest.fixture
def arrived(browse, secretary, coming, mei_member):
    sent = answers(coming, mei_member)
    assert browse(secretary).post(page_of(coming), data=sent).status_code == 302
    return coming


def record_of(one):
    db.session.expire_all()
    return db.session.query(Arrival).filter_by(placement_id=one.id).one()


def test_a_correction_says_why_and_keeps_what_it_was(
    browse, secretary, arrived, mei_member, monkeypatch, alice
):
    set_day(monkeypatch, "2026-12-03")
    browser = browse(secretary)
    sent = answers(arrived, mei_member, "2026-12-02", version=record_of(arrived).version)
    answer = browser.post(page_of(arrived), data=sent)
    assert answer.status_code == 422 and "Say why." in answer.text
    assert (
        browser.post(page_of(arrived), data=sent | {"why": "came a day later"}).status_code == 302
    )
    assert str(record_of(arrived).arrived_on) == "2026-12-02"
    kept = db.session.query(Change).filter_by(field="arrived_on", old="2026-12-01").one()
    assert (kept.new, kept.why) == ("2026-12-02", "came a day later")
    assert "came a day later" in browser.get(page_of(arrived)).text
    assert told(alice) == ["arrival-confirmed", "arrival-confirmed"]


def test_a_supervisor_named_meanwhile_is_not_overwritten(
    browse, secretary, arrived, mei_member, lin_member
):
    from trainingbase.supervision.actions import Choice, assign_supervisors

    sent = answers(arrived, None, version=record_of(arrived).version, why="nobody")
    assign_supervisors({arrived.id: Choice(lin_member.id, arrived.version)}, by=secretary, at=AT)
    assert browse(secretary).post(page_of(arrived), data=sent).status_code == 409
    assert fresh(arrived).supervisor_id == lin_member.id


def test_an_arrival_is_taken_back_with_a_reason(browse, secretary, arrived, alice):
    browser, version = browse(secretary), record_of(arrived).version
    assert browser.post(page_of(arrived, "undoing"), data={"version": version}).status_code == 422
    sent = {"version": version, "why": "the wrong name"}
    assert browser.post(page_of(arrived, "undoing"), data=sent).status_code == 302
    assert arrival_of([arrived.id]) == {}
    assert told(alice)[-1] == "arrival-undone"
    again = browser.post(page_of(arrived, "undoing"), data=sent, follow_redirects=True).text
    assert "nothing to take back" in again
    page = browser.get(page_of(arrived)).text
    assert "the wrong name" in page and "Confirm the arrival" in page
    sent = answers(arrived, None, version=record_of(arrived).version)
    assert browser.post(page_of(arrived), data=sent).status_code == 302
    assert arrived.id in arrival_of([arrived.id])


def test_after_some_days_only_the_office_takes_it_back(
    browse, secretary, office, arrived, monkeypatch
):
    set_day(monkeypatch, "2026-12-20")
    sent = {"version": record_of(arrived).version, "why": "an error"}
    answer = browse(secretary).post(page_of(arrived, "undoing"), data=sent, follow_redirects=True)
    assert "Only the office takes this back now." in answer.text
    assert arrived.id in arrival_of([arrived.id])
    browse(office).post(page_of(arrived, "undoing"), data=sent)
    assert arrival_of([arrived.id]) == {}


def test_a_stale_undo_is_refused(browse, secretary, arrived):
    sent = {"version": record_of(arrived).version - 1, "why": "an error"}
    assert browse(secretary).post(page_of(arrived, "undoing"), data=sent).status_code == 409
    assert arrived.id in arrival_of([arrived.id])


def test_nobody_came_is_said_with_a_reason_and_told_to_the_office_once(
    browse, secretary, office, coming, mei_member
):
    browser = browse(secretary)
    assert browser.post(page_of(coming, "missing"), data={"version": 0}).status_code == 422
    sent = {"version": 0, "because": "other", "note": ""}
    assert "Say which reason." in browser.post(page_of(coming, "missing"), data=sent).text
    sent |= {"because": "unreachable", "note": "called twice"}
    for _time in range(2):
        assert browser.post(page_of(coming, "missing"), data=sent).status_code == 302
    assert told(office) == ["arrival-missed"]
    assert record_of(coming).missed_because == "unreachable"
    late = browse(office).get("/entering/late").text
    assert "Cannot be reached" in late and "called twice" in late
    assert f"/leaves/record?resident={coming.resident_id}" in late
    sent = answers(coming, mei_member, version=record_of(coming).version)
    assert browser.post(page_of(coming), data=sent).status_code == 302
    assert record_of(coming).missed_at is None and record_of(coming).has_come


def test_who_has_come_cannot_be_missing(secretary, arrived):
    with pytest.raises(AlreadyThere):
        actions.miss(arrived.id, because="sick", note=None, version=1, by=secretary, at=AT)


def test_nobody_is_missing_before_the_first_day(browse, secretary, placed, bob_resident, county):
    ahead = placed(bob_resident, county.medicine, FEBRUARY, FEBRUARY.replace(month=3))
    browse(secretary).post(page_of(ahead, "missing"), data={"version": 0, "because": "sick"})
    assert db.session.query(Arrival).count() == 0


def test_notices_read_well_in_chinese(browse, arrived, alice, mei):
    for person in (alice, mei):
        person.language = "zh"
    db.session.commit()
    assert "到科" in browse(alice).get("/notices/").text
    assert "Alice" in browse(mei).get("/notices/").text
    assert db.session.query(Notice).count() == 2
