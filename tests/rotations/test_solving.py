"""The office asks, the worker solves, the draft is lawful; what goes wrong is said."""

from datetime import date, timedelta

import pytest

from tests.rotations.conftest import ASKED_AT, SEPTEMBER
from trainingbase import queue
from trainingbase.clock import real_now
from trainingbase.db import db
from trainingbase.notices.models import Notice
from trainingbase.rotations import actions, solving
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.judging import judge


@pytest.fixture
def ask(county, office, alice_resident, bob_resident):
    def asked(**changes):
        plan = actions.request_plan(
            **{
                "title": "Autumn",
                "cohort_ids": [county.cohort.id],
                "starts_on": SEPTEMBER,
                "months": 3,
                "seconds": 5,
                "by": office,
                "at": ASKED_AT,
            }
            | changes
        )
        return plan.id

    yield asked
    queue.broker().flush()


def kinds_of_notices(person):
    return [one.kind for one in db.session.query(Notice).filter_by(person_id=person.id)]


def test_a_plan_that_was_asked_for_is_solved_by_the_worker(ask, office):
    plan_id = ask()
    assert plans.plan_by_id(plan_id).is_waiting
    assert queue.work_off() == 1
    plan = plans.plan_by_id(plan_id)
    assert plan.status in ("optimal", "feasible")
    assert judge(plan).breaches == ()
    assert plans.row_count(plan) >= 6
    assert kinds_of_notices(office) == ["plan-solved"]


def test_a_plan_reaches_to_the_end_of_everybodys_training(ask):
    plan = plans.plan_by_id(ask(months=1))
    assert (plan.ends_on.year, plan.ends_on.month) == (2027, 3)


def test_asked_twice_with_one_key_it_is_one_plan(ask):
    assert ask(request_key="once") == ask(request_key="once")


def test_nothing_is_queued_for_a_plan_of_nobody(ask):
    with pytest.raises(actions.NothingToPlan):
        ask(cohort_ids=[])
    assert queue.work_off() == 0


def test_those_who_are_not_planned_anew_keep_their_placements(
    ask, grid, county, alice_resident, rows
):
    from tests.cast import add
    from trainingbase.enrolment.models import Cohort

    base = grid()
    other = add(Cohort(year=2025, programme=county.programme, name="2025级", name_en="2025"))
    alice_resident.cohort = other
    db.session.commit()
    plan_id = ask(based_on=base)
    queue.work_off()

    def of_alice(plan):
        return [
            (one.starts_on, one.ends_on, one.department_id)
            for one in rows(plan)
            if one.resident_id == alice_resident.id
        ]

    assert of_alice(plans.plan_by_id(plan_id)) == of_alice(base)
    assert judge(plans.plan_by_id(plan_id)).breaches == ()


def test_solving_again_changes_nothing_that_need_not_change(ask, grid, rows):
    base = grid()
    plan_id = ask(based_on=base)
    queue.work_off()
    assert [(r.resident_id, r.starts_on, r.department_id) for r in rows(base)] == [
        (r.resident_id, r.starts_on, r.department_id) for r in rows(plans.plan_by_id(plan_id))
    ]


def test_what_cannot_be_placed_is_explained(ask, county, office, browse):
    county.surgery.most = 0
    db.session.commit()
    plan_id = ask()
    queue.work_off()
    plan = plans.plan_by_id(plan_id)
    assert plan.status in ("partial", "infeasible")
    assert plan.because
    assert kinds_of_notices(office) == ["plan-not-solved"]
    page = browse(office).get(f"/rotations/plans/{plan_id}").text
    assert "Surgery" in page


def test_what_is_too_large_is_refused_with_its_size(ask, office, browse, monkeypatch):
    monkeypatch.setattr(solving, "MOST_STAYS", 3)
    plan_id = ask()
    queue.work_off()
    plan = plans.plan_by_id(plan_id)
    assert plan.status == "failed"
    (reason,) = plan.because
    assert reason["stays"] > reason["most"] == 3
    page = browse(office).get(f"/rotations/plans/{plan_id}")
    assert f"{reason['stays']} possible stays, at most 3" in page.text
    assert "Ask for the plan again" not in page.text


def test_a_crash_is_kept_as_the_reason(ask):
    plan_id = ask()
    plan = plans.plan_by_id(plan_id)
    plan.starts_on, plan.ends_on = date(9999, 12, 1), date(9999, 12, 31)  # calendars end here
    db.session.commit()
    queue.work_off()
    plan = plans.plan_by_id(plan_id)
    assert plan.status == "failed"
    assert plan.because[0]["kind"] == "crash"


def test_a_discarded_plan_is_not_solved(ask, office):
    plan_id = ask()
    actions.discard_plan(plans.plan_by_id(plan_id), by=office, at=ASKED_AT)
    queue.work_off()
    assert plans.plan_by_id(plan_id).solved_at is None


def test_a_plan_is_solved_by_one_worker_at_a_time(ask):
    plan_id = ask()
    assert actions.begin_solving(plan_id, at=real_now())
    assert not actions.begin_solving(plan_id, at=real_now())


def test_a_plan_whose_worker_died_is_taken_up_again(ask):
    plan_id = ask()
    queue.broker().flush()
    actions.begin_solving(plan_id, at=real_now() - timedelta(minutes=2))
    solving.revive(at=real_now())
    queue.work_off()
    assert plans.plan_by_id(plan_id).solved_at is not None


def test_a_plan_whose_worker_is_alive_is_left_to_it(ask):
    plan_id = ask()
    queue.broker().flush()
    actions.begin_solving(plan_id, at=real_now())
    solving.revive(at=real_now())
    assert queue.work_off() == 0


def test_progress_is_kept_and_a_word_to_stop_is_heard(ask, office):
    plan_id = ask()
    facts = {"at": real_now(), "seconds": 2.0, "unplaced": 3, "cost": 41.5, "bound": None}
    assert not actions.note_progress(plan_id, **facts)
    actions.ask_stop(plans.plan_by_id(plan_id), by=office, at=ASKED_AT)
    assert actions.note_progress(plan_id, **facts)
    assert len(plans.progress_of(plans.plan_by_id(plan_id))) == 2
