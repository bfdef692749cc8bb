"""A plan that begins in the middle of somebody's stay."""

from datetime import date

from trainingbase.planner.given import Row as Asked
from trainingbase.planner.given import Sheet
from trainingbase.planner.rules import check
from trainingbase.rotations.rules.facts import Curriculum, Facts, Trainee, Ward
from trainingbase.rotations.rules.framing import judged, to_solve
from trainingbase.rotations.rules.rows import Row

SEPTEMBER, NOVEMBER, DECEMBER = date(2026, 9, 1), date(2026, 11, 1), date(2026, 12, 1)
MARCH, APRIL = date(2027, 3, 1), date(2027, 4, 1)

RUNNING = Row(11, SEPTEMBER, DECEMBER, 1, 1)
"""Three months of the six; stretches of less than three are not allowed."""


def facts() -> Facts:
    community = Asked("1", 6.0, may_split=True, min_stretch=3.0)
    return Facts(
        starts_on=NOVEMBER,
        ends_on=APRIL,
        today=date(2026, 10, 20),
        wards=tuple(Ward(key, key, (1,), 1, 0, False) for key in (1, 2)),
        curricula={1: Curriculum("GP", Sheet((community,), ()), frozenset())},
        trainees={11: Trainee(11, 1, SEPTEMBER, date(2027, 9, 1))},
        planned=frozenset((11,)),
        before=(RUNNING,),
    )


def rules_broken(*rows: Row) -> list[str]:
    problem, placements = judged(facts(), rows)
    return [one.rule for one in check(problem, placements)]


def test_what_is_left_of_a_running_stay_is_no_stretch_of_its_own():
    assert rules_broken(RUNNING, Row(11, DECEMBER, MARCH, 2, 1)) == []


def test_what_comes_after_it_is_judged_as_ever():
    assert rules_broken(RUNNING) == ["whole"]
    assert rules_broken(RUNNING, Row(11, DECEMBER, date(2027, 2, 1), 2, 1)) == ["whole"]


def test_the_solver_owes_the_same():
    left = to_solve(facts()).programmes["1.1"].requirements
    assert [one.length for one in left] == [6]
