"""What would follow: the least that must move, exactly who and why, on cases done by hand."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, assume, given, settings

from tests.planner.brute import TooMany, lawful_plans
from tests.planner.little import department, plan, problem, requirement, resident
from tests.planner.tiny import problems
from trainingbase.cli.what_if import command
from trainingbase.planner.cost import cost, moved
from trainingbase.planner.files.plan_file import read_plan, write_plan
from trainingbase.planner.files.problem_file import read_problem
from trainingbase.planner.plan import Plan
from trainingbase.planner.problem import UnknownId
from trainingbase.planner.problem_json import write_problem
from trainingbase.planner.replanning.least import least_change
from trainingbase.planner.replanning.replan import replan
from trainingbase.planner.replanning.what_if import what_if
from trainingbase.planner.rules import check
from trainingbase.planner.scenario import happened
from trainingbase.planner.timetables.careers import careers_of
from trainingbase.planner.timetables.limits import Limits

TWO = (resident("anna"), resident("bert"))
WARDS = (department("CARD"), department("ED"))
WANTED = (requirement("CARD", 2), requirement("ED", 2))
PRESENT = plan("anna CARD 0-2", "anna ED 2-4", "bert ED 0-2", "bert CARD 2-4")


def base(**more):
    return problem(WARDS, WANTED, TWO, **more)


def asked(events, there=None, present=PRESENT, **more):
    return what_if(there or base(), present, events, seconds=60, rounds=2, **more)


def test_a_leave_moves_only_what_must_and_says_why():
    answer = asked([{"away": {"resident": "bert", "periods": [2]}}])
    assert check(answer.problem, answer.plan.placements) == []
    assert answer.least.is_least
    assert [(one.requirement, one.because, one.of) for one in answer.least.moves] == [
        ("CARD", "own", "away")
    ]
    assert answer.plan.cost.moved == 3


def test_nothing_moves_when_nothing_must():
    answer = asked([{"add_places": {"department": "CARD", "periods": [0, 1], "count": 1}}])
    assert answer.least.moves == ()
    assert answer.least.is_least


def test_a_closed_department_moves_those_in_it_and_who_gives_place_to_them():
    three = problem(WARDS, WANTED, [resident("anna", until=4), resident("bert", until=4)])
    answer = asked([{"close": {"department": "CARD", "periods": [0]}}], three)
    assert answer.plan.status in ("partial", "infeasible")
    longer = asked([{"close": {"department": "CARD", "periods": [0]}}])
    assert longer.least.is_least
    why = {(one.resident, one.requirement): (one.because, one.of) for one in longer.least.moves}
    assert why == {("anna", "CARD"): ("rule", "places")}


def test_who_gives_place_is_told_to_whom():
    there = problem([department("CARD")], [requirement("CARD", 2)], TWO)
    present = plan("anna CARD 0-2", "bert CARD 4-6")
    answer = asked([{"away": {"resident": "anna", "periods": [0, 1, 2, 3]}}], there, present)
    why = {one.resident: (one.because, one.of) for one in answer.least.moves}
    assert why == {"anna": ("own", "away"), "bert": ("gives_place", "anna")}


def test_a_newcomer_a_longer_stay_a_repeat_and_a_leaver_are_planned_for():
    admitted = asked([{"admit": {"programme": "gp", "count": 1}}])
    assert admitted.plan.is_lawful
    assert {one.resident for one in admitted.plan.placements} == {"anna", "bert", "new-1"}
    assert {one.because for one in admitted.least.moves} <= {"own", "gives_place", "makes_room"}
    longer = asked([{"length": {"requirement": "ED", "length": 3}}])
    assert {one.length for one in longer.plan.placements if one.requirement == "ED"} == {3}
    again = asked([{"repeat": {"resident": "anna", "requirement": "CARD"}}])
    (repeated,) = [one for one in again.plan.placements if one.requirement == "CARD/again"]
    assert repeated.department == "CARD"
    assert repeated.start >= 4
    gone = asked([{"leaves": {"resident": "bert", "period": 3}}])
    assert check(gone.problem, gone.plan.placements) == []
    mine = [one for one in gone.plan.placements if one.resident == "bert"]
    assert sorted(mine) == sorted(plan("bert ED 0-2", "bert CARD 2-3"))


def test_an_event_of_nobody_is_refused():
    with pytest.raises(UnknownId):
        happened(base(), PRESENT, [{"away": {"resident": "zoe", "periods": [1]}}])
    with pytest.raises(ValueError, match="no event 'explode'"):
        happened(base(), PRESENT, [{"explode": {}}])


def test_nothing_within_the_notice_period_moves():
    away = [{"away": {"resident": "bert", "periods": [2]}}]
    answer = asked(away, notice=2)
    kept = {one for one in PRESENT if one.start < 2}
    assert kept <= set(answer.plan.placements)
    assert answer.least.released == ()


def test_what_cannot_stand_within_the_notice_period_is_named():
    answer = asked([{"away": {"resident": "bert", "periods": [0]}}], notice=2)
    assert answer.least.released == tuple(plan("bert ED 0-2"))
    assert plan("anna CARD 0-2")[0] in answer.plan.placements
    assert answer.plan.is_lawful


def test_least_change_and_best_cost_stand_side_by_side():
    liked = resident("anna", rank={"CARD": 0, "ED": 5})
    there = problem(
        [department("CARD", standards=["CARD", "ED"], places=2), department("ED")],
        WANTED,
        [liked, TWO[1]],
    )
    answer = asked([{"away": {"resident": "bert", "periods": [2]}}], there, with_best=True)
    assert len(answer.least.moves) <= len(answer.best.moves)
    assert answer.best.plan.cost.total <= answer.plan.cost.total


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(problems(residents=2))
def test_no_lawful_plan_moves_fewer(there):
    assume(there.previous)
    try:
        fewest = min((len(moved(there, one)) for one in lawful_plans(there, 8000)), default=None)
    except TooMany:
        assume(False)
    assume(fewest is not None)
    found = replan(there, there.previous, seconds=60, rounds=2)
    assert found.plan.is_lawful
    assert len(moved(there, found.plan.placements)) == fewest


def test_two_who_change_places_leave_the_third_alone():
    names = [resident(name) for name in ("anna", "bert", "carl")]
    there = problem([department("CARD")], [requirement("CARD", 2)], names)
    present = plan("anna CARD 0-2", "bert CARD 2-4", "carl CARD 4-6")
    changed = happened(there, present, [{"away": {"resident": "anna", "periods": [0]}}])
    asked_for = replace(changed, previous=tuple(present))
    found = least_change(careers_of(asked_for), present, Limits(float("inf")), effort=10)
    assert found.is_proven
    assert len(set(present) - set(found.placements)) == 2
    assert check(changed, found.placements) == []


@pytest.fixture
def files(tmp_path):
    write_problem(base(), tmp_path / "problem.json")
    write_plan(Plan("feasible", tuple(PRESENT)), tmp_path / "plan.json")
    return tmp_path


def run(files, *arguments):
    paths = (files / "problem.json", files / "plan.json")
    return CliRunner().invoke(command, [str(one) for one in (*paths, *arguments)])


def test_the_command_compares_writes_and_says_who_moves(files):
    out = ("--out", files / "out.json", "--out-problem", files / "then.json")
    answered = run(files, "--away", "bert@2", "--seconds", 3, "--json", *out)
    assert answered.exit_code == 0, answered.output
    said = json.loads(answered.stdout)
    assert said["before"]["total"] == 0
    assert said["least_change"]["cost"]["moved"] == 3
    (move,) = said["least_change"]["moves"]
    assert move["text"]["en"].startswith("bert CARD: CARD November 2026 to December 2026 to CARD")
    assert "请假期间" in move["text"]["zh"]
    then = read_problem(files / "then.json")
    written = read_plan(files / "out.json")
    assert check(then, written.placements) == []
    assert written.cost == cost(then, written.placements)


@pytest.mark.parametrize(
    "arguments, said",
    [
        ((), "say what happens"),
        (("--close", "CARD"), "is not ID@FIRST..LAST"),
        (("--close", "ICU@1..2"), "the problem has no 'ICU'"),
        (("--add-place", "CARD@1"), "is not DEPARTMENT@FIRST..LAST=COUNT"),
        (("--admit", "gp=0"), "of at least 1"),
        (("--repeat", "anna"), "is not RESIDENT@REQUIREMENT"),
    ],
)
def test_an_event_that_cannot_be_read_is_said_to_be_wrong(files, arguments, said):
    refused = run(files, *arguments)
    assert refused.exit_code != 0
    assert said in refused.output
    assert isinstance(refused.exception, SystemExit)
