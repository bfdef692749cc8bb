"""Signing in by the code on the screen: what works once, and what does not work."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.cast import add
from trainingbase import clock
from trainingbase.db import db
from trainingbase.training.actions import approving
from trainingbase.training.models import Attendance
from trainingbase.training.queries.activities import hours_counted
from trainingbase.training.rules.times import IN, OUT, Signing, begins, ends

NOON = begins(datetime(2026, 11, 22, tzinfo=UTC).date(), "12:00")
RULE = Signing(20, 30, 5, True, 10, 30, one_device=False, outsiders=True, seconds=30, list_days=7)


def rows():
    return db.session.scalars(select(Attendance)).all()


def test_the_window_stands_around_beginning_and_end():
    end = ends(NOON.date(), "12:00", 60)
    signing_in, signing_out = RULE.window(IN, NOON, end), RULE.window(OUT, NOON, end)
    second, minute = timedelta(seconds=1), timedelta(minutes=1)
    assert signing_in.covers(NOON - 20 * minute) and not signing_in.covers(NOON - 21 * minute)
    assert signing_in.covers(NOON + 30 * minute - second)
    assert not signing_in.covers(NOON + 30 * minute)
    assert signing_out.covers(end - 10 * minute) and not signing_out.covers(end + 30 * minute)
    assert RULE.is_late(NOON, NOON + 6 * minute) and not RULE.is_late(NOON, NOON + 5 * minute)


def test_who_scans_and_presses_the_button_is_on_the_list_once(browse, alice, here, activity, link):
    one, browser = activity(), browse(alice)
    address = link(one)
    for method in ("get", "head"):
        assert getattr(browser, method)(address).status_code == 200
    assert rows() == []
    assert "You have signed in" in browser.post(address).text
    assert "You have signed in" in browser.post(address).text
    (row,) = rows()
    assert (row.how, row.is_late, row.device) == ("code", False, None)
    assert "Chest pain" in browser.get("/training/mine").text


def test_who_comes_late_is_noted_as_late(browse, alice, here, activity, link):
    assert "Came late" in browse(alice).post(link(activity(begins=-10))).text
    assert rows()[0].is_late is True


@pytest.mark.parametrize(("starts", "status"), [(60, 409), (-45, 410), (-24 * 60, 410)])
def test_outside_the_window_the_right_code_is_refused(
    browse, alice, here, activity, link, starts, status
):
    assert browse(alice).post(link(activity(begins=starts))).status_code == status
    assert rows() == []


def test_a_photograph_of_the_code_is_worth_nothing_later(browse, alice, here, activity, link):
    one = activity()
    old = link(one, moment=clock.now() - timedelta(minutes=2))
    answer = browse(alice).post(old)
    assert answer.status_code == 410 and "no longer shown" in answer.text and rows() == []


def test_a_code_is_good_for_one_activity_and_one_purpose(browse, alice, here, activity, link):
    one, other = activity(), activity(topic="Stroke")
    browser = browse(alice)
    assert browser.post(link(one, of=other.id)).status_code == 410
    assert browser.post(link(one, what="in").replace("/in/", "/out/")).status_code == 410
    assert browser.post(f"/training/activities/{one.id}/sign/in/{'0' * 20}").status_code == 410
    assert browser.post(f"/training/activities/{one.id}/sign/up/{'0' * 20}").status_code == 404
    assert browser.post(f"/training/activities/{one.id}/sign/in/签到").status_code == 410
    assert rows() == []


def test_only_residents_sign_and_only_for_themselves(
    browse, mei, office, alice, here, activity, link
):
    one = activity()
    address = link(one)
    assert browse(mei).post(address).status_code == 403
    assert browse(office).post(address).status_code == 403
    browse(alice).post(address, data={"resident_id": 999})
    assert [row.resident_id for row in rows()] == [here.resident_id]


def test_whether_the_uninvited_sign_is_the_bases_choice(
    browse, bob, bob_resident, activity, link, setting
):
    one = activity()
    setting("activity_outsiders", 0)
    answer = browse(bob).post(link(one))
    assert answer.status_code == 404 and "not invited" in answer.text
    assert "Chest pain" not in answer.text.split("<main")[1]
    setting("activity_outsiders", 1)
    assert browse(bob).post(link(one)).status_code == 200
    assert len(rows()) == 1


def test_one_telephone_signs_in_one_resident_where_the_base_wishes(
    browse, alice, bob, bob_resident, here, activity, link, setting
):
    setting("activity_one_device", 1)
    one, phone, other = activity(), browse(alice), browse(bob)
    phone.get(link(one))
    assert phone.post(link(one)).status_code == 200
    cookie = phone.get_cookie("device")
    other.set_cookie("device", cookie.value)
    answer = other.post(link(one))
    assert answer.status_code == 409 and "from this telephone" in answer.text
    assert len(rows()) == 1
    other.delete_cookie("device")
    other.get(link(one))
    assert other.post(link(one)).status_code == 200


def test_without_signing_out_it_does_not_count_where_the_base_asks(
    browse, alice, office, here, activity, link, setting
):
    setting("activity_sign_out", 1)
    one, browser = activity(), browse(alice)
    out = link(one, "out")
    assert browser.post(out).status_code == 409  # an hour of it is still to come
    assert "without that it does not count" in browser.post(link(one)).text
    approving.submit(one, version=one.version, by=office, at=clock.now())
    approving.approve(one, version=one.version, by=office, at=clock.now(), with_out=True)
    assert hours_counted(here.resident_id)[0] == 0
    assert rows()[0].counts is False


def test_one_signs_out_after_signing_in_only(browse, alice, here, activity, link):
    one, browser = activity(begins=-60), browse(alice)
    assert browser.post(link(one, "out")).status_code == 409
    add(Attendance(activity_id=one.id, resident_id=here.resident_id, how="code",
                   signed_in_at=clock.now()))  # fmt: skip
    assert "You have signed out" in browser.post(link(one, "out")).text
    first = rows()[0].signed_out_at
    browser.post(link(one, "out"))
    assert rows()[0].signed_out_at == first


@pytest.mark.parametrize("state", ["submitted_at", "approved_at", "cancelled_at"])
def test_a_closed_list_takes_nobody(browse, alice, here, activity, link, state):
    one = activity(**{state: clock.now()})
    assert browse(alice).post(link(one)).status_code in (404, 410)
    assert rows() == []


def test_the_screen_is_the_speakers_and_says_how_many(
    browse, mei, chen, alice, here, activity, link
):
    one, page = activity(), "/training/activities/{}/code/in"
    browse(alice).post(link(one))
    screen = browse(mei).get(page.format(one.id)).text
    assert "Signed in: 1" in screen and "hx-get" in screen
    assert browse(chen).get(page.format(one.id)).status_code == 404
    assert browse(alice).get(page.format(one.id)).status_code == 403
    part = browse(mei).get(page.format(one.id) + "?part=1").text
    assert "<html" not in part and 'id="code"' in part
    early = browse(mei).get(page.format(activity(begins=300).id)).text
    assert "Not open yet" in early and "<img" not in early.split("<main")[1]
    picture = browse(mei).get(page.format(one.id) + f"/{'a1' * 10}.svg")
    assert picture.mimetype == "image/svg+xml"
    assert browse(mei).get(page.format(one.id) + f"/{'a' * 4000}.svg").status_code == 404


def test_the_speaker_notes_by_hand_with_a_reason(browse, mei, alice, here, bob_resident, activity):
    one, browser = activity(), browse(mei)
    page = f"/training/activities/{one.id}/by-hand"
    assert "Alice" in browser.get(page).text
    assert "Say why" in browser.post(page, data={"residents": [here.resident_id]}).text
    browser.post(page, data={"residents": [here.resident_id], "reason": "Battery empty"})
    (row,) = rows()
    assert (row.how, row.reason, row.by_id) == ("speaker", "Battery empty", mei.id)
    shown = browser.get(f"/training/activities/{one.id}").text
    assert "By hand" in shown and "Battery empty" in shown
    off = f"/training/activities/{one.id}/list/{here.resident_id}"
    assert browse(alice).post(off).status_code == 403
    browser.post(off, data={"reason": "Was not there"})
    assert rows() == []
    assert "Was not there" in browser.get(f"/training/activities/{one.id}").text


def test_nothing_is_noted_before_it_begins_or_long_after(browse, mei, office, here, activity):
    form = {"residents": [here.resident_id], "reason": "Battery empty"}
    ahead, past = activity(begins=60), activity(begins=-9 * 24 * 60)
    page = f"/training/activities/{ahead.id}/by-hand"
    assert "not begun" in browse(mei).post(page, data=form).text
    browse(mei).post(f"/training/activities/{past.id}/by-hand", data=form)
    assert rows() == []
    browse(office).post(f"/training/activities/{past.id}/by-hand", data=form)
    assert len(rows()) == 1
