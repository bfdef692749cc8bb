"""How the solver weighs moves against the plan before."""

from dataclasses import replace

from trainingbase.planner.problem import Problem

MOVED = {"least": 50.0, "best": 0.001}
"""What moving one placement costs: more than any wish, or so little that all of them together
cost less than one wish, and nothing moves without a gain."""


def weighed(problem: Problem, way: str | None) -> Problem:
    """The problem solved this way; None leaves the weights as they are."""
    if way is None:
        return problem
    return replace(problem, weights=replace(problem.weights, moved=MOVED[way]))
