"""How long planning again takes, and how little moves: five things that happen to every base.

    python benchmarks/planner/replanning.py PROBLEM.json PLAN.json [--seconds 5]

Each event is answered in a process of its own (`--event NAME` answers one).
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from trainingbase.planner.files.plan_file import read_plan
from trainingbase.planner.files.problem_file import read_problem
from trainingbase.planner.problem import Placement, Problem
from trainingbase.planner.rules import check
from trainingbase.planner.scenario import Event

NOTICE = 2
HEAD = ("event", "status", "moved", "least", "cost", "first cpu", "clock s", "cpu s", "MiB")


def events_of(problem: Problem, present: tuple[Placement, ...]) -> dict[str, list[Event]]:
    """Chosen by order, not by chance: the same for a problem and a plan."""
    future = sorted(one for one in present if one.start >= NOTICE)
    busiest = max(
        (one.id for one in problem.departments if max(one.places) > 1),
        key=lambda key: sum(one.length for one in future if one.department == key),
    )
    smallest = min(
        (one for one in problem.departments if any(f.department == one.id for f in future)),
        key=lambda one: (sum(one.places), one.id),
    ).id
    people = [one.id for one in problem.residents]
    middle = people[len(people) // 2]
    stay = next(one for one in future if one.resident == middle)
    programme = problem.residents[-1].programme
    failed = next(
        one for one in sorted(present, key=lambda one: one.start) if one.resident == middle
    )
    return {
        "leave": [{"away": {"resident": middle, "periods": [NOTICE + 1, NOTICE + 2]}}],
        "leave of three": [
            {"away": {"resident": people[at], "periods": [NOTICE + 1, NOTICE + 2, NOTICE + 3]}}
            for at in (0, len(people) // 3, 2 * len(people) // 3)
        ],
        "closure, busy, a month": [{"close": {"department": busiest, "periods": [NOTICE + 3]}}],
        "closure, busy, a quarter": [
            {"close": {"department": busiest, "periods": [NOTICE + 3, NOTICE + 4, NOTICE + 5]}}
        ],
        "closure, small, a quarter": [
            {"close": {"department": smallest, "periods": [NOTICE + 3, NOTICE + 4, NOTICE + 5]}}
        ],
        "one place fewer for a year": [
            {
                "add_places": {
                    "department": busiest,
                    "periods": list(range(NOTICE + 2, NOTICE + 14)),
                    "count": -1,
                }
            }
        ],
        "arrival": [{"admit": {"programme": programme, "count": 1}}],
        "arrival of three": [{"admit": {"programme": programme, "count": 3}}],
        "failed exam": [{"repeat": {"resident": middle, "requirement": failed.requirement}}],
        "transfer": [
            {"leaves": {"resident": people[0], "period": NOTICE + 1}},
            {"admit": {"programme": programme, "count": 1}},
        ],
        "somebody leaves": [{"leaves": {"resident": middle, "period": stay.start + 1}}],
    }


def answer(problem_file: str, plan_file: str, name: str, seconds: float, workers: int) -> dict:
    import resource

    from trainingbase.planner.replanning.what_if import what_if

    problem = read_problem(Path(problem_file))
    present = read_plan(Path(plan_file)).placements
    events = events_of(problem, present)[name]
    begun, cpu = time.monotonic(), time.process_time()
    first: list[float] = []

    def heard(progress) -> None:
        if progress.placements is not None and not first:
            first.append(time.process_time() - cpu)

    found = what_if(
        problem,
        present,
        events,
        notice=NOTICE,
        seconds=seconds,
        workers=workers,
        on_progress=heard,
    )
    rules = {one.rule for one in check(found.problem, found.plan.placements)}
    status = found.plan.status if found.plan.is_lawful == (not rules) else "WRONG"
    return {
        "event": name,
        "status": status,
        "moved": len(found.least.moves),
        "least": "yes" if found.least.is_least else "",
        "cost": found.plan.cost.total - found.plan.cost.moved,
        "first cpu": round(first[0], 1) if first else "-",
        "clock s": round(time.monotonic() - begun, 1),
        "cpu s": round(time.process_time() - cpu, 1),
        "MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("problem")
    parser.add_argument("plan")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--event")
    given = parser.parse_args()
    if given.event:
        print(
            json.dumps(answer(given.problem, given.plan, given.event, given.seconds, given.workers))
        )
        return
    problem = read_problem(Path(given.problem))
    names = events_of(problem, read_plan(Path(given.plan)).placements)
    print("| " + " | ".join(HEAD) + " |\n" + "|---" * len(HEAD) + "|")
    for name in names:
        run = subprocess.run(
            [sys.executable, __file__, *sys.argv[1:], "--event", name],
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            print(f"| {name} | {run.stderr.strip().splitlines()[-1]} |")
            continue
        row = json.loads(run.stdout)
        print("| " + " | ".join(str(row[key]) for key in HEAD) + " |", flush=True)


if __name__ == "__main__":
    main()
