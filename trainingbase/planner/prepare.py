"""Makes the machine code of all searches and keeps it: `python -m trainingbase.planner.prepare`.

A little problem is solved, in which two want the same place: every compiled function is called.
Takes some twenty seconds of one processor, once for each version of the code.
"""

from trainingbase.planner.problem import (
    Department,
    Problem,
    Programme,
    Requirement,
    Resident,
    Wish,
)
from trainingbase.planner.solve import solve

NAMES = ("A", "B", "C")
PERIODS = 6


def prepare() -> None:
    solve(little_problem(), seconds=600, rounds=2, workers=1)


def little_problem() -> Problem:
    """Three residents, three departments with one place each, everybody's wish the same."""
    places, nobody = (1,) * PERIODS, (0,) * PERIODS
    departments = tuple(Department(name, (name,), "", places, nobody) for name in NAMES)
    programme = Programme("", tuple(Requirement(name, (name,), 2, (2,)) for name in NAMES))
    residents = tuple(Resident(name, "", 0, PERIODS, wishes=(Wish("A", 0, 1),)) for name in NAMES)
    return Problem("month", "2026-01-01", PERIODS, departments, {"": programme}, residents)


if __name__ == "__main__":
    prepare()
