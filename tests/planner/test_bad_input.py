"""Files that are wrong get one clear sentence with the place of the fault, never a traceback."""

import copy
import json
import os

import pytest
from click.testing import CliRunner

from tests.planner.little import department, plan, problem, requirement, resident
from trainingbase.cli.plan import check_plan
from trainingbase.cli.plan import plan as plan_command
from trainingbase.planner.files.json_reading import FormatError, parsed
from trainingbase.planner.files.plan_file import read_plan, write_plan
from trainingbase.planner.files.problem_file import problem_from_json
from trainingbase.planner.plan import Plan
from trainingbase.planner.problem import Block, Wish
from trainingbase.planner.problem_json import problem_to_json, write_problem
from trainingbase.planner.rules import check
from trainingbase.planner.size import TooLarge, number_of_stays, refuse_too_large
from trainingbase.planner.solve import solve


def document():
    anna = resident(
        "anna",
        in_progress=(Block("ED", "ED", 0, 1),),
        fixed=(Block("CARD", "CARD", 2, 2),),
        wishes=(Wish("CARD", 0, 3),),
        rank={"CARD": 1},
    )
    there = problem(
        [department("CARD"), department("ED", 2)],
        [requirement("CARD", 2), requirement("ED"), requirement("GI", standard=["CARD"])],
        [anna, resident("bert")],
        before=[("ED", "CARD")],
        previous=tuple(plan("bert CARD 2-4")),
    )
    return problem_to_json(there)


def broken(change):
    made = copy.deepcopy(document())
    change(made)
    return made


FAULTS = [
    (lambda d: d.update(periods=10**6), "periods: is 1000000, must be at most 1040"),
    (lambda d: d.update(periods=0), "periods: is 0, must be at least 1"),
    (lambda d: d.update(starts_on="2026-02-30"), "starts_on: is no date"),
    (lambda d: d.update(starts_on="9999-12-01"), "starts_on: is 9999-12-01, must lie between"),
    (lambda d: d["departments"][0].update(places=[1]), "departments[0].places: has 1 entries"),
    (lambda d: d["departments"][0]["places"].__setitem__(3, -1), "places[3]: is -1, must be"),
    (lambda d: d["departments"][0]["places"].__setitem__(3, 10**30), "a number of 31 digits"),
    (lambda d: d["departments"][0].update(id=""), "departments[0].id: is empty"),
    (lambda d: d["departments"][1].update(id="CARD"), "department 'CARD' appears twice"),
    (lambda d: d["residents"][1].update(id="anna"), "resident 'anna' appears twice"),
    (lambda d: d["residents"][1].update(id="\ud800"), "residents[1].id: has half a character"),
    (lambda d: d["residents"][1].update(programme="x"), "unknown programme 'x'"),
    (lambda d: d["residents"][1].update(done=["x"]), "done[0]: unknown requirement 'x'"),
    (lambda d: d["residents"][0]["fixed"][0].update(department="x"), "unknown department 'x'"),
    (lambda d: d["residents"][0]["fixed"][0].update(length=10**9), "fixed[0].length: is 10"),
    (lambda d: d["residents"][0]["rank"].update(CARD=float("inf")), "expected a finite number"),
    (lambda d: d["residents"][0]["rank"].update(CARD=-1), "rank.CARD: is -1, must be at least 0"),
    (lambda d: d["residents"][0]["wishes"][0].update(weight="2"), "weight: expected a number"),
    (lambda d: d["residents"][0]["in_progress"].append(document()["residents"][0]["fixed"][0])
     or d["residents"][0]["in_progress"][1].update(start=0),
     "in_progress[1]: goes on at the same time as residents[0].in_progress[0]"),
    (lambda d: d["programmes"]["gp"]["before"].append(["ED"]), "before[1]: expected two"),
    (lambda d: d["programmes"]["gp"]["before"].append(["ED", "x"]), "unknown requirement 'x'"),
    (lambda d: d["programmes"]["gp"]["choose"].append({"of": ["GI"], "count": 2}),
     "choose[0].count: is 2, must be at most 1"),
    (lambda d: d["programmes"]["gp"]["requirements"][0].update(stretches=[1, 2]), "sum to 3"),
    (lambda d: d["weights"].update(wish=1e6) or d["residents"][0]["wishes"][0].update(weight=1e6)
     or d["residents"][0].update(wishes=d["residents"][0]["wishes"] * 200),
     "weights: with these weights costs are too large"),
]  # fmt: skip


@pytest.mark.parametrize("change, said", FAULTS)
def test_a_fault_is_named_with_its_place(change, said):
    with pytest.raises(FormatError) as refused:
        problem_from_json(broken(change))
    assert said in str(refused.value)


def test_what_the_faults_are_made_from_is_no_fault():
    assert len(problem_from_json(document()).residents) == 2


@pytest.mark.parametrize(
    "content, said",
    [
        (b"", "is not JSON"),
        (b'{"format": "trainingbase-pro', "is not JSON"),
        (b"\xff\xfe{\x00}\x00", "no UTF-8 text at byte 0"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"periods": NaN}', "NaN is no number"),
        (b'{"periods": ' + b"9" * 5000 + b"}", "is not JSON"),
        (b'{"a": 1, "a": 2}', "has the key 'a' twice"),
        (b"[]", "expected an object, found a list"),
        (b'{"format": "trainingbase-problem/2"}', "expected 'trainingbase-problem/1'"),
        (b'{"format": "trainingbase-plan/1"}', "expected 'trainingbase-problem/1'"),
    ],
)
def test_a_file_that_is_no_problem_is_refused_in_a_sentence(tmp_path, content, said):
    (tmp_path / "problem.json").write_bytes(content)
    failed = run(plan_command, tmp_path / "problem.json", "--out", tmp_path / "plan.json")
    assert failed.exit_code == 1
    assert said in failed.output
    assert isinstance(failed.exception, SystemExit)
    assert not (tmp_path / "plan.json").exists()


