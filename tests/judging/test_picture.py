"""The picture: narrative first, reliability beside every mean, drafts for nobody else."""

import re
from datetime import date
from decimal import Decimal

import pytest

from tests.cast import add
from tests.judging.conftest import AT, TODAY
from tests.judging.ward import play_forms
from trainingbase.assessments.models import Amendment, Submission
from trainingbase.db import db
from trainingbase.judging.charts import radar, timeline
from trainingbase.judging.models import LearningPlan, Reflection
from trainingbase.judging.queries.content import content_of
from trainingbase.judging.rules.comparing import differences
from trainingbase.rotations.models import Placement
from trainingbase.signatures.rules import digest


@pytest.fixture
def ward(county, plan_in_force, alice_resident):
    play_forms(county, plan_in_force, alice_resident)


@pytest.fixture
def content(ward, alice_resident):
    return content_of(alice_resident.id, today=TODAY)


def of(content, code):
    return next(one for one in content["competencies"] if one["code"] == code)


def test_what_was_said_comes_newest_first(content):
    assert [one["words"][0]["text"] for one in content["forms"]][:2] == [
        "Asked about drugs, visit 5.", "Asked about drugs, visit 4.",
    ]  # fmt: skip


def test_beside_a_mean_stand_the_freed_one_and_how_far_it_can_be_trusted(content):
    one = of(content, "communication")
    assert one["forms"] == 6 and one["assessors"] == 4
    raw, freed, error = (Decimal(one[key]) for key in ("mean", "adjusted", "error"))
    assert raw > freed > raw - 1 and 0 < error < 1
    assert Decimal(one["trust"]["phi"]) > Decimal("0.7")


def test_too_few_forms_give_no_number(county, plan_in_force, alice_resident):
    play_forms(county, plan_in_force, alice_resident, each=4)
    one = of(content_of(alice_resident.id, today=TODAY), "communication")
    assert (one["mean"], one["adjusted"], one["error"]) == (None, None, None)
    assert len(one["points"]) == 4


def test_what_was_not_seen_yet_is_not_in_it(ward, alice_resident):
    early = content_of(alice_resident.id, today=date(2026, 10, 6))
    assert len(early["forms"]) == 2


def test_the_same_content_gives_the_same_digest(content, alice_resident):
    assert digest(content) == digest(content_of(alice_resident.id, today=TODAY))


def test_an_amendment_shows_as_a_difference(content, alice_resident, mei):
    one = db.session.scalars(
        db.select(Submission).where(Submission.resident_id == alice_resident.id)
    ).first()
    add(Amendment(submission_id=one.id, form_key="a", by_id=mei.id, at=AT, text="It was the left."))
    [found] = differences(content, content_of(alice_resident.id, today=TODAY))
    assert found.what == "form_amended" and found.of["submission"] == one.id


def test_radar_and_timeline_are_drawn_of_the_content(content):
    assert len([one for one in radar(content["competencies"])["data"] if "name" in one]) == 2
    points = timeline(content["competencies"], {})["data"]
    assert len(points) == 4 and all(len(one["x"]) == 6 for one in points)
    assert radar([]) is None and timeline([], {}) is None


def test_each_point_opens_its_form(browse, ward, alice):
    page = browse(alice).get("/judging/picture").text
    one = db.session.scalars(db.select(Submission)).first()
    assert f"/assessments/feedback/{one.id}" in page


@pytest.fixture
def drafts(alice_resident, alice):
    common = {"resident_id": alice_resident.id}
    add(Reflection(**common, title="Secret thought", text="x", written_at=AT))
    add(Reflection(**common, title="Open thought", text="x", written_at=AT, shared_at=AT))
    plan = {"origin": "own", "owner_id": alice.id, "made_at": AT, "made_by_id": alice.id}
    add(LearningPlan(**common, **plan, goal="Secret goal", due_on=TODAY))
    add(LearningPlan(**common, **plan, goal="Open goal", due_on=TODAY, shared_at=AT))


def test_a_draft_is_seen_by_nobody_else(browse, drafts, alice, office, alice_resident):
    mine = browse(alice).get("/judging/picture").text
    assert "Secret thought" in mine and "Secret goal" in mine
    theirs = browse(office).get(f"/judging/residents/{alice_resident.id}").text
    assert "Open thought" in theirs and "Open goal" in theirs
    assert "Secret" not in theirs
    assert "Secret" not in browse(alice).get("/judging/picture/committee").text
    assert "Secret" not in browse(office).get("/judging/plans").text
    assert "Secret" not in browse(office).get("/judging/plans/export/csv").text


