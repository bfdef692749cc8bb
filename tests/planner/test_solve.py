"""What the solver finds keeps every rule; what it says of cost, bound and status is true."""

import itertools
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.planner.little import PERIODS, department, plan, problem, requirement, resident
from trainingbase.planner.cost import cost, moved
from trainingbase.planner.files.problem_file import read_problem
from trainingbase.planner.problem import Block, Choice, Placement, Wish
from trainingbase.planner.rules import check
from trainingbase.planner.solve import solve

HERE = Path(__file__).parent
TWO = (resident("anna"), resident("bert"))


def solved(there, **more):
    more.setdefault("seconds", 20)
    found = solve(there, **more)
    assert found.cost == cost(there, found.placements)
    if found.is_lawful:
        assert check(there, found.placements) == []
        assert found.unplaced == ()
        assert found.bound is None or found.bound <= found.cost.total + 1e-6
    return found


def test_a_problem_with_nobody_in_it_is_solved_at_once():
    there = replace(problem([department("CARD")], [requirement("CARD")]), residents=())
    assert solved(there).status == "optimal"


def test_wishes_are_met_when_places_allow():
    wishing = [
        resident("anna", wishes=(Wish("CARD", 0, 1, 5),)),
        resident("bert", wishes=(Wish("CARD", 0, 1, 3),)),
    ]
    found = solved(problem([department("CARD")], [requirement("CARD")], wishing))
    assert found.status == "optimal"
    assert found.cost.wish == 3
    assert plan("anna CARD 0-1")[0] in found.placements


def test_the_preferred_department_is_taken_and_minimums_are_filled():
    wards = [
        department("east", 2, standards=["IM"], minimum=[0, 0, 0, 1, 0, 0]),
        department("west", 2, standards=["IM"]),
    ]
    there = problem(wards, [requirement("IM")], [resident(rank={"east": 0, "west": 2})])
    assert solved(there).placements == tuple(plan("anna IM@east 3-4"))


def test_stretches_pieces_electives_and_order_are_kept():
    wards = [department(key, 2) for key in ("IM", "ED", "URO", "ONC", "PC")]
    wanted = [
        requirement("IM", 2, min_stretch=1, align=2),
        requirement("ED", 1),
        requirement("URO"),
        requirement("ONC"),
        requirement("PC", 2, stretches=(1, 1), same_department=True),
    ]
    there = problem(
        wards, wanted, TWO, before=[("IM", "ED")], choose=[Choice("EL", ("URO", "ONC"), 1)]
    )
    assert solved(there).is_lawful


def test_what_is_fixed_or_begun_or_on_leave_is_planned_around():
    somebody = resident(
        away=[2],
        in_progress=(Block("CARD", "CARD", 0, 1),),
        fixed=(Block("ED", "ED", 3, 1),),
        until=5,
    )
    there = problem(
        [department("CARD"), department("ED"), department("GP")],
        [requirement("CARD", 2), requirement("ED"), requirement("GP", 1, latest_end=2)],
        [somebody],
    )
    assert set(solved(there).placements) == set(plan("anna CARD 0-1", "anna ED 3-4", "anna GP 1-2"))


def test_where_nothing_lawful_exists_as_little_as_possible_is_left_out():
    there = problem([department("CARD", [1, 0, 0, 0, 0, 0])], [requirement("CARD")], TWO)
    found = solved(there)
    assert found.status == "infeasible"
    assert len(found.placements) == 1
    (left_out,) = found.unplaced
    assert left_out.requirement == "CARD"
    assert left_out.because == ("places:CARD@0..5",)
    assert {one.rule for one in check(there, found.placements)} == {"whole"}


def test_one_resident_without_a_lawful_timetable_does_not_keep_the_others_from_theirs():
    hopeless = resident("anna", until=1)
    there = problem([department("CARD", 2)], [requirement("CARD", 2)], [hopeless, TWO[1]])
    found = solved(there)
    assert found.status == "infeasible"
    assert [one.resident for one in found.placements] == ["bert"]
    assert [one.resident for one in found.unplaced] == ["anna"]


