"""Teaching activities: what counts, and who sees what."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.assessments.test_lists import statements
from tests.cast import add, person
from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.notices.models import Notice
from trainingbase.roles import Role
from trainingbase.training.models import Activity

NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture
def held(county):
    """`held("Chest pain", speaker=mei, residents=[…])`: an activity that awaits approval."""

    def hold(topic, department=county.medicine, **more):
        return add(
            Activity(
                **{
                    "held_on": date(2026, 11, 4), "starts_at": "14:30", "hours": Decimal("1.5"),
                    "kind": "教学查房", "topic": topic, "department": department,
                    "submitted_at": NOW, **more,
                }
            )
        )  # fmt: skip

    return hold


@pytest.fixture
def chest_pain(held, mei, alice_resident, bob_resident):
    return held("Chest pain", speaker=mei, residents=[alice_resident, bob_resident],
                score=Decimal(91))  # fmt: skip


def test_only_what_is_approved_and_not_cancelled_counts(browse, office, held, chest_pain):
    browser, page = browse(office), "/training/activities"
    assert "0 activities, 0 hours" in browser.get(page).text
    data = {"version": 1, "from": "list"}
    answer = browser.post(f"{page}/{chest_pain.id}/approval", data=data)
    assert answer.headers["Location"] == f"{page}?state=waiting"
    assert "1 activities, 1.5 hours" in browser.get(page).text
    cancelling = {"version": 2, "because": "Speaker ill"}
    browser.post(f"{page}/{chest_pain.id}/cancellation", data=cancelling)
    assert "0 activities, 0 hours" in browser.get(page).text
    acts = db.session.scalars(select(Entry.act).order_by(Entry.id)).all()
    assert acts[-2:] == ["approve-activity", "cancel-activity"]


def test_the_speaker_is_told_of_a_cancellation(browse, office, mei, chest_pain):
    address = f"/training/activities/{chest_pain.id}/cancellation"
    browser = browse(office)
    assert "Say why" in browser.post(address, data={"version": 1}).text
    browser.post(address, data={"version": 1, "because": "Speaker ill"})
    again = browser.post(
        address, data={"version": 2, "because": "Speaker ill"}, follow_redirects=True
    )
    assert "cancelled before" in again.text
    notice = db.session.scalars(select(Notice).where(Notice.person_id == mei.id)).one()
    assert "Cancelled" in browse(mei).get(notice.path).text


def test_a_decision_on_what_somebody_else_has_changed_is_refused(browse, office, chest_pain):
    address = f"/training/activities/{chest_pain.id}/approval"
    browser = browse(office)
    browser.post(address, data={"version": 1})
    assert browser.post(address, data={"version": 1}).status_code == 409
    assert browser.post(address).status_code == 409


def test_a_resident_sees_what_they_attended_and_nobody_else(
    browse, alice, held, chest_pain, bob_resident
):
    held("Stroke", residents=[bob_resident])
    page = browse(alice).get("/training/activities").text
    assert "Chest pain" in page and "Stroke" not in page
    one = browse(alice).get(f"/training/activities/{chest_pain.id}").text
    assert "Chest pain" in one and "Bob" not in one and "91" not in one
    assert "91" not in browse(alice).get("/training/activities/export/csv").text


def test_a_speaker_sees_their_own(browse, mei, chen, chest_pain):
    assert "Chest pain" in browse(mei).get("/training/activities").text
    page = browse(mei).get(f"/training/activities/{chest_pain.id}").text
    assert "Bob" in page and "91" in page
    assert "No activities here" in browse(chen).get("/training/activities").text
    assert browse(chen).get(f"/training/activities/{chest_pain.id}").status_code == 404


def test_secretary_and_coordinator_see_their_own_places(
    browse, secretary, coordinator, county, held, chest_pain
):
    there = held("Village visit", county.village_team)
    held("For all", None)
    other = person("Feng", Role.SECRETARY, department_id=county.surgery.id)
    assert "Chest pain" in browse(secretary).get("/training/activities").text
    assert "Village visit" not in browse(secretary).get("/training/activities").text
    assert "Village visit" in browse(coordinator).get("/training/activities").text
    assert "No activities here" in browse(other).get("/training/activities").text
    assert browse(secretary).get(f"/training/activities/{there.id}").status_code == 404


def test_doors(browse, everybody, chest_pain):
    closed = {Role.LEADER, Role.ADMINISTRATOR}
    page = f"/training/activities/{chest_pain.id}"
    for role, someone in everybody.items():
        browser = browse(someone)
        assert browser.get("/training/activities").status_code == (403 if role in closed else 200)
        assert browser.post(f"{page}/approval", data={"version": 99}).status_code == (
            409 if role is Role.OFFICE else 403
        )
    office = browse(everybody[Role.OFFICE])
    assert office.get("/training/activities/999999").status_code == 404
    assert office.post("/training/activities/999999/approval").status_code == 404
    assert office.get(f"{page}/approval").status_code == 405
    assert office.post(page).status_code == 405


def test_the_list_is_filtered_and_sorted(browse, office, county, held, chest_pain):
    held("Cough", kind="小讲课", held_on=date(2026, 10, 2), approved_at=NOW)
    held("For all", None, held_on=date(2026, 12, 1), cancelled_at=NOW)
    browser = browse(office)

    def topics(query):
        text = browser.get(f"/training/activities/export/csv?{query}").data.decode("utf-8-sig")
        return [row[4] for row in csv.reader(io.StringIO(text))][1:]

    assert topics("") == ["Chest pain", "Cough", "For all"]  # what is ahead comes last
    assert topics("sort=held") == ["Cough", "Chest pain", "For all"]
    assert topics("month=2026-12-01") == ["For all"]
    assert topics("kind=小讲课") == topics("state=approved") == ["Cough"]
    assert topics("state=cancelled") == ["For all"]
    assert topics(f"department={county.medicine.id}") == ["Chest pain", "Cough"]
    assert topics("search=mei") == topics("search=Chest") == topics("state=waiting")
    for key in ("held", "kind", "speaker", "topic", "hours", "attended", "score"):
        assert len(topics(f"sort={key}")) == len(topics(f"sort=-{key}")) == 3
    for forged in ("month=2026-13-45", "department=99999999999999999999", "kind=x", "page=0"):
        assert browser.get(f"/training/activities?{forged}").status_code == 200
    assert browser.get("/training/activities/export/pdf").status_code == 404


def test_a_longer_list_takes_no_more_statements(browse, office, held, alice_resident):
    browser, counts = browse(office), []
    for number in range(22):
        held(f"Topic {number}", residents=[alice_resident])
        if number in (1, 21):
            with statements() as seen:
                assert "Topic 1" in browser.get("/training/activities").text
            counts.append(len(seen))
    assert counts[0] == counts[1]
