"""`trainingbase plan` and `trainingbase check-plan` as somebody at a terminal uses them."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.planner.little import department, plan, problem, requirement, resident
from trainingbase.cli.plan import check_plan
from trainingbase.cli.plan import plan as plan_command
from trainingbase.planner.files.plan_file import read_plan, write_plan
from trainingbase.planner.files.problem_file import read_problem
from trainingbase.planner.plan import Plan
from trainingbase.planner.problem_json import write_problem
from trainingbase.planner.rules import check
from trainingbase.planner.words import breach_in_words

HERE = Path(__file__).parent
TWO = (resident("anna"), resident("bert"))


@pytest.fixture
def files(tmp_path):
    there = problem([department("CARD")], [requirement("CARD", 2)], TWO)
    write_problem(there, tmp_path / "problem.json")
    return tmp_path


def run(command, *arguments):
    return CliRunner().invoke(command, [str(one) for one in arguments])


def test_a_plan_is_solved_written_and_judged_lawful(files):
    out = files / "plan.json"
    solved = run(plan_command, files / "problem.json", "--out", out, "--seconds", 20)
    assert solved.exit_code == 0, solved.output
    assert read_plan(out).status == "optimal"
    judged = run(check_plan, files / "problem.json", out, "--json")
    assert judged.exit_code == 0
    assert json.loads(judged.output) == {
        "lawful": True,
        "breaches": [],
        "cost": read_plan(out).cost.by_part(),
    }


def test_a_breach_is_named_by_rule_and_placement(files):
    crowded = Plan("feasible", tuple(plan("anna CARD 0-2", "bert CARD 1-3")))
    write_plan(crowded, files / "plan.json")
    judged = run(check_plan, files / "problem.json", files / "plan.json", "--json")
    assert judged.exit_code == 1
    (breach,) = json.loads(judged.output)["breaches"]
    assert breach["rule"] == "places"
    assert [one["resident"] for one in breach["placements"]] == ["anna", "bert"]
    said = run(check_plan, files / "problem.json", files / "plan.json")
    assert "places: more residents than places: anna, bert; CARD; October 2026" in said.output


def test_without_a_lawful_plan_the_partial_one_is_written_and_the_exit_says_so(files):
    there = problem([department("CARD", [1, 1, 0, 0, 0, 0])], [requirement("CARD", 2)], TWO)
    write_problem(there, files / "problem.json")
    out = files / "plan.json"
    solved = run(plan_command, files / "problem.json", "--out", out, "--seconds", 10)
    assert solved.exit_code == 1
    assert read_plan(out).status == "infeasible"
    assert len(read_plan(out).placements) == 1
    assert "CARD has 1 place in September 2026; 2 residents must be there then" in solved.output


def test_an_earlier_plan_is_changed_as_little_as_can_be(files):
    earlier = Plan("feasible", tuple(plan("anna CARD 3-5", "bert CARD 1-3")))
    write_plan(earlier, files / "earlier.json")
    out = files / "plan.json"
    solved = run(
        plan_command,
        files / "problem.json",
        *("--out", out, "--seconds", 10, "--from", files / "earlier.json"),
    )
    assert solved.exit_code == 0, solved.output
    assert set(read_plan(out).placements) == set(earlier.placements)


@pytest.mark.parametrize(
    "text, said",
    [
        ("{", "is not JSON"),
        ('{"format": "trainingbase-problem/1"}', "periods: is missing"),
        ('{"format": "x"}', "expected 'trainingbase-problem/1'"),
    ],
)
def test_a_file_that_is_no_problem_is_said_to_be_none(files, text, said):
    (files / "problem.json").write_text(text)
    for command, arguments in [
        (plan_command, ["--out", files / "plan.json"]),
        (check_plan, [files / "problem.json"]),
    ]:
        failed = run(command, files / "problem.json", *arguments)
        assert failed.exit_code == 1
        assert said in failed.output
        assert "Traceback" not in failed.output
    assert not (files / "plan.json").exists()


def test_a_file_that_is_not_there_is_said_to_be_missing(files):
    failed = run(check_plan, files / "none.json", files / "problem.json")
    assert failed.exit_code == 1
    assert "No such file" in failed.output


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_the_best_plan_found(tmp_path, word):
    out = tmp_path / "plan.json"
    problem_file = HERE / "m30_s1.json"
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from trainingbase.cli.plan import plan; plan(sys.argv[1:])",
            *(str(problem_file), "--out", str(out), "--seconds", "600"),
        ],
        stderr=subprocess.PIPE,
        text=True,
        cwd=HERE.parent.parent,
    ) as running:
        for line in running.stderr:
            if "cost" in line:
                break
        time.sleep(0.5)
        running.send_signal(word)
        running.stderr.read()
    assert running.returncode == 0
    there = read_problem(problem_file)
    assert check(there, read_plan(out).placements) == []


def test_a_plan_is_written_although_nobody_listens_any_more(files):
    out = files / "plan.json"
    with subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from trainingbase.cli.plan import plan; plan(sys.argv[1:])",
            *(str(files / "problem.json"), "--out", str(out), "--seconds", "20"),
        ],
        stderr=subprocess.PIPE,
        cwd=HERE.parent.parent,
    ) as running:
        running.stderr.close()
    assert read_plan(out).is_lawful


@pytest.mark.parametrize("called", ["trainingbase", "/somewhere/bin/trainingbase", "-m"])
def test_an_interrupt_while_modules_load_leaves_no_traceback(called):
    """The command dies of the signal; whoever imports the package keeps their own handler."""
    look = (
        "import signal, sys; sys.argv[0] = {!r};"
        " signal.signal(signal.SIGINT, signal.default_int_handler);"  # ignored in the background
        " import trainingbase.cli;"
        " print(signal.getsignal(signal.SIGINT) is signal.SIG_DFL)"
    )
    for name, is_quiet in ((called, "True"), ("pytest", "False")):
        said = subprocess.run(
            [sys.executable, "-c", look.format(name)], capture_output=True, text=True, check=True
        )
        assert said.stdout.strip() == is_quiet


def test_long_lists_of_people_are_cut(files):
    many = tuple(resident(f"r{number}") for number in range(30))
    there = problem([department("CARD", places=1)], [requirement("CARD", 1)], many)
    everybody = [plan(f"r{number} CARD 0-1")[0] for number in range(30)]
    (breach,) = [one for one in check(there, everybody) if one.rule == "places"]
    assert "r19 and 18 more" in breach_in_words(there, breach, "en")
    assert "等30人" in breach_in_words(there, breach, "zh")
