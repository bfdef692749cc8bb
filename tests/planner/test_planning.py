"""What is told beside a plan: how evenly it serves, what missed wishes would cost, what moved."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings

from tests.planner.brute import TooMany, lawful_plans
from tests.planner.little import department, plan, problem, requirement, resident
from tests.planner.tiny import problems
from trainingbase.cli.plan import plan as plan_command
from trainingbase.planner.cost import cost
from trainingbase.planner.fairness import fairness, gini
from trainingbase.planner.files.problem_file import problem_from_json
from trainingbase.planner.problem import Choice, Wish
from trainingbase.planner.problem_json import problem_to_json, write_problem
from trainingbase.planner.replanning.planning import Order, planned
from trainingbase.planner.replanning.wishes import missed_of, missed_wishes

FIRST = Wish("CARD", 0, 1, 2)


def rivals(**more):
    those = [resident("anna", wishes=(FIRST,)), resident("bert", wishes=(FIRST,))]
    return problem([department("CARD")], [requirement("CARD", 2)], those, **more)


def test_a_missed_wish_is_priced_with_who_would_move():
    (missed,) = missed_wishes(rivals(), plan("anna CARD 0-2", "bert CARD 2-4"), tries=2)
    assert (missed.resident, missed.requirement, missed.then) == ("bert", "CARD", "costs")
    assert missed.cost == 0  # one gains what the other loses
    assert missed.moved == 2
    assert set(missed.residents) == {"anna", "bert"}


def test_a_wish_nothing_stands_against_saves_its_weight():
    there = problem([department("CARD")], [requirement("CARD", 2)], [resident(wishes=(FIRST,))])
    (missed,) = missed_wishes(there, plan("anna CARD 3-5"), tries=2)
    assert missed.cost == pytest.approx(-2.2)
    assert missed.moved == 1


def test_a_wish_before_its_time_is_impossible():
    early = requirement("CARD", 2, earliest=3)
    there = problem([department("CARD")], [early], [resident(wishes=(Wish("CARD", 5, 9),))])
    (missed,) = missed_wishes(there, plan("anna CARD 3-5"), tries=2)
    assert missed.then in ("impossible", "unknown")
    gone = problem([department("CARD")], [early], [resident(wishes=(Wish("CARD", 4, 4),))])
    (missed,) = missed_wishes(gone, plan("anna CARD 3-5"), tries=2)
    assert missed.then == "impossible"


def test_a_wish_for_an_elective_is_priced_although_another_was_chosen():
    wards = [department("ONC"), department("URO")]
    chosen = [requirement("ONC", 2), requirement("URO", 2)]
    wishing = resident(wishes=(Wish("URO", 1, 2),))
    there = problem(wards, chosen, [wishing], choose=[Choice("EL", ("ONC", "URO"), 1)])
    (missed,) = missed_wishes(there, plan("anna ONC 0-2"), tries=1)
    assert (missed.then, missed.cost) == ("costs", pytest.approx(-1.1))


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(problems(residents=2))
def test_no_wish_is_called_impossible_or_cheaper_than_it_is(there):
    try:
        lawful = list(lawful_plans(replace(there, previous=()), 3000))
    except TooMany:
        assume(False)
    assume(lawful)
    there = replace(there, previous=())
    present = max(lawful, key=lambda one: cost(there, one).total)
    for missed in missed_wishes(there, present, tries=1):
        granting = [
            cost(there, one).total
            for one in lawful
            if (missed.resident, missed.wish) not in missed_of(there, one)
        ]
        if missed.then == "impossible":
            assert not granting
        if missed.then == "costs":
            assert missed.cost >= min(granting) - cost(there, present).total - 1e-6


def test_how_evenly_a_plan_serves_is_counted():
    site = department("east/gp", standards=["PC"], institution="east", primary_care=True)
    ranked = resident("bert", wishes=(FIRST,), rank={"east": 1})
    there = problem(
        [department("CARD", 2), site], [requirement("CARD", 2), requirement("PC")],
        [resident("anna", wishes=(FIRST,)), ranked],
    )  # fmt: skip
    found = fairness(there, plan("anna CARD 0-2", "anna PC@east/gp 2-3", "bert CARD 1-3",
                                 "bert PC@east/gp 3-4"))  # fmt: skip
    assert found.costs == {"anna": 0, "bert": 3}
    assert (found.worst, found.mean, found.spread) == (("bert",), 1.5, 3)
    assert found.gini == 0.5
    assert found.sites == {"east": 2}
    assert found.unloved == (("east/gp", 1.0, 2),)


def test_the_gini_coefficient_is_nought_for_equals_and_for_nobody():
    assert gini([]) == gini([0, 0]) == gini([3, 3, 3]) == 0
    assert gini([0, 0, 0, 4]) == 0.75


def test_the_notice_period_of_a_problem_is_read_and_kept():
    there = rivals(previous=tuple(plan("anna CARD 2-4", "bert CARD 0-2")), notice=3)
    assert problem_from_json(problem_to_json(there)) == there
    found = planned(there, Order(seconds=3, notice=there.notice))
    assert set(found.placements) == set(there.previous)
    assert found.more["released"] == []


def test_the_command_tells_what_was_asked_for(tmp_path):
    write_problem(rivals(), tmp_path / "problem.json")
    out = tmp_path / "plan.json"
    arguments = (tmp_path / "problem.json", "--out", out, "--seconds", 4, "--wishes")
    solved = CliRunner().invoke(plan_command, [str(one) for one in arguments])
    assert solved.exit_code == 0, solved.output
    written = json.loads(out.read_text())
    (wish,) = written["wishes"]
    assert (wish["requirement"], wish["from"], wish["to"], wish["cost"]) == ("CARD", 0, 1, 0)
    assert written["fairness"]["most"] == 2
    assert "served: on average 1, worst 2" in solved.output
    assert f"missed: {wish['resident']} CARD: costs at most 0" in solved.output
