"""How far the planner gets as problems grow, beside the plain model and beside an office's way.

    python benchmarks/planner/measure.py --sizes 30,90,300 --tightness 0.8 --seconds 60
    python benchmarks/planner/measure.py --problems PROBLEM.json ... --methods engine,greedy

Problems come from `generate.py`, so a lawful plan is known to exist, or from files. Every row is a
process of its own, one after the other on the same machine: time to the first lawful plan (of the
clock, and of the processor on all threads), cost, proven bound, what stayed unplaced, most memory.
`engine` is `planner.solve`; `whole` gives the whole model to CP-SAT; `greedy` is in `greedy.py`.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

from trainingbase.planner.cost import cost  # noqa: E402
from trainingbase.planner.files.problem_file import read_problem  # noqa: E402
from trainingbase.planner.plan import Plan  # noqa: E402
from trainingbase.planner.problem import Placement, Problem  # noqa: E402
from trainingbase.planner.problem_json import write_problem  # noqa: E402
from trainingbase.planner.rules import check  # noqa: E402
from trainingbase.planner.standing import what_stands  # noqa: E402
from trainingbase.planner.timetables.careers import careers_of  # noqa: E402 - found by the path above
from trainingbase.planner.timetables.limits import Limits  # noqa: E402

COLUMNS = (
    ("problem", 18), ("people", 6), ("needed", 6), ("method", 7), ("status", 10), ("unplaced", 8),
    ("cost", 8), ("bound", 8), ("gap", 7), ("first s", 8), ("first cpu", 9), ("all s", 7),
    ("MiB", 5),
)  # fmt: skip


class First:
    """When, of the clock and of the processor, the first lawful plan was there."""

    def __init__(self) -> None:
        self.begun = time.monotonic(), time.process_time()
        self.seconds: float | None = None
        self.cpu: float | None = None

    def note(self) -> None:
        if self.seconds is None:
            self.seconds = time.monotonic() - self.begun[0]
            self.cpu = time.process_time() - self.begun[1]


def engine(problem: Problem, seconds: float, first: First) -> Plan:
    from trainingbase.planner.solve import Progress, solve

    def on_progress(progress: Progress) -> None:
        waiting = first.seconds is None and progress.placements
        if waiting and not check(problem, progress.placements or ()):
            first.note()

    return solve(problem, seconds=seconds, on_progress=on_progress)


def whole(problem: Problem, seconds: float, first: First) -> Plan:
    """The model with start booleans, all residents at once, nothing else."""
    from ortools.sat.python import cp_model

    from trainingbase.planner.search.model import SCALE, Part, PartModel
    from trainingbase.planner.timetables.state import State

    limits = Limits(time.monotonic() + seconds)
    careers = careers_of(problem)
    state = State(careers)
    everyone = range(len(careers.careers))
    built = PartModel(Part(careers, everyone, state.room_beside(state.load), state.load))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = max(0.1, limits.left())

    class Noting(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            first.note()

    status = solver.solve(built.model, Noting())
    bound, placements = None, []
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        state.put(built.chosen(solver))
        placements = state.placements()
        constant = careers.moved_constant + sum(one.served_constant for one in careers.careers)
        bound = max(0.0, solver.best_objective_bound / SCALE + constant)
    return _plan(problem, placements, bound)


def greedy(problem: Problem, _seconds: float, first: First) -> Plan:
    from greedy import first_fit

    placements = first_fit(problem)
    if not check(problem, placements):
        first.note()
    return _plan(problem, placements, None)


def _plan(problem: Problem, placements: list[Placement], bound: float | None) -> Plan:
    """`none` where nothing was found: what is begun and fixed remains."""
    status = "partial" if check(problem, placements) else "feasible"
    if not placements:
        status, placements = "none", list(what_stands(problem, ()))
    return Plan(status, tuple(placements), cost(problem, placements), bound)


METHODS: dict[str, Callable[[Problem, float, First], Plan]] = {
    "engine": engine,
    "whole": whole,
    "greedy": greedy,
}


def share_needed(problem: Problem) -> float:
    careers = careers_of(problem)
    owed = sum(len(career.free) - career.slack for career in careers.careers)
    begun = sum(map(sum, careers.load))
    return (owed + begun) / max(1, sum(sum(one.places) for one in problem.departments))


def measured(path: str, method: str, seconds: float) -> dict[str, Any]:
    """One row, in the process that is asked for it."""
    problem = read_problem(path)
    first = First()
    found = METHODS[method](problem, seconds, first)
    taken = time.monotonic() - first.begun[0]
    broken = {one.rule for one in check(problem, found.placements)}
    assert broken <= {"whole", "choose"}, broken
    gap = None
    if found.is_lawful and found.bound is not None and found.cost.total:
        gap = f"{100 * (1 - found.bound / found.cost.total):.1f} %"
    return {
        "people": len(problem.residents),
        "needed": f"{100 * share_needed(problem):.0f} %",
        "status": found.status,
        "unplaced": round(found.cost.unplaced / max(1, problem.weights.unplaced)),
        "cost": f"{found.cost.total - found.cost.unplaced:g}",
        "bound": None if found.bound is None else f"{found.bound:.0f}",
        "gap": gap,
        "first s": None if first.seconds is None else f"{first.seconds:.1f}",
        "first cpu": None if first.cpu is None else f"{first.cpu:.1f}",
        "all s": f"{taken:.1f}",
        "MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def generated(sizes: list[int], tightness: list[float], seed: int, folder: Path) -> list[Path]:
    from generate import Maker, Wanted

    made = []
    for size in sizes:
        for share in tightness:
            problem, _ = Maker(Wanted(residents=size, tightness=share, seed=seed)).problem()
            path = folder / f"g{size}_u{round(100 * share)}_s{seed}.json"
            write_problem(problem, path)
            made.append(path)
    return made


def show(cells: dict[str, Any]) -> None:
    line = (("-" if cells[name] is None else str(cells[name])).ljust(w) for name, w in COLUMNS)
    print(" | ".join(line).rstrip(), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--problems", nargs="*", default=[], metavar="PROBLEM.json")
    parser.add_argument("--sizes", default="", help="residents, as 30,90,300")
    parser.add_argument("--tightness", default="0.8", help="shares, as 0.8,0.9")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--methods", default="engine,whole,greedy")
    parser.add_argument("--row", nargs=2, help=argparse.SUPPRESS, metavar=("PROBLEM", "METHOD"))
    chosen = parser.parse_args()
    if chosen.row:
        print(json.dumps(measured(*chosen.row, chosen.seconds)))
        return
    show({name: name for name, _ in COLUMNS})
    with tempfile.TemporaryDirectory() as folder:
        sizes = [int(one) for one in chosen.sizes.split(",") if one]
        shares = [float(one) for one in chosen.tightness.split(",")]
        paths = [*map(Path, chosen.problems), *generated(sizes, shares, chosen.seed, Path(folder))]
        for path in paths:
            for method in chosen.methods.split(","):
                command = [sys.executable, __file__, "--row", str(path), method]
                done = subprocess.run(
                    [*command, "--seconds", str(chosen.seconds)],
                    check=True,
                    capture_output=True,
                    text=True,
                )
                show({"problem": path.stem, "method": method, **json.loads(done.stdout)})


if __name__ == "__main__":
    main()
