"""A resident answers once, in seconds, and nobody has to."""

import re

import pytest
from sqlalchemy import func, select

from tests.ballots.conftest import at, ballot_about, said
from tests.cast import put
from trainingbase.ballots import actions, keys
from trainingbase.ballots.models import Ballot, BallotSubject, Envelope, NotOpen
from trainingbase.db import db
from trainingbase.notices.models import Notice
from trainingbase.training.models import Activity, attendances


@pytest.fixture
def asked(school, mei_member, monkeypatch):
    """The round about June is open today, the 5th of July; the first resident was with Mei."""
    (one,) = school.people(1)
    school.stay(one, 1, mei_member)
    school.opened(1)
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-07-05")
    return one


@pytest.fixture
def page(asked, browse):
    """The resident's browser, and where their one ballot is."""
    browser = browse(asked.person)
    listed = browser.get("/ballots/").text
    return browser, re.search(r'href="(/ballots/mine/[0-9a-f]{32})"', listed).group(1)


def test_what_happened_is_what_is_asked(school, mei_member, office, county):
    """The supervisor and the department of a stay that ended, an activity attended, the base."""
    from tests.ballots.conftest import form

    for subject in ("department", "activity", "base"):
        form(subject)
    one, other = school.people(2)
    school.stay(one, 0, mei_member)
    school.placed(other, county.surgery, school.month(0), school.month(2))  # has not ended
    activity = put(
        Activity(
            held_on=school.month(0), kind="教学查房", topic="x", department=county.medicine,
            approved_at=at(school.month(0)),
        )
    )  # fmt: skip
    db.session.execute(attendances.insert().values(activity_id=activity.id, resident_id=one.id))
    db.session.commit()
    school.opened(0)
    kinds = db.session.execute(
        select(Ballot.person_id, BallotSubject.kind).join(Ballot.subject)
    ).all()
    mine = {kind for person, kind in kinds if person == one.person_id}
    assert mine - {"base"} == {"teacher", "department", "activity"}
    assert {kind for person, kind in kinds if person == other.person_id} <= {"base"}
    assert school.opened(0) is None  # once


def test_without_a_form_nobody_is_asked(school, mei_member):
    school.forms["teacher"].is_in_use = False
    db.session.commit()
    school.stay(*school.people(1), 0, mei_member)
    assert school.opened(0) is None


def test_a_resident_answers_and_gets_a_receipt(page, asked, mei_member):
    browser, address = page
    form = browser.get(address).text
    assert "This is anonymous" in form and "Mei" in form
    sent = browser.post(address, data={"A_1": "4", "A_2": "5", "A_4": "Explains well"})
    assert (sent.status_code, sent.headers["Location"]) == (302, "/ballots/")
    assert "You have answered" in browser.get("/ballots/").text
    assert ballot_about(asked, mei_member).state == "answered"
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 1


def test_sent_twice_is_counted_once(page):
    browser, address = page
    for _time in range(2):
        browser.post(address, data={"A_1": "4", "A_2": "5"})
    assert "it was not counted twice" in browser.get("/ballots/").text
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 1


def test_a_blank_answer_is_none(page, asked, mei_member):
    browser, address = page
    blank = browser.post(address, data={"A_4": "  "})
    assert blank.status_code == 422 and "Every answer is blank" in blank.text
    assert ballot_about(asked, mei_member).state == "open"


@pytest.mark.parametrize("mark", ["9", "-1", "x", "99999999999999999999", "NaN"])
def test_a_forged_mark_is_refused_at_its_field(page, mark):
    browser, address = page
    assert browser.post(address, data={"A_1": mark, "A_2": "5"}).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 0


def test_left_out_and_taken_up_again(page, asked, mei_member):
    browser, address = page
    browser.post(f"{address}/left-out")
    assert ballot_about(asked, mei_member).state == "left_out"
    assert browser.post(address, data={"A_1": "4"}).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Envelope)) == 0
    browser.post(f"{address}/taken-up")
    browser.post(f"{address}/taken-up")
    assert ballot_about(asked, mei_member).state == "open"


def test_anothers_address_is_no_page(page, school, browse, alice):
    _browser, address = page
    other = browse(alice)
    assert other.get(address).status_code == 404
    assert other.post(address, data={"A_1": "1"}).status_code == 404
    assert other.get("/ballots/mine/" + "0" * 32).status_code == 404
    assert other.get("/ballots/mine/匿名").status_code == 404


def test_a_closed_round_takes_nothing(page, monkeypatch, asked, mei_member):
    browser, address = page
    ballot = ballot_about(asked, mei_member)
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-07-29")  # the 28 days are over
    assert browser.post(address, data={"A_1": "4"}).status_code == 404
    with pytest.raises(NotOpen):
        actions.answer(ballot, given=said(4), today=ballot.round.closes_on)


def test_without_its_key_nothing_is_kept_open(page, asked, mei_member):
    browser, address = page
    keys.destroy([ballot_about(asked, mei_member).round.key])
    sent = browser.post(address, data={"A_1": "4", "A_2": "5"})
    assert sent.status_code == 422 and "could not be sealed" in sent.text
    assert ballot_about(asked, mei_member).state == "open"


def test_a_reminder_only_says_not_yet_and_only_once(school, mei_member):
    answered, silent = school.people(2)
    for one in (answered, silent):
        school.stay(one, 0, mei_member)
    round_ = school.opened(0)
    school.answer(answered, mei_member, said(4))
    late = school.month(1).replace(day=25)
    assert actions.remind(today=school.month(1), at=at(late)) == 0
    assert actions.remind(today=late, at=at(late)) == 1
    assert actions.remind(today=late, at=at(late)) == 0
    (notice,) = db.session.scalars(select(Notice).where(Notice.kind == "ballots-not-yet"))
    assert (notice.person_id, notice.path) == (silent.person_id, "/ballots/")
    assert notice.facts == {"closes_on": round_.closes_on.isoformat()}


def test_no_resident_has_a_ballot_about_themselves(school, county):
    """A resident who also teaches."""
    from trainingbase.faculty.models import FacultyMember

    (one,) = school.people(1)
    own = put(FacultyMember(person=one.person, staff_number="77", title="医师", most_residents=1))
    school.stay(one, 0, own)
    assert school.opened(0) is None
