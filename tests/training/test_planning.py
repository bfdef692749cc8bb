"""Planning activities: by whom, when, what is in the way, repeated, changed and cancelled."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from tests.cast import person
from trainingbase.db import db
from trainingbase.history.models import Change
from trainingbase.notices.models import Notice
from trainingbase.roles import Role
from trainingbase.training.actions import reminding
from trainingbase.training.models import Activity
from trainingbase.training.queries.activities import activity_for

NEW = "/training/activities/new"


@pytest.fixture
def form(county, mei):
    def answers(**more):
        return {
            "kind": "小讲课", "topic": "Asthma", "department": county.medicine.id,
            "held_on": "2026-12-01", "starts": "14:30", "minutes": 40, "room": "Room 3",
            "speaker": mei.id, "audience": "department", "form_key": "one", **more,
        }  # fmt: skip

    return answers


def made():
    return db.session.scalars(select(Activity).order_by(Activity.held_on)).all()


def told(person_):
    rows = select(Notice.kind).where(Notice.person_id == person_.id)
    return db.session.scalars(rows.order_by(Notice.id)).all()


def test_a_secretary_plans_and_the_speaker_and_the_residents_see_it(
    browse, secretary, mei, alice, bob, here, bob_resident, form
):
    browse(secretary).post(NEW, data=form())
    browse(secretary).post(NEW, data=form())  # the same form sent twice
    (one,) = made()
    assert (one.until, one.minutes, one.state) == ("15:10", 40, "planned")
    assert told(mei) == ["activity-planned"]
    assert "Asthma" in browse(mei).get("/training/mine").text
    assert "Asthma" in browse(alice).get("/training/mine").text
    assert "Asthma" not in browse(bob).get("/training/mine").text
    assert browse(bob).get(f"/training/activities/{one.id}").status_code == 404
    assert "Asthma" in browse(mei).get("/training/agenda?month=2026-12").text


def test_what_is_missing_is_said_at_its_field(browse, office, form):
    browser = browse(office)
    for wrong, words in (
        ({"topic": ""}, "Type a topic"),
        ({"minutes": "1"}, "Between 5 and 720"),
        ({"link": "javascript:alert(1)"}, "Not an address"),
        ({"audience": "year"}, "Choose an intake"),
        ({"department": 0}, "choose all residents or an intake"),
        ({"repeats": "7"}, "Until when?"),
        ({"repeats": "7", "until": "2026-11-01"}, "before the first day"),
        ({"repeats": "7", "until": "2036-11-01"}, "At most"),
    ):
        assert words in browser.post(NEW, data=form(**wrong)).text, wrong
    assert made() == []


def test_nobody_plans_for_others(browse, county, secretary, mei, chen, form):
    assert (
        "Not a valid choice"
        in browse(secretary).post(NEW, data=form(department=county.surgery.id)).text
    )
    answer = browse(chen).post(NEW, data=form(department=county.surgery.id, speaker=mei.id))
    assert "Not a valid choice" in answer.text
    none = browse(chen).post(NEW, data=form(department=county.surgery.id, speaker=0))
    assert "only what you speak at" in none.text
    assert made() == []
    browse(chen).post(NEW, data=form(department=county.surgery.id, speaker=chen.id))
    assert len(made()) == 1


def test_speaker_and_room_are_not_taken_twice_without_saying_so(browse, office, county, form):
    browser = browse(office)
    browser.post(NEW, data=form())
    same_speaker = form(form_key="two", starts="15:00", room="Elsewhere", topic="Cough")
    assert "A speaker is busy" in browser.post(NEW, data=same_speaker).text
    same_room = form(form_key="three", starts="15:00", room="room3", speaker=0, topic="Cough")
    assert "in the same room" in browser.post(NEW, data=same_room).text
    assert len(made()) == 1
    browser.post(NEW, data=same_speaker | {"all_the_same": "y"})
    browser.post(NEW, data=form(form_key="four", starts="16:00", topic="Right after"))
    there = form(form_key="five", department=county.village_team.id, speaker=0, topic="Village")
    browser.post(NEW, data=there)
    assert {one.topic for one in made()} == {"Asthma", "Cough", "Right after", "Village"}


def test_what_is_repeated_leaves_public_holidays_out(browse, office, form):
    every_week = form(held_on="2026-09-24", repeats="7", until="2026-10-15")
    browse(office).post(NEW, data=every_week)  # 1 October is the National Day
    assert [one.held_on for one in made()] == [
        date(2026, 9, 24), date(2026, 10, 8), date(2026, 10, 15)
    ]  # fmt: skip


def test_what_is_changed_stays_readable_and_the_second_editor_sees_it(browse, office, mei, form):
    browser = browse(office)
    browser.post(NEW, data=form(files=(BytesIO(b"%PDF-1.7\n%%EOF\n"), "slides.pdf")))
    (one,) = made()
    page = f"/training/activities/{one.id}/plan"
    assert "slides.pdf" in browse(mei).get(f"/training/activities/{one.id}").text
    moved = form(version=1, starts="09:00", topic="Asthma in children")
    assert browser.post(page, data=moved).status_code == 302
    assert browser.post(page, data=moved | {"topic": "COPD"}).status_code == 409
    assert "COPD" not in browser.get(f"/training/activities/{one.id}").text
    fields = db.session.scalars(select(Change.field).where(Change.subject == "activities")).all()
    assert {"starts_at", "topic"} <= set(fields)
    assert told(mei) == ["activity-planned", "activity-moved"]
    material = activity_for(office, one.id).materials[0]
    browser.post(f"/training/activities/{one.id}/materials/{material.id}/removal")
    assert "slides.pdf" not in browser.get(page).text


def test_who_it_is_not_for_changes_nothing(browse, secretary, chen, office, county, form):
    browse(office).post(NEW, data=form())
    (one,) = made()
    other = person("Feng", Role.SECRETARY, department_id=county.surgery.id)
    for address in ("plan", "cancellation", "by-hand", "code/in"):
        for somebody in (other, chen):
            page = f"/training/activities/{one.id}/{address}"
            assert browse(somebody).get(page).status_code == 404, address
    version = {"version": 1}
    assert (
        browse(chen).post(f"/training/activities/{one.id}/handing-in", data=version).status_code
        == 404
    )


def test_what_is_held_together_is_each_departments(
    browse, office, secretary, county, placed, bob, bob_resident, form
):
    placed(bob_resident, county.surgery, date(2026, 11, 1), date(2027, 1, 1))
    joint = form(department=county.surgery.id, joint=[county.medicine.id], speaker=0)
    browse(office).post(NEW, data=joint)
    assert "Asthma" in browse(secretary).get("/training/activities").text
    assert "Asthma" in browse(bob).get("/training/mine").text


def test_reminders_come_once_and_again_after_a_move(browse, office, mei, alice, here, form):
    browse(office).post(NEW, data=form(held_on="2026-11-23"))
    (one,) = made()
    at = here.published_at
    assert reminding.remind(today=date(2026, 11, 21), at=at) == 0
    assert reminding.remind(today=date(2026, 11, 22), at=at) == 1
    assert reminding.remind(today=date(2026, 11, 23), at=at) == 0
    assert told(alice) == ["activity-soon"]
    assert told(mei) == ["activity-planned", "activity-you-speak"]
    changed = form(held_on="2026-11-23", starts="16:00", version=one.version)
    browse(office).post(f"/training/activities/{one.id}/plan", data=changed)
    assert told(alice)[-1] == "activity-moved"
    assert reminding.remind(today=date(2026, 11, 23), at=at) == 1


def test_a_cancelling_is_told_and_can_be_taken_back(browse, office, mei, alice, here, form):
    browse(office).post(NEW, data=form())
    (one,) = made()
    browse(mei).post(
        f"/training/activities/{one.id}/cancellation", data={"version": 1, "because": "Ill"}
    )
    assert told(alice) == ["activity-cancelled"]
    page = browse(alice).get(f"/training/activities/{one.id}").text
    assert "Cancelled" in page and "Ill" in page
    browse(office).post(f"/training/activities/{one.id}/restoring", data={"version": 2})
    assert made()[0].state == "planned"
