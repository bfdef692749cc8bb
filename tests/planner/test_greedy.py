"""The way of an office, to compare with: it may leave out, it never breaks a rule."""

import importlib.util
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.planner.tiny import problems
from trainingbase.planner.problem import begun_placements
from trainingbase.planner.rules import check

HERE = Path(__file__).parent
SPEC = importlib.util.spec_from_file_location(
    "greedy", HERE.parent.parent / "benchmarks" / "planner" / "greedy.py"
)
greedy = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(greedy)


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(problems())
def test_what_is_placed_first_come_first_served_breaks_no_rule(there):
    decided = {*begun_placements(there)} | {
        one.id for one in there.residents if one.fixed or one.in_progress
    }
    broken = [
        one
        for one in check(there, greedy.first_fit(there))
        if one.rule not in ("whole", "choose") and not decided.intersection(one.residents)
    ]
    assert broken == []
