"""A plan is asked for again: what if, least change, best cost; and whether it still fits."""

from datetime import UTC, date, datetime

import pytest

from tests.cast import add, resident
from tests.rotations.conftest import ASKED_AT, DECEMBER, JANUARY, NOVEMBER, OCTOBER, SEPTEMBER
from trainingbase import queue
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.rotations import actions
from trainingbase.rotations.models import NotReady, Plan
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.comparison import compare
from trainingbase.rotations.queries.fitting import fit_of
from trainingbase.rotations.queries.judging import judge
from trainingbase.rotations.queries.problem import rows_of_plan
from trainingbase.rotations.rules.supposing import Supposition
from trainingbase.sites.models import Closure

MID_SEPTEMBER = datetime(2026, 9, 14, 4, tzinfo=UTC)
"""When everybody's first stay has begun."""


@pytest.fixture
def in_force(grid, office):
    """Alice: Medicine, Surgery from November; Bob: Surgery, Medicine from October; then the
    community, both from December."""
    plan = grid()
    actions.publish_plan(plan, by=office, at=ASKED_AT)
    return plan


@pytest.fixture
def ask(office):
    """`ask(plan, supposition, …)`: the answer, solved."""

    def answered(plan, *supposed, way="least", notice_days=0, at=MID_SEPTEMBER) -> Plan:
        made = actions.request_replan(
            plan,
            title="Again",
            way=way,
            notice_days=notice_days,
            seconds=5,
            by=office,
            at=at,
            supposed=supposed,
        )
        queue.work_off()
        return plans.plan_by_id(made.id)

    return answered


@pytest.fixture
def leave_of(office):
    def granted(resident, starts_on, ends_on):
        return add(
            Leave(
                resident_id=resident.id,
                kind="sick",
                starts_on=starts_on,
                ends_on=ends_on,
                granted=True,
                decided_by_id=office.id,
                decided_at=ASKED_AT,
            )
        )

    return granted


def movers(answer, before) -> set[int]:
    return {one.resident for one in compare(answer, before).differences}


def test_where_nothing_has_happened_nothing_moves(in_force, ask):
    answer = ask(in_force)
    assert answer.status in ("optimal", "feasible")
    assert rows_of_plan(answer) == rows_of_plan(in_force)


def test_after_leave_only_who_is_on_leave_moves(in_force, ask, leave_of, alice_resident):
    leave_of(alice_resident, NOVEMBER, DECEMBER)
    answer = ask(in_force)
    assert judge(answer).breaches == ()
    assert movers(answer, in_force) == {alice_resident.id}
    november = [r for r in rows_of_plan(answer) if r.overlaps(NOVEMBER, DECEMBER)]
    assert alice_resident.id not in {row.resident for row in november}


def test_why_somebody_moves_is_the_rule_that_would_be_broken(
    in_force, ask, leave_of, alice_resident
):
    leave_of(alice_resident, NOVEMBER, DECEMBER)
    found = compare(ask(in_force), in_force)
    assert [one.kind for one in found.why[alice_resident.id]] == ["rule"]
    assert found.why[alice_resident.id][0].breach.rule == "away"


def test_what_has_begun_and_what_begins_within_the_notice_stays(
    in_force, ask, county, bob_resident
):
    """Surgery closes in November; Bob's Medicine begins in October, within the notice."""
    add(Closure(department_id=county.surgery.id, starts_on=NOVEMBER, ends_on=DECEMBER))
    answer = ask(in_force, notice_days=20)
    before = [r for r in rows_of_plan(in_force) if r.starts_on <= OCTOBER]
    assert set(before) <= set(rows_of_plan(answer))
    assert judge(answer).breaches == ()
    assert bob_resident.id not in movers(answer, in_force)


def test_what_if_a_department_closes_is_answered_and_changes_nothing(
    in_force, ask, county, alice_resident, live
):
    before = [(one.id, one.starts_on) for one in live()]
    closed = Supposition("close", NOVEMBER, DECEMBER, department=county.surgery.id)
    answer = ask(in_force, closed)
    assert answer.is_what_if
    assert judge(answer).breaches == ()
    assert movers(answer, in_force) == {alice_resident.id}
    assert judge(in_force).breaches == ()
    assert [(one.id, one.starts_on) for one in live()] == before


def test_what_if_is_never_published_but_taken_over_as_a_draft(in_force, ask, county, office):
    closed = Supposition("close", NOVEMBER, DECEMBER, department=county.surgery.id)
    answer = ask(in_force, closed)
    with pytest.raises(NotReady):
        actions.publish_plan(answer, by=office, at=MID_SEPTEMBER, reason="by accident")
    with pytest.raises(NotReady):
        answer.publish(by=office, at=MID_SEPTEMBER)
    draft = actions.copy_plan(answer, title="Draft", by=office, at=MID_SEPTEMBER)
    assert not draft.is_what_if
    assert rows_of_plan(draft) == rows_of_plan(answer)
    actions.publish_plan(draft, by=office, at=MID_SEPTEMBER)
    assert plans.plan_in_force().id == draft.id


def test_one_supposition_is_added_to_another(in_force, ask, county, alice_resident):
    closed = Supposition("close", NOVEMBER, DECEMBER, department=county.surgery.id)
    more = Supposition("leave", DECEMBER, JANUARY, resident=alice_resident.id)
    answer = ask(ask(in_force, closed), more)
    assert [one["kind"] for one in answer.supposed] == ["close", "leave"]
    december = [r for r in rows_of_plan(answer) if r.overlaps(DECEMBER, JANUARY)]
    assert alice_resident.id not in {row.resident for row in december}


