"""Which requirement each row of a plan meets.

A row says only its standard department; a programme may ask for it in two parts (one month first),
and a row may bring more than is owed: what is beyond it takes a place and meets nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from trainingbase.planner.problem import Placement, Requirement
from trainingbase.rotations.rules.halves import end_period_of, period_of
from trainingbase.rotations.rules.rows import Row


def placements_of(
    starts_on: date, rows: Iterable[Row], resident: str, requirements: Sequence[Requirement]
) -> list[Placement]:
    """One resident's rows, in order of time, met against what is owed; clipped to the plan."""
    owed: dict[str, list[list]] = {}
    for one in requirements:
        owed.setdefault(one.id.partition("/")[0], []).append([one.id, one.length])
    made: list[Placement] = []
    for row in sorted(rows):
        first = max(0, period_of(starts_on, row.starts_on))
        end = end_period_of(starts_on, row.ends_on)
        parts = owed.get(str(row.standard), [])
        while first < end:
            while parts and parts[0][1] <= 0:
                parts.pop(0)
            name, left = parts[0] if parts else ("", end - first)
            length = min(left, end - first)
            if parts:
                parts[0][1] -= length
            made.append(Placement(resident, name, str(row.department), first, length))
            first += length
    return made
