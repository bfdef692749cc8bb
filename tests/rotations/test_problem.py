"""What a plan is judged and solved by comes from the base's own rows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.cast import LONG_AGO, add
from tests.rotations.conftest import ASKED_AT, DECEMBER, MARCH, SEPTEMBER
from trainingbase.db import db
from trainingbase.enrolment.models import Credit, Leave
from trainingbase.planner.problem_json import problem_to_json
from trainingbase.planner.rules import check
from trainingbase.programmes.models import OrderRule
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries.judging import judge
from trainingbase.rotations.queries.problem import problem_of
from trainingbase.sites.models import Closure


@pytest.fixture
def plan(county, alice_resident):
    return add(
        Plan(
            title="Autumn",
            origin="solver",
            starts_on=SEPTEMBER,
            ends_on=date(2027, 9, 1),
            seconds=5,
            requested_at=ASKED_AT,
            cohorts=[county.cohort],
        )
    )


def only(problem):
    [resident] = problem.residents
    return resident


def department(problem, row):
    return problem.department_by_id[str(row.id)]


def left(problem):
    """Half months still owed, by standard department."""
    programme = problem.programme_of(only(problem))
    return {one.id: one.length for one in programme.requirements}


def test_a_problem_names_nobody(plan, county):
    text = str(problem_to_json(problem_of(plan)))
    assert "Alice" not in text
    assert "Lead Hospital" not in text
    assert "110101200001010025" not in text


def test_everybody_stays_until_all_that_is_owed_can_be_done(plan):
    assert (only(problem_of(plan)).from_period, only(problem_of(plan)).until) == (0, 12)


def test_months_done_are_not_owed_again(plan, county, alice_resident):
    medicine = county.standards["Medicine"]
    add(
        Credit(
            resident=alice_resident,
            standard_department=medicine,
            months=Decimal(2),
            kind="accepted",
        )
    )
    problem = problem_of(plan)
    assert str(medicine.id) not in left(problem)
    assert only(problem).until == 8


def test_months_known_to_count_but_not_for_what_are_still_owed(plan, alice_resident):
    add(Credit(resident=alice_resident, months=Decimal(6), kind="accepted"))
    assert only(problem_of(plan)).until == 12


def leave(resident, starts_on, ends_on, granted=True):
    return add(
        Leave(
            resident=resident,
            kind="sick",
            starts_on=starts_on,
            ends_on=ends_on,
            granted=granted,
            decided_at=LONG_AGO if granted is not None else None,
        )
    )


def test_a_whole_month_of_leave_moves_the_plan(plan, alice_resident):
    leave(alice_resident, date(2026, 10, 5), date(2026, 10, 20))
    resident = only(problem_of(plan))
    assert resident.away == {2, 3}
    assert resident.until == 14


@pytest.mark.parametrize("granted", [False, None])
def test_leave_that_is_not_granted_moves_nothing(plan, alice_resident, granted):
    leave(alice_resident, date(2026, 10, 5), date(2026, 10, 20), granted)
    assert only(problem_of(plan)).away == frozenset()


def test_a_few_days_of_leave_move_nothing(plan, alice_resident):
    leave(alice_resident, date(2026, 10, 5), date(2026, 10, 19))
    assert only(problem_of(plan)).away == frozenset()


def test_a_closed_month_has_no_places(plan, county):
    add(Closure(department=county.surgery, starts_on=DECEMBER, ends_on=date(2027, 1, 1)))
    assert department(problem_of(plan), county.surgery).places[5:9] == (1, 0, 0, 1)


def test_nobody_is_placed_after_the_end_of_an_agreement(plan, county):
    county.township.agreement_ends_on = DECEMBER
    db.session.commit()
    places = department(problem_of(plan), county.village_team).places
    assert places[:6] == (2,) * 6
    assert not any(places[6:])


def test_a_site_takes_only_what_may_be_done_at_a_site(plan, county):
    county.village_team.standards.append(county.standards["Surgery"])
    db.session.commit()
    problem = problem_of(plan)
    surgery = next(
        one
        for one in problem.programme_of(only(problem)).requirements
        if one.id == str(county.standards["Surgery"].id)
    )
    offering = [
        one.id for one in problem.departments if set(one.standards).intersection(surgery.standard)
    ]
    assert offering == [str(county.surgery.id)]


def test_a_department_that_stands_for_two_shares_its_places(plan, county):
    county.medicine.standards.append(county.standards["Surgery"])
    db.session.commit()
    shared = department(problem_of(plan), county.medicine)
    assert len(shared.standards) == 2
    assert shared.places[0] == 2


def test_order_rules_become_windows_and_pairs(plan, county):
    standards = county.standards
    db.session.add_all(
        [
            OrderRule(
                programme=county.programme,
                kind="within_last",
                standard_department=standards["Community"],
                within=4,
            ),
            OrderRule(
                programme=county.programme,
                kind="after",
                standard_department=standards["Surgery"],
                predecessors=[standards["Medicine"]],
            ),
        ]
    )
    db.session.commit()
    problem = problem_of(plan)
    programme = problem.programme_of(only(problem))
    assert programme.by_id[str(standards["Community"].id)].earliest == 4
    assert programme.before == ((str(standards["Medicine"].id), str(standards["Surgery"].id)),)


def test_what_has_begun_stays_and_takes_its_place(
    plan, county, alice_resident, plan_in_force, placed
):
    placed(alice_resident, county.medicine, SEPTEMBER, date(2026, 11, 1))
    plan.requested_at = ASKED_AT.replace(month=9)
    db.session.commit()
    problem = problem_of(plan)
    assert str(county.standards["Medicine"].id) not in left(problem)
    assert only(problem).from_period == 4
    assert department(problem, county.medicine).places[:5] == (1, 1, 1, 1, 2)


def test_a_lawful_grid_has_no_breaches(grid):
    assert judge(grid()).breaches == ()


def test_a_plan_is_judged_with_everybody_in_it(grid, alice_resident, bob_resident, stays_of):
    both_first = {alice_resident.id: stays_of(1), bob_resident.id: stays_of(1)}
    [breach] = judge(grid(months=both_first)).breaches
    assert breach.rule == "places"
    assert {int(one) for one in breach.residents} == {alice_resident.id, bob_resident.id}


def test_more_months_than_are_owed_are_no_breach(grid, county, alice_resident, stays_of):
    more = (MARCH, date(2027, 4, 1), county.medicine.id, county.standards["Medicine"].id)
    judgement = judge(grid(months={alice_resident.id: [*stays_of(0), more]}))
    assert [
        one.rule for one in judgement.breaches if one.residents == (str(alice_resident.id),)
    ] == []


def test_the_same_rows_are_judged_alike_by_the_planner_alone(grid):
    judgement = judge(grid())
    alone = check(replace(judgement.problem, notes=("again",)), judgement.placements)
    assert alone == list(judgement.breaches)
