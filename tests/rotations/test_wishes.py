"""What residents wished is weighed by the solver, and the draft says what came of it."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.cast import add
from tests.cast import resident as resident_of_the_cast
from tests.rotations.conftest import (
    ASKED_AT,
    DECEMBER,
    JANUARY,
    MARCH,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
)
from trainingbase import queue
from trainingbase.db import db
from trainingbase.enrolment.models import Credit
from trainingbase.rotations import actions
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries import plans
from trainingbase.rotations.queries.comparison import compare
from trainingbase.rotations.queries.judging import judge
from trainingbase.rotations.queries.problem import problem_of
from trainingbase.rotations.queries.serving import served_by
from trainingbase.sites.models import Department, Institution
from trainingbase.wishes import actions as wishing
from trainingbase.wishes.actions import Given, Terms

OPENED_AT = datetime(2026, 8, 1, 4, tzinfo=UTC)


@pytest.fixture
def asked(county, office, alice_resident, bob_resident):
    return wishing.open_round(
        title="Autumn wishes",
        terms=Terms(
            starts_on=SEPTEMBER,
            ends_on=date(2027, 9, 1),
            closes_on=date(2026, 8, 15),
            cohort_ids=[county.cohort.id],
            standard_ids=[one.id for one in county.standards.values()],
            institution_ids=[county.township.id],
            weight=Decimal(2),
        ),
        by=office,
        at=OPENED_AT,
    )


@pytest.fixture
def wish(asked):
    """`wish(alice_resident, (standard, from, until), …, sites=(…))` is Alice's answer."""

    def wished(resident, *starts, sites=()):
        given = Given(tuple((what.id, first, until) for what, first, until in starts), sites)
        return wishing.keep_wishes(
            asked, resident, given, version=None, by=resident.person, at=OPENED_AT
        )

    return wished


@pytest.fixture
def solved(county, office, asked):
    plan = actions.request_plan(
        title="Autumn",
        cohort_ids=[county.cohort.id],
        starts_on=SEPTEMBER,
        months=3,
        seconds=5,
        by=office,
        at=ASKED_AT,
        wish_round=asked,
    )

    def made():
        queue.work_off()
        return plans.plan_by_id(plan.id)

    yield made
    queue.broker().flush()


def of(served, resident):
    return next(one for one in served if one.resident == resident.id)


def test_the_solver_meets_what_can_be_met(wish, solved, county, alice_resident, bob_resident):
    """Surgery has one place: both wishes can be met, in this order only."""
    surgery = county.standards["Surgery"]
    wish(alice_resident, (surgery, NOVEMBER, DECEMBER))
    wish(bob_resident, (surgery, SEPTEMBER, OCTOBER))
    judgement = judge(solved())
    served = served_by(judgement)
    assert [of(served, one).met for one in (alice_resident, bob_resident)] == [1, 1]
    assert of(served, alice_resident).outcomes[0].starts_on == NOVEMBER
    assert judgement.cost.wish == 0


def test_what_cannot_be_met_is_missed_and_named(
    wish, solved, county, browse, office, alice_resident, bob_resident
):
    """Both want the one place of Surgery in September."""
    surgery = county.standards["Surgery"]
    for resident in (alice_resident, bob_resident):
        wish(resident, (surgery, SEPTEMBER, OCTOBER))
    plan = solved()
    judgement = judge(plan)
    served = served_by(judgement)
    assert sorted(one.missed for one in served) == [0, 1]
    assert served[0].missed == 1 and served[0].lost == 2  # the worst served comes first
    assert judgement.cost.wish == 2
    page = browse(office).get(f"/rotations/plans/{plan.id}/wishes").text
    assert "1 / 2" in page and "not between 1 Sep 2026 and 30 Sep 2026 as wished" in page
    content = browse(office).get(f"/rotations/plans/{plan.id}/wishes/export/csv").data.decode()
    assert "Missed" in content and "Alice" in content


def test_a_wish_for_what_is_done_already_is_neither_met_nor_missed(
    wish, solved, county, alice_resident
):
    surgery = county.standards["Surgery"]
    add(
        Credit(
            resident=alice_resident, standard_department=surgery, months=Decimal(1), kind="accepted"
        )
    )
    wish(alice_resident, (surgery, SEPTEMBER, OCTOBER))
    [one] = served_by(judge(solved()))
    assert (one.met, one.missed, one.outcomes[0].met) == (0, 0, None)


def test_the_site_liked_best_is_given(wish, solved, county, alice_resident, bob_resident):
    """Two sites, and each resident likes another one: the numbers of sites and departments
    cross, and must not be taken for one another."""
    riverside = add(Institution(name="Riverside", name_en="Riverside", level="community"))
    add(
        Department(
            name="Family room",
            institution=riverside,
            most=2,
            standards=[county.standards["Community"]],
        )
    )
    wish(alice_resident, sites=(riverside.id, county.township.id))
    wish(bob_resident, sites=(county.township.id, riverside.id))
    plan = solved()
    served = served_by(judge(plan))
    assert [site.institution for site in of(served, alice_resident).sites] == [riverside.id]
    assert [site.institution for site in of(served, bob_resident).sites] == [county.township.id]
    assert {site.choice for one in served for site in one.sites} == {1}
    assert {one.lost for one in served} == {0}