def test_tutor_and_supervisor_see_their_residents_and_no_others(
    browse, alice_resident, bob_resident, mei, mei_member, chen, placed, county
):
    address = f"/judging/residents/{alice_resident.id}"
    assert browse(mei).get(address).status_code == 404
    placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1), mei_member)
    assert browse(mei).get(address).status_code == 200
    assert browse(mei).get(f"/judging/residents/{bob_resident.id}").status_code == 404
    bob_resident.tutor_id = chen.id
    db.session.commit()
    assert browse(chen).get(f"/judging/residents/{bob_resident.id}").status_code == 200
    assert browse(chen).get(address).status_code == 404


def test_a_leader_who_sits_nowhere_sees_nobody(browse, alice_resident, leader):
    assert browse(leader).get(f"/judging/residents/{alice_resident.id}").status_code == 404


def test_a_plan_is_written_shared_reported_and_closed(browse, alice, alice_resident, bob):
    browser = browse(alice)
    new = {"goal": "Read ten ECGs", "due_on": "2026-12-31", "form_key": "k", "competency": ""}
    for _time in range(2):
        browser.post("/judging/picture/plans/new", data=new)
    [plan] = db.session.scalars(db.select(LearningPlan))
    address = f"/judging/picture/plans/{plan.id}"
    assert browse(bob).get(address).status_code == 404
    stale = {**new, "goal": "Read five", "version": "7"}
    assert browser.post(address, data=stale).status_code == 409
    browser.post(address, data={**new, "share": "y", "version": "1"})
    db.session.refresh(plan)
    assert plan.shared_at is not None
    assert browser.post(f"{address}/discarding").status_code == 302
    report = {"result": "Done", "is_done": "y", "version": str(plan.version)}
    browser.post(f"/judging/plans/{plan.id}", data=report)
    db.session.refresh(plan)
    assert plan.closed_at is not None and plan.result == "Done"


def test_what_a_draft_said_before_is_told_to_nobody(browse, alice, drafts, office):
    plan = db.session.scalars(db.select(LearningPlan).where(LearningPlan.shared_at.is_(None))).one()
    browser, address = browse(alice), f"/judging/picture/plans/{plan.id}"
    for version, goal in (("1", "Secret hope"), ("2", "Plain goal")):
        said = {"goal": goal, "due_on": "2026-12-31", "competency": "", "version": version}
        browser.post(address, data=said)
    browser.post(address, data={**said, "share": "y", "version": "3"})
    browser.post(address, data={**said, "goal": "Plainer goal", "share": "y", "version": "4"})
    page = browse(office).get(f"/judging/plans/{plan.id}").text
    assert "Plainer goal" in page and "Plain goal" in page and "Secret" not in page
    assert "Secret" not in browser.get(f"/judging/plans/{plan.id}").text


def test_a_reflection_is_taken_back_from_the_others(browse, alice, drafts):
    one = db.session.scalars(db.select(Reflection).where(Reflection.shared_at.is_not(None))).one()
    data = {"title": "Mine again", "text": "x", "competency": "", "version": str(one.version)}
    browse(alice).post(f"/judging/picture/reflections/{one.id}", data=data)
    db.session.refresh(one)
    assert one.shared_at is None and one.title == "Mine again"


def test_nobody_reports_a_plan_that_is_not_theirs(browse, drafts, office):
    plan = db.session.scalars(
        db.select(LearningPlan).where(LearningPlan.shared_at.is_not(None))
    ).one()
    data = {"result": "Hm", "version": "1"}
    assert browse(office).post(f"/judging/plans/{plan.id}", data=data).status_code == 404


def test_forms_are_links_for_whom_they_open(ward, browse, office, alice_resident, mei, mei_member):
    mine = db.session.scalars(
        db.select(Submission).where(Submission.resident_id == alice_resident.id)
    ).first()
    mine.placement.supervisor_id = mei_member.id
    others = add(
        Placement(
            plan_id=mine.placement.plan_id, resident_id=alice_resident.id,
            department_id=mine.placement.department_id, published_at=AT, changed_at=AT,
            standard_department_id=mine.placement.standard_department_id,
            starts_on=date(2026, 6, 1), ends_on=date(2026, 9, 1),
        )
    )  # fmt: skip
    db.session.execute(
        db.update(Submission).where(Submission.id == mine.id).values(placement_id=others.id)
    )
    db.session.commit()

    def links(who) -> set[str]:
        browser = browse(who)
        page = browser.get(f"/judging/residents/{alice_resident.id}").text
        found = set(re.findall(r'href="(/assessments/submissions/\d+)"', page))
        assert all(browser.get(one).status_code == 200 for one in found)
        return found

    assert links(office) - links(mei) == {f"/assessments/submissions/{mine.id}"}
    assert len(links(office)) == 6