def test_more_residents_take_places_and_are_nobodys_rows(in_force, ask, county):
    more = Supposition(
        "admit",
        date(2026, 10, 1),
        NOVEMBER,
        cohort=county.cohort.id,
        programme=county.programme.id,
        count=1,
    )
    answer = ask(in_force, more)
    new = [row for row in rows_of_plan(answer) if row.resident < 0]
    assert sum((row.ends_on - row.starts_on).days for row in new) > 150
    assert judge(answer).breaches == ()


def test_best_cost_moves_as_it_likes_and_least_change_does_not(in_force, ask):
    least, best = ask(in_force, way="least"), ask(in_force, way="best")
    assert (least.way, best.way) == ("least", "best")
    assert judge(best).breaches == ()
    assert compare(least, in_force).differences == []


def test_a_plan_that_is_not_solved_cannot_be_asked_again(in_force, office, county):
    waiting = actions.request_plan(
        title="Waiting",
        cohort_ids=[county.cohort.id],
        starts_on=SEPTEMBER,
        months=6,
        seconds=5,
        by=office,
        at=ASKED_AT,
    )
    with pytest.raises(NotReady):
        actions.request_replan(
            waiting, title="", way="least", notice_days=0, seconds=5, by=office, at=ASKED_AT
        )
    queue.broker().flush()


def test_the_plan_in_force_fits_until_somebody_takes_leave(in_force, leave_of, alice_resident):
    today = date(2026, 9, 14)
    assert fit_of(in_force, today=today).fits
    leave_of(alice_resident, NOVEMBER, DECEMBER)
    found = fit_of(in_force, today=today)
    assert [one.rule for one in found.broken] == ["away"]
    assert fit_of(in_force, today=date(2026, 12, 5)).fits  # what is past is past


def test_who_left_training_and_still_holds_places_is_named(in_force, bob_resident):
    bob_resident.withdrawn_on = date(2026, 9, 10)
    db.session.commit()
    found = fit_of(in_force, today=date(2026, 9, 14))
    assert not found.fits
    assert found.gone == (bob_resident.id,)


def test_who_left_training_lacks_nothing_any_more(in_force, alice_resident, leave_of):
    """On the page of the plan as on the one that says whether it still fits."""
    leave_of(alice_resident, NOVEMBER, DECEMBER)
    assert judge(in_force).own_breaches
    alice_resident.withdrawn_on = date(2026, 9, 10)
    db.session.commit()
    assert not judge(in_force).own_breaches
    assert not fit_of(in_force, today=date(2026, 9, 14)).broken


def test_breaches_accepted_when_it_was_published_are_counted_apart(
    grid, office, alice_resident, bob_resident, stays_of
):
    """Both have Surgery in September, where one place is."""
    plan = grid(months={alice_resident.id: stays_of(1), bob_resident.id: stays_of(1)})
    actions.publish_plan(plan, by=office, at=ASKED_AT, reason="the ward agreed")
    found = fit_of(plans.plan_by_id(plan.id), today=date(2026, 9, 14))
    assert found.fits
    assert found.accepted == 1


def test_a_running_stay_is_interrupted_where_leave_begins_and_taken_up_again_after_it(
    in_force, ask, leave_of, alice_resident, county
):
    """Alice is in Medicine since September and falls ill for all of October."""
    leave_of(alice_resident, OCTOBER, NOVEMBER)
    answer = ask(in_force)
    assert judge(answer).breaches == ()
    hers = [row for row in rows_of_plan(answer) if row.resident == alice_resident.id]
    assert (hers[0].starts_on, hers[0].ends_on) == (SEPTEMBER, OCTOBER)
    again = [row for row in hers[1:] if row.department == county.medicine.id]
    assert sum((row.ends_on - row.starts_on).days for row in again) in (30, 31)
    assert min(row.starts_on for row in hers[1:]) >= NOVEMBER


def test_a_running_stay_ends_where_its_department_closes(in_force, ask, county, alice_resident):
    add(Closure(department_id=county.medicine.id, starts_on=OCTOBER, ends_on=NOVEMBER))
    answer = ask(in_force)
    assert judge(answer).breaches == ()
    hers = [row for row in rows_of_plan(answer) if row.resident == alice_resident.id]
    assert (hers[0].starts_on, hers[0].ends_on) == (SEPTEMBER, OCTOBER)


def test_a_new_arrival_is_planned_from_now_on_and_not_in_the_past(in_force, ask, county):
    county.surgery.most = 2
    new = resident("Carol", county, "110101200001010041")
    answer = ask(in_force)
    hers = [row for row in rows_of_plan(answer) if row.resident == new.id]
    assert hers
    assert min(row.starts_on for row in hers) > MID_SEPTEMBER.date()
    assert new.id in movers(answer, in_force)


def test_publishing_after_an_interruption_shortens_what_runs(
    in_force, ask, leave_of, alice_resident, office, live
):
    leave_of(alice_resident, OCTOBER, NOVEMBER)
    actions.publish_plan(ask(in_force), by=office, at=MID_SEPTEMBER)
    first = next(one for one in live() if one.resident_id == alice_resident.id)
    assert (first.starts_on, first.ends_on) == (SEPTEMBER, OCTOBER)
    assert fit_of(plans.plan_in_force(), today=date(2026, 9, 14)).fits
