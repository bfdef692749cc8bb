"""Where nothing lawful exists the true cause is said, and a remedy that has been tried."""

from dataclasses import replace
from pathlib import Path

from tests.planner.little import department, plan, problem, requirement, resident
from trainingbase.planner.change import changed, parts_of, without
from trainingbase.planner.explaining.explain import explain
from trainingbase.planner.files.problem_file import read_problem
from trainingbase.planner.problem import Block
from trainingbase.planner.rules import check
from trainingbase.planner.solve import solve
from trainingbase.planner.timetables.careers import careers_of
from trainingbase.planner.timetables.counting import shortages

HERE = Path(__file__).parent
THREE = tuple(resident(name) for name in ("anna", "bert", "carl"))


def only(there):
    (cause,) = explain(there, seconds=20)
    return cause


def is_solved_by(there, change):
    return solve(changed(there, change), seconds=60, rounds=1).is_lawful


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
    remedies = only(there).remedies
    assert [remedy.change for remedy in remedies] == [
        {"add_places": {"department": "PAED", "periods": [0], "count": 1}},
        {"without": {"residents": ["anna"]}},
    ]
    for remedy in remedies:
        assert remedy.then == "feasible"
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
    remedy = cause.remedies[0]
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
    assert cause.rules == ("fixed", "places")
    for remedy in cause.remedies:
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
    assert {(fact.rule, fact.requirements) for fact in cause.facts} == {
        ("whole", ("CARD",)),
        ("whole", ("ED",)),
        ("window", ("CARD",)),
        ("window", ("ED",)),
        ("before", ("CARD", "ED")),
    }
    assert "CARD before ED" in cause.en
    assert "“CARD”先于“ED”" in cause.zh
    assert cause.proven


def test_only_what_cannot_be_left_out_is_part_of_a_cause():
    there = problem(
        [department(one) for one in ("CARD", "ED", "GI", "ICU")],
        [
            requirement("CARD", earliest=3),
            requirement("ED", latest_end=2),
            requirement("GI"),
            requirement("ICU", latest_end=5),
        ],
        [resident("anna", away=[4])],
        before=[("CARD", "ED"), ("GI", "ICU")],
    )
    named = {one for fact in only(there).facts for one in fact.requirements}
    assert named == {"CARD", "ED"}
    assert "away" not in only(there).rules


def test_an_order_that_goes_in_a_circle_is_named_once_for_everybody():
    wards = [department("CARD", 3), department("ED", 3)]
    circle = [("CARD", "ED"), ("ED", "CARD")]
    cause = only(problem(wards, [requirement("CARD"), requirement("ED")], THREE, before=circle))
    assert cause.residents == ("anna", "bert", "carl")
    assert [fact.requirements for fact in cause.facts if fact.rule == "before"] == circle


def test_two_fixed_stays_at_once_are_the_cause_and_the_others_are_planned():
    at_once = resident("anna", fixed=(Block("CARD", "CARD", 2, 2), Block("ED", "ED", 3, 1)))
    wards = [department("CARD", 2), department("ED", 2)]
    there = problem(wards, [requirement("CARD", 2), requirement("ED")], [at_once, THREE[1]])
    found = solve(there, seconds=20, rounds=3)
    (cause,) = found.explanation
    assert cause.residents == ("anna",)
    assert [fact.requirements for fact in cause.facts if fact.rule == "fixed"] == [
        ("CARD",),
        ("ED",),
    ]
    assert {one.requirement for one in found.placements if one.resident == "bert"} == {"CARD", "ED"}
    for remedy in cause.remedies:
        assert is_solved_by(there, remedy.change)


def test_people_who_together_do_not_fit_are_named_with_the_places():
    wards = [department("CARD"), department("ED", [0, 0, 4, 0, 0, 0]), department("GI", 4)]
    wanted = [requirement("CARD", 2), requirement("ED"), requirement("GI")]
    idle = resident("dora", done=["CARD"])
    there = problem(wards, wanted, [*THREE, idle])
    assert not shortages(careers_of(there))
    cause = only(there)
    assert cause.proven
    assert cause.residents == ("anna", "bert", "carl")
    assert cause.departments == ("CARD",)
    for name in cause.residents:
        assert is_solved_by(there, without([name]))
    for remedy in cause.remedies:
        assert is_solved_by(there, remedy.change)


def test_a_shortage_names_no_more_people_than_are_too_many():
    names = [resident(name) for name in ("anna", "bert", "carl", "dora", "emil")]
    ward = department("PAED", [2, 0, 0, 0, 0, 0])
    there = problem([ward, department("ED", 9)], [requirement("PAED"), requirement("ED")], names)
    cause = only(there)
    assert (len(cause.residents), cause.needed, cause.needed_by_all) == (3, 3, 5)
    assert "With everybody else 5 are needed." in cause.en
    assert "全部学员共需要5个" in cause.zh


def test_departments_somebody_may_choose_between_are_counted_together():
    wards = [
        department("east", [1, 1, 0, 0, 0, 0], standards=["GP"]),
        department("west", [1, 0, 0, 0, 0, 0], standards=["GP", "PC"]),
    ]
    wanted = [requirement("GP"), requirement("PC")]
    cause = only(problem(wards, wanted, THREE[:2]))
    assert cause.departments == ("west",)
    wanted = [requirement("GP", 2)]
    cause = only(problem(wards, wanted, THREE[:2]))
    assert set(cause.departments) <= {"east", "west"}


def test_a_problem_that_can_be_solved_needs_no_explanation():
    there = problem([department("PAED")], [requirement("PAED")], THREE)
    assert explain(there, seconds=20) == ()


def test_a_base_short_of_paediatrics_is_told_so_with_remedies_that_work():
    there = read_problem(HERE / "m30_infeasible_places.json")
    names = {"r2", "r9", "r11", "r14", "r15", "r17", "r20"}
    few = tuple(one for one in there.residents if one.id in names)
    there = replace(there, residents=few)
    fixed, counted = explain(there, seconds=8)
    assert (fixed.rules, fixed.residents) == (("fixed", "places"), ("r20",))
    assert counted.rules == ("places",)
    assert fixed.departments == counted.departments == ("PED",)
    places = there.department_by_id["PED"].places
    assert counted.available == sum(places[period] for period in counted.periods)
    assert counted.needed > counted.available
    efforts = [remedy.effort for remedy in fixed.remedies]
    assert efforts == sorted(efforts)
    kinds = {kind for remedy in fixed.remedies for part in parts_of(remedy.change) for kind in part}
    assert "add_places" in kinds
    for remedy in fixed.remedies[:1]:
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