def test_a_fixed_stay_in_a_closed_month_is_said_to_be_impossible():
    fixed = resident(fixed=(Block("CARD", "CARD", 0, 1),))
    there = problem([department("CARD", [0, 1, 1, 1, 1, 1])], [requirement("CARD")], [fixed])
    found = solved(there)
    assert found.status == "infeasible"
    assert {one.rule for one in check(there, found.placements)} == {"fixed"}


def test_replanning_moves_only_what_must_move():
    there = problem(
        [department("CARD"), department("ED", 2)], [requirement("CARD", 2), requirement("ED")], TWO
    )
    now = plan("anna CARD 0-2", "anna ED 2-3", "bert CARD 2-4", "bert ED 5-6")
    leave = replace(there, residents=(TWO[0], resident("bert", away=[5])))
    found = solved(leave, start_from=now)
    assert moved(replace(leave, previous=tuple(now)), found.placements) == [now[3]]


def test_the_same_seed_and_work_give_the_same_plan():
    whole = read_problem(HERE / "m30_s1.json")
    there = replace(whole, residents=whole.residents[:12])
    first, second = (solved(there, seconds=120, seed=3, rounds=1) for _ in range(2))
    assert first.is_lawful
    assert first.placements == second.placements


def test_patience_ends_before_the_time_does():
    there = read_problem(HERE / "m30_s1.json")
    found = solve(there, seconds=600, patience=0.2)
    assert found.is_lawful
    assert found.seconds < 300


@pytest.mark.parametrize("name", ["m30_s1", "county"])
def test_a_whole_base_is_planned_lawfully(name):
    there = read_problem(HERE / f"{name}.json")
    found = solved(there, seconds=240, rounds=1)
    assert found.is_lawful
    assert found.unplaced == ()


def brute_force(there):
    """The least cost of any lawful plan, by trying them all; None when there is none."""
    requirements = there.programmes["gp"].requirements
    options = []
    for who in there.residents:
        for one in requirements:
            options.append(
                [
                    Placement(who.id, one.id, ward.id, start, one.length)
                    for ward in there.departments
                    for start in range(there.periods - one.length + 1)
                    if set(ward.standards).intersection(one.standard)
                ]
            )
    costs = [
        cost(there, placements).total
        for placements in itertools.product(*options)
        if not check(there, placements)
    ]
    return min(costs, default=None)


@st.composite
def tiny_problems(draw):
    """Two residents, two requirements, three periods, two departments."""
    periods = 3

    def per_period(most):
        drawn = draw(st.lists(st.integers(0, most), min_size=periods, max_size=periods))
        return drawn + [0] * (PERIODS - periods)

    wards = [
        department("one", per_period(2), standards=["A", "B"], minimum=per_period(1)),
        department("two", per_period(1), standards=["B"]),
    ]
    wanted = [
        requirement("A", draw(st.integers(1, 2)), earliest=draw(st.integers(0, 1))),
        requirement("B", 1, latest_end=draw(st.sampled_from([None, 2, 3]))),
    ]
    people = [
        resident(
            name,
            until=draw(st.integers(2, periods)),
            away=draw(st.lists(st.integers(0, 2), max_size=1)),
            wishes=tuple(
                Wish(key, start, start + 1, draw(st.integers(1, 3)))
                for key, start in draw(
                    st.lists(st.tuples(st.sampled_from("AB"), st.integers(0, 2)), max_size=2)
                )
            ),
            rank={"two": draw(st.integers(0, 2))},
        )
        for name in ("anna", "bert")
    ]
    made = problem(wards, wanted, people, before=[("A", "B")] if draw(st.booleans()) else [])
    return replace(
        made,
        periods=periods,
        departments=tuple(
            replace(one, places=one.places[:periods], minimum=one.minimum[:periods])
            for one in made.departments
        ),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_problems())
def test_the_solver_agrees_with_trying_everything(there):
    best = brute_force(there)
    found = solved(there)
    if best is None:
        assert found.status == "infeasible"
    else:
        assert found.status == "optimal"
        assert found.cost.total == pytest.approx(best)
        assert found.bound == pytest.approx(best)


def test_the_solver_loads_neither_database_nor_web():
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, trainingbase.planner.solve;"
            "print(sorted({m.partition('.')[0] for m in sys.modules} & {'sqlalchemy', 'flask'}))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert loaded.stdout.strip() == "[]"
