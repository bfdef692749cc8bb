"""What is open to one resident, as arrays for the compiled sweeps."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainingbase.planner.timetables.stay import Stay


@dataclass
class Offers:
    """The stays open to one resident, one row for each step of the graph they may be taken for."""

    slot: np.ndarray
    task: np.ndarray
    department: np.ndarray
    start: np.ndarray
    end: np.ndarray
    served: np.ndarray  # floor of SCALE times
    kept: np.ndarray
    stays: list[tuple[int, Stay]]

    def rows_of(self, chosen: Sequence[tuple[int, Stay]]) -> list[int] | None:
        """Rows of a timetable in its order of time; None where one is missing.

        Of a splittable task the first piece has a row of its own, before the others.
        """
        first: dict[tuple[int, Stay], int] = {}
        last: dict[tuple[int, Stay], int] = {}
        for row, stay in enumerate(self.stays):
            first.setdefault(stay, row)
            last[stay] = row
        begun: set[int] = set()
        rows = []
        for one in chosen:
            if one not in first:
                return None
            rows.append(last[one] if one[0] in begun else first[one])
            begun.add(one[0])
        return rows

    def arrays(self) -> tuple[np.ndarray, ...]:
        return (
            self.slot,
            self.task,
            self.department,
            self.start,
            self.end,
            self.served,
            self.kept,
        )
