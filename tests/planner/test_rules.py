"""Each rule, fed two or three placements, names what breaks it; and nothing else does."""

import subprocess
import sys

import pytest

from tests.planner.little import department, plan, problem, requirement, resident
from trainingbase.planner.problem import Block, Choice
from trainingbase.planner.rules import RULES, check
from trainingbase.planner.words import breach_in_words, rule_in_words


def names(breaches):
    return [breach.rule for breach in breaches]


CARD_THEN_ED = ([department("CARD"), department("ED")], [requirement("CARD", 2), requirement("ED")])
TWO = (resident("anna"), resident("bert"))


def test_a_plan_that_keeps_every_rule_has_no_breach():
    there = problem(*CARD_THEN_ED, TWO, before=[("CARD", "ED")])
    lawful = plan("anna CARD 0-2", "anna ED 2-3", "bert CARD 2-4", "bert ED 5-6")
    assert check(there, lawful) == []


def test_a_department_over_its_places_names_who_is_there_and_when():
    there = problem([department("CARD")], [requirement("CARD", 2)], TWO)
    (breach,) = check(there, plan("anna CARD 0-2", "bert CARD 1-3"))
    assert breach.rule == "places"
    assert breach.residents == ("anna", "bert")
    assert breach.departments == ("CARD",)
    assert breach.periods == (1,)
    assert (breach.needed, breach.found) == (2, 1)


def test_a_department_overfull_with_the_same_people_for_long_is_one_breach():
    there = problem([department("CARD")], [requirement("CARD", 2)], TWO)
    (breach,) = check(there, plan("anna CARD 0-2", "bert CARD 0-2"))
    assert breach.periods == (0, 1)


def test_a_closed_month_is_a_month_without_places():
    there = problem([department("CARD", [1, 0, 1, 1, 1, 1])], [requirement("CARD", 2)])
    (breach,) = check(there, plan("anna CARD 0-2"))
    assert (breach.rule, breach.periods, breach.found) == ("places", (1,), 0)


def test_nobody_is_in_two_departments_at_once():
    there = problem(*CARD_THEN_ED)
    (breach,) = check(there, plan("anna CARD 0-2", "anna ED 1-2"))
    assert breach.rule == "one_place_at_a_time"
    assert breach.periods == (1,)
    assert breach.departments == ("CARD", "ED")


def test_nobody_is_placed_while_on_leave():
    there = problem([department("CARD")], [requirement("CARD", 2)], [resident(away=[3])])
    (breach,) = check(there, plan("anna CARD 2-4"))
    assert (breach.rule, breach.periods) == ("away", (3,))


@pytest.mark.parametrize(
    "who, what, when",
    [
        ({"from_period": 1}, {}, "0-1"),
        ({"until": 5}, {}, "5-6"),
        ({}, {"earliest": 2}, "1-2"),
        ({}, {"latest_end": 3}, "3-4"),
        ({"training_start": 2}, {"earliest": 1}, "2-3"),
        ({"training_start": -4}, {"latest_end": 6}, "2-3"),
    ],
)
def test_a_placement_outside_its_window_is_named(who, what, when):
    there = problem([department("CARD")], [requirement("CARD", **what)], [resident(**who)])
    assert names(check(there, plan(f"anna CARD {when}"))) == ["window"]


def test_the_second_starts_only_when_the_first_has_ended():
    there = problem(*CARD_THEN_ED, before=[("CARD", "ED")])
    (breach,) = check(there, plan("anna ED 0-1", "anna CARD 1-3"))
    assert breach.rule == "before"
    assert {one.requirement for one in breach.placements} == {"CARD", "ED"}


def test_what_began_before_its_turn_is_past_judging():
    began = resident(in_progress=(Block("ED", "ED", 0, 1),))
    there = problem(*CARD_THEN_ED, [began], before=[("CARD", "ED")])
    assert check(there, plan("anna ED 0-1", "anna CARD 1-3")) == []


ELECTIVES = (
    [department("URO"), department("ONC"), department("LAB")],
    [requirement("URO"), requirement("ONC"), requirement("LAB")],
)
TWO_OF_THREE = [Choice("EL", ("URO", "ONC", "LAB"), 2)]


@pytest.mark.parametrize(
    "texts", [["anna URO 0-1"], ["anna URO 0-1", "anna ONC 1-2", "anna LAB 2-3"], []]
)
def test_exactly_the_wanted_number_of_electives_is_taken(texts):
    there = problem(*ELECTIVES, choose=TWO_OF_THREE)
    (breach,) = check(there, plan(*texts))
    assert (breach.rule, breach.needed, breach.found) == ("choose", 2, len(texts))


def test_an_elective_done_before_counts():
    there = problem(*ELECTIVES, [resident(done=["LAB"])], choose=TWO_OF_THREE)
    assert check(there, plan("anna URO 0-1")) == []


def test_what_the_office_fixed_stands():
    fixed = resident(fixed=(Block("CARD", "CARD", 2, 2),))
    there = problem([department("CARD")], [requirement("CARD", 2)], [fixed])
    (breach,) = check(there, plan("anna CARD 0-2"))
    assert (breach.rule, breach.periods) == ("fixed", (2, 3))


def test_what_has_begun_is_carried_to_its_end():
    begun = resident(in_progress=(Block("CARD", "CARD", 0, 1),))
    there = problem([department("CARD")], [requirement("CARD", 2)], [begun])
    assert names(check(there, [])) == ["in_progress"]
    assert check(there, plan("anna CARD 0-1")) == []


