"""Where nothing lawful exists the true cause is said, and a remedy that has been tried."""

from pathlib import Path

from tests.planner.little import department, plan, problem, requirement, resident
from trainingbase.planner.change import changed
from trainingbase.planner.explain import explain
from trainingbase.planner.problem import Block
from trainingbase.planner.problem_file import read_problem
from trainingbase.planner.rules import check
from trainingbase.planner.solve import solve

HERE = Path(__file__).parent
THREE = tuple(resident(name) for name in ("anna", "bert", "carl"))


def only(there):
    (cause,) = explain(there, seconds=20)
    return cause


def is_solved_by(there, change):
    return solve(changed(there, change), seconds=20).is_lawful


def test_too_many_in_one_month_are_counted_and_named():
    ward = department("PAED", [2, 0, 0, 0, 0, 0])
    there = problem([ward], [requirement("PAED")], THREE)
    cause = only(there)
    assert cause.rules == ("places",)
    assert cause.proven
    assert (cause.needed, cause.available) == (3, 2)
    assert cause.residents == ("anna", "bert", "carl")
    assert cause.departments == ("PAED",)
    assert "2 places" in cause.en and "3 residents" in cause.en
    assert "2个名额" in cause.zh and "3名学员" in cause.zh


def test_a_window_narrows_the_count_to_its_month():
    wards = [department("GP", 2), department("CARD", 3)]
    wanted = [requirement("GP", 1, latest_end=1), requirement("CARD", 2)]
    cause = only(problem(wards, wanted, THREE))
    assert cause.periods == (0,)
    assert cause.en == (
        "GP has 2 places in September 2026; 3 residents must be there then: anna, bert, carl."
    )
    assert cause.zh == "GP2026年9月只有2个名额，而3名学员此时必须在此：anna、bert、carl。"


def test_a_remedy_has_been_solved_with():
    ward = department("PAED", [2, 0, 0, 0, 0, 0])
    there = problem([ward], [requirement("PAED")], THREE)
    (remedy,) = only(there).remedies
    assert remedy.then == "feasible"
    assert remedy.change["add_places"]["department"] == "PAED"
    assert is_solved_by(there, remedy.change)


def test_somebody_with_too_little_time_is_told_how_much_longer_is_needed():
    short = resident("anna", until=3)
    there = problem([department("CARD", 3)], [requirement("CARD", 4)], [short, THREE[1]])
    there_too = problem(
        [department("CARD", 3), department("ED", 3)],
        [requirement("CARD", 2), requirement("ED", 2)],
        [short, THREE[1]],
    )
    assert only(there).residents == ("anna",)
    cause = only(there_too)
    assert cause.rules == ("one_place_at_a_time",)
    assert (cause.needed, cause.available) == (4, 3)
    (remedy,) = cause.remedies
    assert remedy.change == {"extend": {"resident": "anna", "periods": 1}}
    assert is_solved_by(there_too, remedy.change)


def test_a_requirement_nobody_offers_to_somebody_is_named():
    site = department("east/gp", standards=["PC"], institution="east", primary_care=True)
    far = resident(institutions=frozenset({"west"}))
    cause = only(problem([site], [requirement("PC")], [far]))
    assert cause.rules == ("eligible",)
    assert cause.requirements == ("PC",)


def test_a_fixed_stay_in_a_closed_month_is_the_cause():
    fixed = resident(fixed=(Block("CARD", "CARD", 0, 1),))
    there = problem([department("CARD", [0, 1, 1, 1, 1, 1])], [requirement("CARD")], [fixed])
    cause = only(there)
    assert cause.rules == ("fixed",)
    (remedy,) = cause.remedies
    assert is_solved_by(there, remedy.change)


def test_fixed_stays_over_the_places_are_the_cause():
    fixed = [resident(name, fixed=(Block("CARD", "CARD", 2, 1),)) for name in ("anna", "bert")]
    cause = only(problem([department("CARD")], [requirement("CARD")], fixed))
    assert (cause.periods, cause.needed, cause.available) == ((2,), 2, 1)


def test_order_and_windows_that_exclude_each_other_are_said_to():
    there = problem(
        [department("CARD"), department("ED")],
        [requirement("CARD", earliest=3), requirement("ED", latest_end=2)],
        before=[("CARD", "ED")],
    )
    cause = only(there)
    assert cause.rules == ("before", "window", "away")
    assert cause.proven


def test_a_problem_that_can_be_solved_needs_no_explanation():
    there = problem([department("PAED")], [requirement("PAED")], THREE)
    assert explain(there, seconds=20) == ()


def test_a_whole_base_short_of_paediatrics_is_told_so_with_a_remedy_that_works():
    there = read_problem(HERE / "m30_infeasible_places.json")
    causes = explain(there, seconds=40)
    assert all(cause.departments == ("PED",) and cause.proven for cause in causes)
    (counted,) = [cause for cause in causes if cause.rules == ("places",)]
    assert counted.needed > counted.available
    places = there.department_by_id["PED"].places
    assert counted.available == sum(places[period] for period in counted.periods)
    remedy = causes[0].remedies[0]
    assert {one["add_places"]["department"] for one in (remedy.change, *remedy.change["also"])} == {
        "PED"
    }
    assert is_solved_by(there, remedy.change)


def test_an_explanation_stands_in_the_plan_beside_the_part_that_is_lawful():
    ward = department("PAED", [2, 0, 0, 0, 0, 0])
    there = problem([ward], [requirement("PAED")], THREE)
    found = solve(there, seconds=20)
    assert found.status == "infeasible"
    assert len(found.placements) == 2
    assert found.explanation[0].remedies
    assert {one.rule for one in check(there, found.placements)} == {"whole"}
    assert plan("anna PAED 0-1")[0].length == 1
