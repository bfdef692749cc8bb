"""Every way to do a task: department, task, and what it costs at each start."""

from collections import defaultdict

import numpy as np

from trainingbase.planner.search.desk import NEVER
from trainingbase.planner.timetables.careers import Careers

Ways = list[tuple[int, int, np.ndarray, np.ndarray]]  # department, task, price, served by start


class WayBook:
    """The ways of every task of every career, worked out once."""

    def __init__(self, careers: Careers) -> None:
        self.careers = careers
        self._of: dict[tuple[int, int], dict[int, Ways]] = {}

    def of(self, member: int, k: int) -> dict[int, Ways]:
        """By length."""
        key = (member, k)
        if key not in self._of:
            self._of[key] = self._made(member, k)
        return self._of[key]

    def _made(self, member: int, k: int) -> dict[int, Ways]:
        width = self.careers.problem.periods + 1
        rows: dict[tuple[int, int], tuple[np.ndarray, np.ndarray]] = {}
        for stay in self.careers.careers[member].tasks[k].stays:
            row = rows.get((stay.length, stay.department))
            if row is None:
                row = rows[stay.length, stay.department] = (
                    np.full(width, NEVER),
                    np.zeros(width),
                )
            row[0][stay.start] = stay.served - stay.kept
            row[1][stay.start] = stay.served
        made: dict[int, Ways] = defaultdict(list)
        for (length, department), (price, served) in rows.items():
            made[length].append((department, k, price, served))
        return made