def test_departments_of_the_hospital_cost_nothing(wish, county, asked, alice_resident):
    wish(alice_resident, sites=(county.township.id,))
    plan = Plan(
        title="P",
        origin="solver",
        starts_on=SEPTEMBER,
        ends_on=date(2027, 9, 1),
        seconds=5,
        requested_at=ASKED_AT,
        cohorts=[county.cohort],
        wish_round=asked,
    )
    db.session.add(plan)
    db.session.flush()
    [alice] = [one for one in problem_of(plan).residents if one.id == str(alice_resident.id)]
    assert alice.rank == {
        str(county.medicine.id): 0,
        str(county.surgery.id): 0,
        str(county.village_team.id): 0,
    }


def test_a_wish_reaches_the_problem_in_half_months(wish, county, asked, alice_resident):
    wish(alice_resident, (county.standards["Surgery"], NOVEMBER, JANUARY))
    plan = Plan(
        title="P",
        origin="solver",
        starts_on=OCTOBER,
        ends_on=date(2027, 9, 1),
        seconds=5,
        requested_at=ASKED_AT,
        cohorts=[county.cohort],
        wish_round=asked,
    )
    db.session.add(plan)
    db.session.flush()
    [alice] = [one for one in problem_of(plan).residents if one.wishes]
    [wish_] = alice.wishes
    assert (wish_.start_from, wish_.start_to, wish_.weight) == (2, 6, 2)


def test_a_plan_without_a_round_weighs_nothing(wish, grid, county, alice_resident, browse, office):
    wish(alice_resident, (county.standards["Surgery"], MARCH, date(2027, 4, 1)))
    plan = grid()
    assert judge(plan).cost.wish == 0
    assert "weighs no wishes" in browse(office).get(f"/rotations/plans/{plan.id}/wishes").text


def test_the_office_chooses_the_round_when_it_asks_for_a_plan(
    asked, browse, office, county, monkeypatch
):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-08-20")
    browser = browse(office)
    assert f'<option selected value="{asked.id}">' in browser.get("/rotations/plans/new").text
    sent = {
        "title": "Autumn",
        "cohorts": [str(county.cohort.id)],
        "starts_on": "2026-09",
        "months": "3",
        "seconds": "20",
        "based_on": "0",
        "wishes": str(asked.id),
    }
    assert browser.post("/rotations/plans/new", data=sent).status_code == 302
    assert db.session.query(Plan).one().wish_round.title == "Autumn wishes"
    queue.broker().flush()


def test_planning_again_weighs_the_same_wishes(asked, grid, office):
    base = grid()
    base.wish_round = asked
    db.session.commit()
    again = actions.request_replan(
        base, title="Again", way="least", notice_days=0, seconds=5, by=office, at=ASKED_AT
    )
    assert again.wish_round.id == asked.id
    assert actions.copy_plan(base, title="Copy", by=office, at=ASKED_AT).wish_round.id == asked.id
    queue.broker().flush()


def test_wishes_in_a_plan_are_for_the_office_alone(asked, grid, browse, leader, alice, mei):
    plan = grid()
    for somebody in (leader, alice, mei):
        assert browse(somebody).get(f"/rotations/plans/{plan.id}/wishes").status_code == 403


def test_an_elective_that_is_not_to_be_chosen_any_more_is_not_missed():
    from trainingbase.planner.problem import Choice, Programme, Requirement
    from trainingbase.rotations.rules.wishing import requirement_wished

    eye, ear = (Requirement(key, (key,), 2, (2,)) for key in ("7", "8"))
    open_one = Programme("p", (eye, ear), choose=(Choice("c", ("7", "8"), 1),))
    over = Programme("p", (eye, ear), choose=(Choice("c", ("7", "8"), 0),))
    assert (requirement_wished(7, open_one), requirement_wished(7, over)) == ("7", None)


def test_the_pages_ask_the_database_as_often_for_many_as_for_few(
    asked, wish, grid, browse, office, county, alice_resident, bob_resident, stays_of, statements
):
    surgery = county.standards["Surgery"]
    for resident in (alice_resident, bob_resident):
        wish(resident, (surgery, SEPTEMBER, OCTOBER), sites=(county.township.id,))
    browser = browse(office)

    def taken(plan):
        plan.wish_round = asked
        db.session.commit()
        address = f"/rotations/plans/{plan.id}/wishes"
        with statements() as made:
            assert browser.get(address).status_code == 200
        return len(made)

    few = taken(grid())
    months = {alice_resident.id: stays_of(0), bob_resident.id: stays_of(1)}
    for number in range(12):
        someone = resident_of_the_cast(f"R{number}", county, f"11010120000101{number:04}")
        wish(someone, (surgery, SEPTEMBER, OCTOBER), sites=(county.township.id,))
        months[someone.id] = stays_of(number % 2)
    assert taken(grid("Many", months=months)) == few


def test_two_drafts_are_held_against_the_same_wishes(
    grid, asked, wish, county, alice_resident, bob_resident, stays_of
):
    """Alice wants Surgery in September; only one of the drafts was made with the wishes."""
    wish(alice_resident, (county.standards["Surgery"], SEPTEMBER, OCTOBER))
    late = grid("Late")
    early = grid("Early", months={alice_resident.id: stays_of(1), bob_resident.id: stays_of(0)})
    early.wish_round = asked
    db.session.commit()
    found = compare(early, late)
    assert (found.here.wishes, found.there.wishes) == ((1, 1), (0, 1))
    assert found.here.worst is None
    assert found.there.worst == (alice_resident.id, 2)
    assert [one.resident for one in found.gain] == [alice_resident.id]
