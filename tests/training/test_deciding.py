"""Handing in, approving, returning, correcting; scores and opinions; what counts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.cast import add
from trainingbase import clock
from trainingbase.db import db
from trainingbase.logbook.queries.counts import attended_by
from trainingbase.notices.models import Notice
from trainingbase.training.models import Attendance, Rating, Score
from trainingbase.training.queries.activities import hours_counted
from trainingbase.training.sheets import newest

NOW = clock.now()


@pytest.fixture
def came(activity, here):
    """An activity of an hour ago, where Alice was."""
    one = activity(begins=-60)
    add(Attendance(activity_id=one.id, resident_id=here.resident_id, how="code",
                   signed_in_at=one.begins))  # fmt: skip
    return one


def act(browser, one, what, **data):
    return browser.post(
        f"/training/activities/{one.id}/{what}", data={"version": one.version, **data}
    )


def counted(here):
    return hours_counted(here.resident_id)[0], len(attended_by([here.resident_id]))


def test_it_counts_from_approval_to_cancelling(browse, mei, office, here, came):
    assert counted(here) == (0, 0)
    act(browse(mei), came, "handing-in")
    assert came.state == "waiting" and counted(here) == (0, 0)
    act(browse(office), came, "approval")
    assert came.state == "approved" and counted(here) == (1, 1)
    act(browse(office), came, "cancellation", because="Entered twice")
    assert counted(here) == (0, 0)


def test_what_is_ahead_is_not_handed_in_and_what_was_not_handed_in_not_approved(
    browse, mei, office, activity, came
):
    ahead = activity(begins=90)
    act(browse(mei), ahead, "handing-in")
    assert ahead.state == "planned"
    act(browse(office), came, "approval")
    assert came.state == "planned"


def test_a_returned_one_is_put_right_and_handed_in_again(browse, mei, office, came):
    act(browse(mei), came, "handing-in")
    assert "Say why" in act(browse(office), came, "returning").text
    act(browse(office), came, "returning", because="Who is missing?")
    assert came.state == "returned"
    page = browse(mei).get(f"/training/activities/{came.id}").text
    assert "Who is missing?" in page and "Hand in" in page
    assert db.session.scalars(select(Notice.kind).where(Notice.person_id == mei.id)).all() == [
        "activity-returned"
    ]
    act(browse(mei), came, "handing-in")
    assert came.state == "waiting" and came.because is None


def test_what_is_approved_is_changed_by_a_correction_only(
    browse, mei, office, here, bob_resident, came
):
    act(browse(mei), came, "handing-in")
    act(browse(office), came, "approval")
    assert browse(mei).get(f"/training/activities/{came.id}/plan").status_code == 302
    act(browse(mei), came, "by-hand", guests=[bob_resident.id], reason="Late")
    act(browse(mei), came, f"list/{here.resident_id}", reason="Left")
    assert act(browse(mei), came, "cancellation", because="No").status_code == 404
    assert counted(here) == (1, 1)
    assert act(browse(mei), came, "correction").status_code == 403
    page = f"/training/activities/{came.id}/correction"
    right = {
        "version": came.version, "more": [bob_resident.id], "fewer": [here.resident_id],
        "reason": "Names were mixed up",
    }  # fmt: skip
    assert "Say why" in browse(office).post(page, data=right | {"reason": ""}).text
    browse(office).post(page, data=right)
    back = right | {"more": [here.resident_id], "fewer": [bob_resident.id]}
    assert browse(office).post(page, data=back).status_code == 409
    assert counted(here) == (0, 0) and hours_counted(bob_resident.id)[0] == 1
    shown = browse(office).get(f"/training/activities/{came.id}").text
    assert "Names were mixed up" in shown and "Corrected by the office" in shown


def test_many_are_approved_at_once_but_not_what_changed_meanwhile(browse, mei, office, activity):
    rows = [activity(begins=-60, topic=f"Topic {n}", submitted_at=NOW) for n in range(3)]
    browser = browse(office)
    assert "Approve those chosen" in browser.get("/training/activities?state=waiting").text
    data = {"activity": [f"{rows[0].id}:1", f"{rows[1].id}:1", f"{rows[2].id}:7", "x:1", "9999:1"]}
    page = browser.post("/training/activities/approvals", data=data, follow_redirects=True).text
    assert "Approved: 2." in page and "or your own: 1" in page
    assert [one.state for one in rows] == ["approved", "approved", "waiting"]
    assert (
        "Choose at least one"
        in browser.post("/training/activities/approvals", follow_redirects=True).text
    )
    assert browse(mei).post("/training/activities/approvals", data=data).status_code == 403


def test_the_official_sheet_adds_up_and_the_mean_is_shown(browse, mei, office, secretary, came):
    sheet = newest()["teaching_round"]
    assert sheet.highest == 100
    full = {f"item_{one.code.replace('.', '_')}": one.points for one in sheet.items}
    page = f"/training/activities/{came.id}/score"
    assert browse(mei).get(page).status_code == 404  # their own
    over = full | {"item_TR1_1": 7}
    assert "Between 0 and 6" in browse(office).post(page, data=over).text
    browse(office).post(page, data=full)
    browse(secretary).post(page, data=full | {"item_TR2_6": "5", "note": "More questions"})
    assert came.score == Decimal("97.5")
    shown = browse(mei).get(f"/training/activities/{came.id}").text
    assert "97.5 of 100, from 2 scorers" in shown
    second = db.session.scalars(select(Score).order_by(Score.id.desc())).first()
    assert (
        "More questions"
        in browse(mei).get(f"/training/activities/{came.id}/scores/{second.id}").text
    )
    assert browse(secretary).post(page, data=full | {"version": 99}).status_code == 409
    browse(secretary).post(page, data=full | {"version": 1})
    assert came.score == 100


def test_residents_who_came_say_how_it_was_without_their_name(
    browse, mei, alice, bob, bob_resident, here, came
):
    page = f"/training/activities/{came.id}/rating"
    browse(alice).post(page, data={"stars": 4})
    browse(alice).post(page, data={"stars": 5, "text": "Clear"})
    assert [one.stars for one in db.session.scalars(select(Rating))] == [5]
    shown = browse(mei).get(f"/training/activities/{came.id}").text
    opinions = shown.split("How it was")[1].split("History")[0]
    assert "5 of 5, from 1" in opinions and "Clear" in opinions and "Alice" not in opinions
    assert browse(bob).post(page, data={"stars": 1}).status_code == 404


def test_lists_and_pages_take_the_same_statements_for_many(
    browse, office, mei, here, activity, statements
):
    pages = (
        "/training/activities", "/training/agenda", "/training/mine", "/training/roster",
        "/training/activities/export/csv",
    )  # fmt: skip
    counts = []
    for number in range(12):
        begins = -60 * number - 60 - (number % 2) * 1440  # today and before, in both counts
        one = activity(begins=begins, topic=f"Topic {number}", others=[office],
                       submitted_at=NOW, approved_at=NOW - timedelta(hours=1))  # fmt: skip
        add(Attendance(activity_id=one.id, resident_id=here.resident_id, how="code"))
        if number in (1, 11):
            counts.append(
                [
                    statements(lambda at=page: browse(mei if "mine" in at else office).get(at))
                    for page in pages
                ]
            )
    assert counts[0] == counts[1]


def test_who_speaks_does_not_approve_it(browse, office, mei, activity):
    own = activity(begins=-60, speaker=office, submitted_at=NOW)
    beside = activity(begins=-60, speaker=mei, others=[office], submitted_at=NOW)
    clerk = browse(office)
    for one in (own, beside):
        assert "/approval" not in clerk.get(f"/training/activities/{one.id}").text
        address = f"/training/activities/{one.id}/approval"
        page = clerk.post(address, data={"version": 1}, follow_redirects=True).text
        assert "Who speaks does not approve it" in page
    many = {"activity": [f"{own.id}:1", f"{beside.id}:1"]}
    page = clerk.post("/training/activities/approvals", data=many, follow_redirects=True).text
    assert "Approved: 0." in page and own.approved_at is None and beside.approved_at is None


def test_what_has_begun_is_moved_by_the_office_only(browse, office, mei, activity):
    one = activity(begins=-90)
    sent = {
        "kind": one.kind, "topic": "Chest pain, again", "department": one.department_id,
        "held_on": one.held_on.isoformat(), "starts": one.starts_at, "minutes": 60,
        "speaker": mei.id, "audience": "department", "version": 1,
    }  # fmt: skip
    address = f"/training/activities/{one.id}/plan"
    moved = sent | {"held_on": (one.held_on - timedelta(days=3)).isoformat()}
    before, day = browse(mei), one.held_on
    page = before.post(address, data=moved)
    assert "only the office moves it" in page.text and one.held_on == day
    assert before.post(address, data=sent).status_code == 302 and one.topic.endswith("again")
    moved["version"] = one.version
    assert browse(office).post(address, data=moved).status_code == 302
    assert one.held_on == day - timedelta(days=3)