@pytest.mark.parametrize(
    "what, texts",
    [
        ({"length": 2}, []),
        ({"length": 2}, ["anna IM 0-1"]),
        ({"length": 2}, ["anna IM 0-3"]),
        ({"length": 2}, ["anna IM 0-1", "anna IM 2-3"]),
        ({"length": 3, "stretches": (1, 2)}, ["anna IM 0-2", "anna IM 4-5"]),
        ({"length": 2, "stretches": (1, 1)}, ["anna IM 0-1", "anna IM 1-2"]),
        ({"length": 4, "min_stretch": 2}, ["anna IM 0-1", "anna IM 2-5"]),
        ({"length": 2, "align": 2}, ["anna IM 1-3"]),
    ],
)
def test_a_requirement_is_met_whole_and_in_its_stretches(what, texts):
    there = problem([department("IM")], [requirement("IM", **what)])
    (breach,) = check(there, plan(*texts))
    assert (breach.rule, breach.requirements) == ("whole", ("IM",))


@pytest.mark.parametrize(
    "what, texts",
    [
        ({"length": 3, "stretches": (1, 2)}, ["anna IM 0-1", "anna IM 2-4"]),
        ({"length": 2, "stretches": (1, 1)}, ["anna IM 0-1", "anna IM 2-3"]),
        ({"length": 4, "min_stretch": 2}, ["anna IM 0-2", "anna IM 3-5"]),
        ({"length": 4, "min_stretch": 2}, ["anna IM 0-1", "anna IM 1-4"]),
        ({"length": 2, "align": 2}, ["anna IM 2-4"]),
    ],
)
def test_stretches_and_pieces_as_the_requirement_says_are_lawful(what, texts):
    there = problem([department("IM")], [requirement("IM", **what)])
    assert check(there, plan(*texts)) == []


def test_a_requirement_already_met_is_not_placed_again():
    there = problem([department("IM")], [requirement("IM")], [resident(done=["IM"])])
    (breach,) = check(there, plan("anna IM 0-1"))
    assert (breach.rule, breach.needed) == ("whole", 0)


def test_time_beyond_the_programme_takes_a_place_and_meets_nothing():
    there = problem(*CARD_THEN_ED)
    lawful = plan("anna CARD 0-2", "anna ED 2-3")
    assert check(there, [*lawful, *plan("anna @ED 3-4")]) == []
    assert names(check(there, [*lawful, *plan("anna @ED 1-2")])) == ["one_place_at_a_time"]


def test_all_stretches_in_one_department_when_it_is_so_asked():
    wards = [department("east", standards=["IM"]), department("west", standards=["IM"])]
    what = requirement("IM", 2, stretches=(1, 1), same_department=True)
    there = problem(wards, [what])
    (breach,) = check(there, plan("anna IM@east 0-1", "anna IM@west 2-3"))
    assert (breach.rule, breach.departments) == ("same_department", ("east", "west"))


def test_a_department_must_stand_for_what_is_required():
    there = problem([department("CARD"), department("ED")], [requirement("CARD")])
    assert names(check(there, plan("anna CARD@ED 0-1"))) == ["standard"]


def test_a_department_may_stand_for_two_and_shares_its_places():
    shared = department("IM", 1, standards=["GI", "NEPH"])
    there = problem([shared], [requirement("GI"), requirement("NEPH")], TWO)
    lawful = plan("anna GI@IM 0-1", "anna NEPH@IM 1-2", "bert GI@IM 2-3", "bert NEPH@IM 3-4")
    assert check(there, lawful) == []
    crowded = [*lawful[:3], *plan("bert NEPH@IM 0-1")]
    assert names(check(there, crowded)) == ["places"]


def test_primary_care_is_done_only_where_the_resident_may_go():
    site = department("east/gp", standards=["PC"], institution="east", primary_care=True)
    there = problem([site], [requirement("PC")], [resident(institutions=frozenset({"west"}))])
    assert names(check(there, plan("anna PC@east/gp 0-1"))) == ["eligible"]


@pytest.mark.parametrize(
    "text", ["nobody CARD 0-1", "anna NONE@CARD 0-1", "anna CARD@nowhere 0-1", "anna CARD 5-7"]
)
def test_what_the_problem_does_not_know_is_named(text):
    there = problem([department("CARD")], [requirement("CARD")], [resident(done=["CARD"])])
    assert names(check(there, plan(text))) == ["known"]


def test_every_rule_can_be_said_in_both_languages():
    for rule in RULES:
        assert rule_in_words(rule.__name__, "zh") != rule_in_words(rule.__name__, "en")


def test_a_breach_is_said_with_names_in_the_words_of_the_office():
    there = problem([department("CARD")], [requirement("CARD", 2)], TWO)
    (breach,) = check(there, plan("anna CARD 0-2", "bert CARD 1-3"))
    named = {"anna": "安娜", "bert": "贝特", "CARD": "心血管内科"}.get
    assert breach_in_words(there, breach, "zh", named) == (
        "科室超出名额：安娜、贝特，心血管内科，2026年10月，2人，只有1个名额"
    )
    assert "2 residents for 1 places" in breach_in_words(there, breach, "en")


def test_the_rules_load_neither_solver_nor_database_nor_web():
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, trainingbase.planner.rules, trainingbase.planner.cost,"
            " trainingbase.planner.files.plan_file, trainingbase.planner.words;"
            "print(sorted({m.partition('.')[0] for m in sys.modules}"
            " & {'ortools', 'sqlalchemy', 'flask', 'numpy', 'click'}))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "[]"
