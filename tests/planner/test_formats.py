"""Problem and plan files: what is written reads back the same; a fault is named by its path."""

import json
from pathlib import Path

import pytest

from tests.planner.little import department, plan, problem, requirement, resident
from trainingbase.planner.files.json_reading import FormatError
from trainingbase.planner.files.plan_file import plan_from_json, plan_to_json, read_plan, write_plan
from trainingbase.planner.files.problem_file import problem_from_json, read_problem
from trainingbase.planner.plan import Bottleneck, Cost, Explanation, Plan, Remedy, Unplaced
from trainingbase.planner.problem import Block, Choice, Wish
from trainingbase.planner.problem_json import problem_to_json, write_problem

HERE = Path(__file__).parent


def document():
    return json.loads((HERE / "m30_s1.json").read_text())


def test_a_problem_reads_back_as_it_was_written(tmp_path):
    there = problem(
        [department("IM", standards=["GI", "NEPH"]), department("PC", primary_care=True)],
        [requirement("GI", 2, align=2), requirement("NEPH", 3, min_stretch=1), requirement("PC")],
        [
            resident(
                away=[1],
                done=["PC"],
                in_progress=(Block("GI", "IM", 0, 1),),
                fixed=(Block("NEPH", "IM", 2, 3),),
                institutions=frozenset({"lead"}),
                wishes=(Wish("GI", 1, 2, 3),),
                rank={"lead": 2},
            )
        ],
        before=[("GI", "NEPH")],
        choose=[Choice("EL", ("PC",), 1)],
        previous=tuple(plan("anna NEPH@IM 2-5")),
        name="two",
        notes=("made by hand",),
    )
    write_problem(there, tmp_path / "problem.json")
    assert read_problem(tmp_path / "problem.json") == there


def test_a_given_problem_reads_back_as_it_was_written():
    there = problem_from_json(document())
    assert len(there.residents) == 30
    assert problem_from_json(problem_to_json(there)) == there


def test_a_plan_reads_back_as_it_was_written(tmp_path):
    made = Plan(
        status="partial",
        placements=tuple(plan("anna CARD 0-2")),
        cost=Cost(unplaced=1000, wish=2.5),
        bound=11.0,
        seconds=8.4,
        unplaced=(Unplaced("anna", "ED", ("places:ED@3..4",)),),
        explanation=(
            Explanation(
                zh="急诊三月有1个名额",
                en="ED has 1 place in March",
                rules=("places",),
                residents=("anna",),
                departments=("ED",),
                periods=(3,),
                needed=2,
                available=1,
                remedies=(
                    Remedy({"add_places": {"department": "ED", "periods": [3]}}, "feasible", 12.0),
                ),
                proven=True,
            ),
        ),
        bottlenecks=(Bottleneck("ED", 3, 2.5),),
    )
    write_plan(made, tmp_path / "plan.json")
    assert read_plan(tmp_path / "plan.json") == made
    assert [one.name for one in tmp_path.iterdir()] == ["plan.json"]


def test_a_plan_made_by_hand_need_only_name_its_placements():
    made = plan_from_json({"format": "trainingbase-plan/1", "placements": []})
    assert made.placements == ()


def change(path, value):
    def changed():
        root = document()
        at = root
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value
        return root

    return changed


@pytest.mark.parametrize(
    "path, value, where, what",
    [
        (["format"], "other/1", "format", "expected 'trainingbase-problem/1'"),
        (["periods"], 10**6, "periods", "must be at most"),
        (["periods"], "33", "periods", "expected a whole number"),
        (["periods"], None, "periods", "is missing"),
        (["unit"], "day", "unit", "unknown unit 'day'"),
        (["starts_on"], "2026-13-01", "starts_on", "is no date"),
        (["departments", 0, "places"], [1], "departments[0].places", "expected one for each"),
        (["departments", 0, "places", 4], -1, "departments[0].places[4]", "must be at least 0"),
        (["departments", 1, "id"], "CARD", "departments[1].id", "appears twice"),
        (["residents", 3, "programme"], "xx", "residents[3].programme", "unknown programme"),
        (["residents", 3, "done"], ["xx"], "residents[3].done[0]", "unknown requirement"),
        (["residents", 3, "from"], -1, "residents[3].from", "must be at least 0"),
        (["residents", 3], 7, "residents[3]", "expected an object"),
        (["residents"], {}, "residents", "expected a list"),
        (
            ["residents", 7, "fixed", 0, "department"],
            "xx",
            "residents[7].fixed[0].department",
            "unknown department 'xx'",
        ),
        (
            ["programmes", "gp", "requirements", 1, "stretches"],
            [1],
            "programmes.gp.requirements[1].stretches",
            "sum to 1, length is 2",
        ),
        (
            ["programmes", "gp", "before", 0],
            ["CARD", "xx"],
            "programmes.gp.before[0][1]",
            "unknown requirement 'xx'",
        ),
        (["weights", "wish"], -1, "weights.wish", "must be at least 0"),
    ],
)
def test_a_fault_of_a_problem_is_named_by_its_path(path, value, where, what):
    with pytest.raises(FormatError) as caught:
        problem_from_json(change(path, value)())
    assert caught.value.path == where
    assert what in caught.value.reason


@pytest.mark.parametrize("text", ["", "[]", "{", "7", '"x"', "[" * 100_000])
def test_a_file_that_is_no_problem_is_refused_in_a_sentence(tmp_path, text):
    (tmp_path / "problem.json").write_text(text)
    with pytest.raises(FormatError):
        read_problem(tmp_path / "problem.json")


def test_a_fault_of_a_plan_is_named_by_its_path():
    made = plan_to_json(Plan("feasible", tuple(plan("anna CARD 0-2"))))
    made["placements"][0]["length"] = 0
    with pytest.raises(FormatError, match=r"placements\[0\].length: is 0, must be at least 1"):
        plan_from_json(made)
