"""The enumeration that other tests rely on finds what can be counted by hand."""

import pytest

from tests.planner.brute import TooMany, best_plan, lawful_plans, timetables
from tests.planner.little import PERIODS, department, problem, requirement, resident
from trainingbase.planner.problem import Wish

TWO = (resident("anna"), resident("bert"))


def test_a_stay_of_two_fits_into_six_months_at_five_starts():
    there = problem([department("CARD")], [requirement("CARD", 2)])
    assert len(timetables(there, there.residents[0])) == PERIODS - 1


def test_two_people_who_share_one_place_never_meet():
    there = problem([department("CARD")], [requirement("CARD", 2)], TWO)
    assert len(list(lawful_plans(there))) == 2 * (4 + 3 + 2 + 1) - 2 * 4
    crowded = problem([department("CARD", [1, 1, 1, 0, 0, 0])], [requirement("CARD", 2)], TWO)
    assert list(lawful_plans(crowded)) == []
    assert best_plan(crowded).placements is None


def test_a_split_requirement_may_take_any_of_the_months():
    there = problem([department("CARD")], [requirement("CARD", 3, min_stretch=1)])
    those = timetables(there, there.residents[0])
    months = {frozenset(p for one in each for p in range(one.start, one.end)) for each in those}
    assert len(months) == 20  # three of six months


def test_the_cheapest_plan_is_the_one_whose_wishes_are_met():
    first = Wish("CARD", 0, 1, 2)
    those = [resident("anna", wishes=(first,)), resident("bert", wishes=(first,))]
    best = best_plan(problem([department("CARD")], [requirement("CARD", 2)], those))
    assert best.total == pytest.approx(2 + 0.1 * 2 * 2)
    assert len([one for one in best.placements if one.start == 0]) == 1


def test_a_problem_that_is_not_tiny_is_refused():
    there = problem([department("CARD", 3)], [requirement("CARD")], TWO)
    with pytest.raises(TooMany):
        list(lawful_plans(there, most=3))
