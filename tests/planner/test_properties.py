"""On tiny problems of every kind the planner is held against trying every plan.

The same examples every time; more of them: `--hypothesis-profile` or a larger `max_examples`.
"""

from hypothesis import HealthCheck, assume, example, given, settings

from tests.planner.brute import TooMany, best_plan
from tests.planner.little import department, plan, problem, requirement, resident
from tests.planner.tiny import problems
from trainingbase.planner.cost import cost
from trainingbase.planner.problem import Block, Choice, Wish
from trainingbase.planner.rules import check
from trainingbase.planner.solve import solve

TOLERANCE = 1e-6
AFTER_LUNCH = resident("anna", wishes=(Wish("CARD", 3, 4, 2),), rank={"CARD": 1})


def chosen_beside_nothing():
    wards = [department("CARD"), department("ED")]
    wanted = [requirement("CARD"), requirement("ED")]
    owes_nothing = resident("anna", done=["CARD"])
    none = Choice("EL", ("ED",), 0)
    earlier = tuple(plan("anna CARD 0-1"))
    return problem(wards, wanted, [owes_nothing], choose=[none], previous=earlier)


def begun_and_published():
    begun = resident("anna", in_progress=(Block("CARD", "CARD", 0, 2),))
    wards = [department("CARD"), department("ED")]
    earlier = tuple(plan("anna CARD 0-2", "anna ED 3-4"))
    return problem(wards, [requirement("CARD", 2), requirement("ED")], [begun], previous=earlier)


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(problems())
@example(chosen_beside_nothing())
@example(begun_and_published())
@example(problem([department("CARD", minimum=1)], [requirement("CARD", 2)], [AFTER_LUNCH]))
def test_a_plan_is_as_good_as_it_says(there):
    try:
        best = best_plan(there, most=20_000)
    except TooMany:
        assume(False)
    found = solve(there, seconds=60, rounds=3)
    breaches = check(there, found.placements)
    assert found.is_lawful == (not breaches)
    assert found.cost == cost(there, found.placements)
    if best.placements is None:
        assert not found.is_lawful
        assert found.explanation or found.status == "partial"
        return
    assert found.is_lawful
    assert found.cost.total >= best.total - TOLERANCE
    if found.bound is not None:
        assert found.bound <= best.total + TOLERANCE
    if found.status == "optimal":
        assert found.cost.total <= best.total + TOLERANCE