def test_a_byte_order_mark_is_no_fault(tmp_path):
    (tmp_path / "problem.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(document()).encode())
    assert problem_from_json(parsed(tmp_path / "problem.json")).periods == 6


def run(command, *arguments):
    return CliRunner().invoke(command, [str(one) for one in arguments])


@pytest.fixture
def files(tmp_path):
    there = problem(
        [department("CARD")], [requirement("CARD", 2)], [resident("anna"), resident("bert")]
    )
    write_problem(there, tmp_path / "problem.json")
    return tmp_path


def test_a_million_stays_are_refused_with_the_size():
    many = [resident(f"r{number}") for number in range(40)]
    there = problem([department("CARD", 40)], [requirement("CARD", 2)], many)
    assert number_of_stays(there) == 40 * 5
    refuse_too_large(there)
    with pytest.raises(TooLarge, match=r"40 residents have 200 possible stays .* most is 199"):
        refuse_too_large(there, most=199)


def test_a_problem_too_large_for_one_solve_is_refused_at_once(tmp_path):
    made = document()
    made["periods"] = 1000
    for one in made["departments"]:
        one.update(places=[9] * 1000, minimum=[0] * 1000)
    person = {"programme": "gp", "from": 0, "until": 1000}
    made["residents"] = [{"id": f"r{number}", **person} for number in range(500)]
    made["previous"] = []
    (tmp_path / "problem.json").write_text(json.dumps(made))
    failed = run(plan_command, tmp_path / "problem.json", "--out", tmp_path / "plan.json")
    assert failed.exit_code == 1
    assert "500 residents have 1,499,500 possible stays" in failed.output


def test_an_empty_problem_has_an_empty_plan(files):
    empty = problem([department("CARD")], [requirement("CARD")])
    made = problem_to_json(empty) | {"residents": []}
    found = solve(problem_from_json(made), seconds=20)
    assert (found.status, found.placements, found.cost.total) == ("optimal", (), 0)
    nowhere = problem_to_json(empty) | {"departments": []}
    found = solve(problem_from_json(nowhere), seconds=20)
    assert found.status == "infeasible"
    assert found.explanation[0].residents == ("anna",)


def test_the_plan_of_another_problem_is_said_to_be_one(files):
    write_plan(Plan("feasible", tuple(plan("zoe X 0-2"))), files / "other.json")
    judged = run(check_plan, files / "problem.json", files / "other.json")
    assert judged.exit_code == 1
    assert "is the plan of another problem" in judged.output
    out = files / "plan.json"
    again = ("--out", out, "--seconds", 5, "--from", files / "other.json")
    solved = run(plan_command, files / "problem.json", *again)
    assert solved.exit_code == 1
    assert "is the plan of another problem" in solved.output
    assert not out.exists()


def test_placements_an_earlier_plan_has_of_others_are_left_aside_and_told(files):
    earlier = Plan("feasible", tuple(plan("anna CARD 3-5", "zoe CARD 0-2")))
    write_plan(earlier, files / "earlier.json")
    out = files / "plan.json"
    again = ("--out", out, "--seconds", 5, "--from", files / "earlier.json")
    solved = run(plan_command, files / "problem.json", *again)
    assert solved.exit_code == 0
    assert "1 of 2 placements name what the problem has not" in solved.output
    assert plan("anna CARD 3-5")[0] in read_plan(out).placements


def test_a_plan_that_cannot_be_written_is_refused_before_solving(files):
    for out in (files / "none" / "plan.json", files / "problem.json" / "plan.json"):
        failed = run(plan_command, files / "problem.json", "--out", out)
        assert failed.exit_code == 1
        assert str(out) in failed.output
        assert isinstance(failed.exception, SystemExit)


def test_a_plan_may_be_written_to_a_pipe(files):
    os.mkfifo(files / "pipe")
    reader = os.open(files / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    write_plan(Plan("feasible", tuple(plan("anna CARD 3-5"))), files / "pipe")
    assert b"trainingbase-plan/1" in os.read(reader, 65536)
    os.close(reader)
    assert not (files / "pipe").is_file()


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "x"])
def test_a_time_that_is_none_is_refused(files, seconds):
    out = ("--out", files / "plan.json", "--seconds", seconds)
    assert run(plan_command, files / "problem.json", *out).exit_code == 2


def test_what_has_begun_may_reach_over_the_ends_of_the_problem():
    begun = resident("anna", in_progress=(Block("CARD", "CARD", -1, 2), Block("ED", "ED", 5, 3)))
    there = problem(
        [department("CARD"), department("ED")],
        [requirement("CARD", 2), requirement("ED", 3)],
        [begun, resident("bert", until=5)],
    )
    found = solve(there, seconds=20, rounds=2)
    assert check(there, found.placements) == []
    assert {one.start for one in found.placements if one.resident == "anna"} == {-1, 5}


def test_a_plan_told_to_stop_at_once_has_what_is_decided_and_breaks_no_rule():
    there = problem_from_json(document())
    found = solve(there, seconds=20, should_stop=lambda: True)
    assert {one.rule for one in check(there, found.placements)} <= {"whole"}
    assert set(plan("anna ED 0-1", "anna CARD 2-4")) <= set(found.placements)
