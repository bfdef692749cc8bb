"""Publishing puts a plan in force without losing what hangs on its placements."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from tests.cast import add
from tests.rotations.conftest import (
    ASKED_AT,
    DECEMBER,
    FEBRUARY,
    JANUARY,
    MARCH,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
)
from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort
from trainingbase.notices.models import Notice
from trainingbase.rotations import actions
from trainingbase.rotations.models import AlreadyPublished, NotPublished, NotReady, Placement
from trainingbase.rotations.queries.findings import teacher_findings
from trainingbase.rotations.queries.judging import judge
from trainingbase.rotations.queries.plans import plan_by_id, plan_in_force

MID_OCTOBER = datetime(2026, 10, 15, 4, tzinfo=UTC)


def notices_of(person):
    rows = db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [one.kind for one in rows]


def test_a_published_plan_is_what_people_act_on(grid, office, live, alice, mei):
    plan = grid()
    actions.publish_plan(plan, by=office, at=ASKED_AT)
    assert plan_in_force().id == plan.id
    assert len(live()) == 6
    assert notices_of(alice) == ["plan-published"]
    assert notices_of(mei) == ["supervising-changed"]


def test_publishing_the_same_again_keeps_every_placement(grid, office, live, alice):
    actions.publish_plan(grid(), by=office, at=ASKED_AT)
    before = [(one.id, one.sequence, one.supervisor_id) for one in live()]
    again = grid("Again")
    done = actions.publish_plan(again, by=office, at=ASKED_AT)
    assert [(one.id, one.sequence, one.supervisor_id) for one in live()] == before
    assert {one.plan_id for one in live()} == {again.id}
    assert done.changes.residents == set()
    assert notices_of(alice) == ["plan-published"]


def test_what_a_new_plan_drops_is_cancelled_and_never_deleted(
    grid, office, live, alice, alice_resident, bob_resident, stays_of
):
    actions.publish_plan(grid(), by=office, at=ASKED_AT)
    swapped = {alice_resident.id: stays_of(1), bob_resident.id: stays_of(0)}
    actions.publish_plan(grid("Swapped", months=swapped), by=office, at=ASKED_AT)
    cancelled = db.session.query(Placement).filter(Placement.cancelled_at.is_not(None)).all()
    assert len(cancelled) == 4
    assert {one.sequence for one in cancelled} == {1}
    assert len(live()) == 6
    assert notices_of(alice) == ["plan-published", "placement-changed"]


def test_a_placement_with_another_last_day_is_still_the_same(
    grid, office, live, county, alice_resident
):
    medicine = (county.medicine.id, county.standards["Medicine"].id)
    actions.publish_plan(
        grid(months={alice_resident.id: [(SEPTEMBER, NOVEMBER, *medicine)]}),
        by=office,
        at=ASKED_AT,
        reason="a start",
    )
    [before] = live()
    longer = {alice_resident.id: [(SEPTEMBER, DECEMBER, *medicine)]}
    actions.publish_plan(grid("Longer", months=longer), by=office, at=ASKED_AT, reason="more")
    [after] = live()
    assert (after.id, after.ends_on, after.sequence) == (before.id, DECEMBER, 1)


def test_what_has_begun_stays(grid, office, live, county, alice_resident, stays_of):
    actions.publish_plan(grid(), by=office, at=ASKED_AT)
    begun = [one.id for one in live() if one.starts_on <= MID_OCTOBER.date()]
    other = {alice_resident.id: stays_of(1)}
    actions.publish_plan(grid("Late", months=other), by=office, at=MID_OCTOBER, reason="late")
    still = {one.id: one for one in live()}
    assert set(begun) <= set(still)
    mine = [one for one in live() if one.resident_id == alice_resident.id]
    for early, late in pairwise(mine):
        assert early.ends_on <= late.starts_on


def test_the_plan_before_is_withdrawn_in_the_same_moment(grid, office):
    first = grid()
    actions.publish_plan(first, by=office, at=ASKED_AT)
    actions.publish_plan(grid("Second"), by=office, at=MID_OCTOBER)
    assert plan_by_id(first.id).withdrawn_at == MID_OCTOBER
    assert plan_in_force().title == "Second"


def test_a_plan_is_published_once(grid, office, live):
    plan = grid()
    actions.publish_plan(plan, by=office, at=ASKED_AT)
    with pytest.raises(AlreadyPublished):
        actions.publish_plan(plan, by=office, at=ASKED_AT)
    assert len(live()) == 6


def test_a_plan_put_away_is_not_published(grid, office, live):
    plan = grid()
    actions.discard_plan(plan, by=office, at=ASKED_AT)
    with pytest.raises(NotReady):
        actions.publish_plan(plan, by=office, at=ASKED_AT)
    assert live() == []


def test_a_plan_with_breaches_needs_a_reason_that_the_trail_keeps(
    grid, office, live, alice_resident, bob_resident, stays_of
):
    both = {alice_resident.id: stays_of(0), bob_resident.id: stays_of(0)}
    plan = grid(months=both)
    with pytest.raises(actions.Unlawful):
        actions.publish_plan(plan, by=office, at=ASKED_AT, reason="  ")
    assert live() == []
    actions.publish_plan(plan_by_id(plan.id), by=office, at=ASKED_AT, reason="no other way")
    entry = db.session.query(Entry).filter_by(act="publish-plan").one()
    assert entry.details["reason"] == "no other way"
    assert entry.details["breaches"][0].startswith("places")


def test_a_withdrawn_plan_leaves_what_has_begun(grid, office, live, alice):
    plan = grid()
    actions.publish_plan(plan, by=office, at=ASKED_AT)
    cancelled = actions.withdraw_plan(plan_by_id(plan.id), by=office, at=MID_OCTOBER)
    assert cancelled == 3
    assert {one.starts_on for one in live()} == {SEPTEMBER, OCTOBER}
    assert plan_in_force() is None
    assert notices_of(alice)[-1] == "placements-withdrawn"
    with pytest.raises(NotPublished):
        actions.withdraw_plan(plan_by_id(plan.id), by=office, at=MID_OCTOBER)


def test_a_supervisor_teaches_in_the_department_of_the_placement(
    grid, office, live, county, mei_member, chen
):
    actions.publish_plan(grid(), by=office, at=ASKED_AT)
    for one in live():
        if one.department_id == county.medicine.id:
            assert one.supervisor_id == mei_member.id
        if one.department_id == county.village_team.id:
            assert one.supervisor_id is None


def test_nobody_is_given_a_resident_beyond_the_limit(grid, office, live, mei_member):
    mei_member.most_residents = 1
    db.session.commit()
    plan = grid()
    actions.publish_plan(plan, by=office, at=ASKED_AT)
    with_mei = [one for one in live() if one.supervisor_id == mei_member.id]
    months = [one.starts_on for one in with_mei]
    assert len(months) == len(set(months))
    findings = teacher_findings(plan_by_id(plan.id), today=SEPTEMBER)
    assert {one.against for one in findings} == {()}
    assert len(findings) == len(live()) - len(with_mei)


def test_nobody_is_given_a_resident_with_a_certificate_that_lapses_before_the_end(
    grid, office, live, mei_member
):
    mei_member.certificates[0].issued_on = date(2021, 9, 15)
    db.session.commit()
    actions.publish_plan(grid(), by=office, at=ASKED_AT)
    assert {one.supervisor_id for one in live()} == {None}


def test_who_supervises_goes_on_when_the_certificate_lapses_and_stands_among_the_findings(
    grid, office, live, mei_member
):
    plan = grid()
    actions.publish_plan(plan, by=office, at=ASKED_AT)
    with_mei = {one.id for one in live() if one.supervisor_id == mei_member.id}
    mei_member.certificates[0].issued_on = date(2020, 1, 1)
    db.session.commit()
    again = actions.copy_plan(plan, title="again", by=office, at=ASKED_AT)
    actions.publish_plan(again, by=office, at=ASKED_AT)
    assert {one.id for one in live() if one.supervisor_id == mei_member.id} == with_mei
    findings = teacher_findings(plan_by_id(again.id), today=SEPTEMBER)
    lapsed = {one.placement.id for one in findings if one.against}
    assert lapsed == with_mei
    assert {one.code for finding in findings for one in finding.against} == {"lapsed"}


def test_halves_of_a_month_are_published_as_they_are(grid, office, live, county, alice_resident):
    surgery = (county.surgery.id, county.standards["Surgery"].id)
    halves = [
        (SEPTEMBER, date(2026, 9, 16), *surgery),
        (JANUARY, FEBRUARY, county.village_team.id, county.standards["Community"].id),
        (date(2026, 9, 16), OCTOBER, county.medicine.id, county.standards["Medicine"].id),
    ]
    plan = grid(months={alice_resident.id: halves})
    actions.publish_plan(plan, by=office, at=ASKED_AT, reason="halves")
    assert [(one.starts_on.day, one.ends_on.day) for one in live()] == [(1, 16), (16, 1), (1, 1)]
    assert max(one.ends_on for one in live()) < MARCH


def test_whoever_has_left_training_is_not_placed_any_more(
    grid, office, live, alice_resident, bob_resident, stays_of
):
    actions.publish_plan(grid(), by=office, at=ASKED_AT)
    bob_resident.withdrawn_on = date(2026, 8, 25)
    db.session.commit()
    alone = grid("Without Bob", months={alice_resident.id: stays_of(0)})
    actions.publish_plan(alone, by=office, at=ASKED_AT)
    assert {one.resident_id for one in live()} == {alice_resident.id}


def test_those_whom_a_plan_does_not_know_keep_their_places(
    grid, office, live, county, bob_resident, alice_resident, stays_of
):
    actions.publish_plan(
        grid(months={bob_resident.id: stays_of(0)}), by=office, at=ASKED_AT, reason="Bob alone"
    )
    other = add(Cohort(year=2025, programme=county.programme, name="2025级", name_en="2025"))
    bob_resident.cohort = other
    db.session.commit()
    same = grid("Alice", months={alice_resident.id: stays_of(0)})
    assert [one.rule for one in judge(same).breaches] == ["places"]  # Surgery has one place
    actions.publish_plan(same, by=office, at=ASKED_AT, reason="both")
    assert {one.resident_id for one in live()} == {alice_resident.id, bob_resident.id}
