"""How far the planner gets on problems of growing size, beside what everybody writes first.

    python benchmarks/plan_sizes.py [--seconds S] PROBLEM.json ...

For each problem one row per method: residents, share of places needed, status, unplaced periods,
cost, proven bound, gap, seconds to the first lawful plan and in all, peak memory of the process.
Methods: `engine` is `planner.solve`; `whole` gives the whole model with hard places to CP-SAT.
"""

import argparse
import resource
import time

from ortools.sat.python import cp_model

from trainingbase.planner.careers import careers_of
from trainingbase.planner.cost import cost
from trainingbase.planner.limits import Limits
from trainingbase.planner.model import Part, PartModel
from trainingbase.planner.plan import Plan
from trainingbase.planner.problem import Problem
from trainingbase.planner.problem_file import read_problem
from trainingbase.planner.rules import check
from trainingbase.planner.solve import Progress, solve
from trainingbase.planner.state import State

COLUMNS = (
    ("problem", 24),
    ("method", 7),
    ("people", 7),
    ("needed", 7),
    ("status", 11),
    ("breaches", 9),
    ("unplaced", 9),
    ("cost", 9),
    ("bound", 8),
    ("gap", 7),
    ("first s", 8),
    ("all s", 7),
    ("MiB", 6),
)


def engine(problem: Problem, seconds: float) -> tuple[Plan, float | None]:
    first: list[float] = []

    def note(progress: Progress) -> None:
        if progress.placements and not first and not check(problem, progress.placements):
            first.append(progress.seconds)

    return solve(problem, seconds=seconds, on_progress=note), first[0] if first else None


def whole(problem: Problem, seconds: float) -> tuple[Plan, float | None]:
    """The model with start booleans, all residents at once, nothing else."""
    begun = time.monotonic()
    limits = Limits(begun + seconds)
    careers = careers_of(problem)
    state = State(careers)
    everyone = range(len(careers.careers))
    built = PartModel(Part(careers, everyone, state.room_beside(state.load), state.load))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = max(0.1, limits.left())
    first = _First(begun)
    status = solver.solve(built.model, first)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        state.chosen = {}
    else:
        state.put(built.chosen(solver))
    placements = tuple(state.placements())
    name = "infeasible" if status == cp_model.INFEASIBLE else "feasible"
    seconds_used = time.monotonic() - begun
    return Plan(name, placements, cost(problem, placements), seconds=seconds_used), first.at


class _First(cp_model.CpSolverSolutionCallback):
    def __init__(self, begun: float) -> None:
        super().__init__()
        self.begun = begun
        self.at: float | None = None

    def on_solution_callback(self) -> None:
        if self.at is None:
            self.at = time.monotonic() - self.begun


def share_needed(problem: Problem) -> float:
    careers = careers_of(problem)
    owed = sum(len(career.free) - career.slack for career in careers.careers)
    begun = sum(map(sum, careers.load))
    return (owed + begun) / max(1, sum(sum(one.places) for one in problem.departments))


def row(problem: Problem, name: str, method: str, found: Plan, first: float | None) -> list[str]:
    lawful = not check(problem, found.placements)
    gap = "-"
    if lawful and found.bound is not None and found.cost.total:
        gap = f"{100 * (1 - found.bound / found.cost.total):.1f} %"
    return [
        name,
        method,
        str(len(problem.residents)),
        f"{100 * share_needed(problem):.0f} %",
        found.status if lawful or method == "engine" else "none",
        str(len(check(problem, found.placements))),
        f"{found.cost.unplaced / max(1, problem.weights.unplaced):g}",
        f"{found.cost.total:g}",
        "-" if found.bound is None else f"{found.bound:.0f}",
        gap,
        "-" if first is None else f"{first:.1f}",
        f"{found.seconds:.1f}",
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}",
    ]


def show(cells: list[str]) -> None:
    line = (cell.ljust(width) for cell, (_, width) in zip(cells, COLUMNS, strict=True))
    print(" ".join(line).rstrip(), flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("problems", nargs="+", metavar="PROBLEM.json")
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--methods", default="engine,whole")
    chosen = arguments.parse_args()
    methods = {"engine": engine, "whole": whole}
    show([name for name, _ in COLUMNS])
    for path in chosen.problems:
        problem = read_problem(path)
        name = problem.name or path.rsplit("/", 1)[-1].removesuffix(".json")
        for method in chosen.methods.split(","):
            found, first = methods[method](problem, chosen.seconds)
            show(row(problem, name, method, found, first))


if __name__ == "__main__":
    main()
