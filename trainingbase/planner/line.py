"""One resident's time as a row of blocks, and the price of every way to rearrange it at once.

A block is a stay, a free period (idle) or a period that cannot move (leave, begun, fixed). Moves
keep every length: two blocks change places, or one goes elsewhere, and what lies between shifts.
Prices of all moves come from one matrix: what each block would cost at each start.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from trainingbase.planner.careers import Career, Careers
from trainingbase.planner.moves import Moves, upper
from trainingbase.planner.stay import Stay

NEVER = 1e7


class Line:
    """`order` lists blocks; `starts[b]` and `stays[b]` say where block b is now (None: no stay)."""

    def __init__(
        self,
        careers: Careers,
        career: Career,
        chosen: Sequence[tuple[int, Stay]],
        zeal: float = 0.0,
    ) -> None:
        """`zeal`: what one unit of cost weighs against one place too many for one period."""
        self.zeal = zeal
        self.career = career
        self.periods = careers.problem.periods
        self.tasks: list[int | None] = []
        self.lengths: list[int] = []
        self.starts: list[int] = []
        self.stays: list[Stay | None] = []
        self._rows: list[tuple[int, int, np.ndarray, dict[int, Stay]]] = []
        self._lay_out(careers, chosen)
        self.order = sorted(range(len(self.tasks)), key=lambda b: self.starts[b])
        self._arrays()
        self.pairs = self._pairs()

    def _lay_out(self, careers: Careers, chosen: Sequence[tuple[int, Stay]]) -> None:
        numbers = careers.department_number
        decided = {
            (block.requirement, numbers[block.department], block.start, block.length)
            for block in self.career.resident.fixed
        }
        taken: set[int] = set()
        for k, stay in sorted(chosen, key=lambda one: one[1].start):
            requirement = self.career.tasks[k].requirement
            is_fixed = (requirement.id, stay.department, stay.start, stay.length) in decided
            bound = requirement.same_department and self._has_many(k)
            rows = self._ways(k, stay, stay.department if bound else None, is_fixed)
            self._add(k, stay.length, stay.start, stay, rows)
            taken.update(range(stay.start, stay.end))
        for period in range(self.career.resident.from_period, self.career.resident.until):
            if period in taken:
                continue
            start = np.full(self.periods + 1, NEVER)
            if period in self.career.free:
                start[sorted(self.career.free)] = 0.0
            else:
                start[period] = 0.0
            self._add(None, 1, period, None, [(-1, start, {})])

    def _has_many(self, k: int) -> bool:
        requirement = self.career.tasks[k].requirement.id
        return len(self.career.tasks_of[requirement]) > 1 or self.career.tasks[k].in_pieces

    def _ways(
        self, k: int, now: Stay, department: int | None, is_fixed: bool
    ) -> list[tuple[int, np.ndarray, dict[int, Stay]]]:
        by_department: dict[int, dict[int, Stay]] = {}
        for stay in self.career.tasks[k].stays:
            if stay.length != now.length or (is_fixed and stay != now):
                continue
            if department is None or stay.department == department:
                by_department.setdefault(stay.department, {})[stay.start] = stay
        rows = []
        for number, stays in by_department.items():
            start = np.full(self.periods + 1, NEVER)
            for at, stay in stays.items():
                start[at] = self.zeal * (stay.served - stay.kept)
            rows.append((number, start, stays))
        return rows

    def _add(
        self, task: int | None, length: int, start: int, stay: Stay | None, rows: list
    ) -> None:
        block = len(self.tasks)
        self.tasks.append(task)
        self.lengths.append(length)
        self.starts.append(start)
        self.stays.append(stay)
        self._rows += [(block, number, static, stays) for number, static, stays in rows]

    def _arrays(self) -> None:
        count, width = len(self._rows), self.periods + 1
        length = np.array([self.lengths[block] for block, *_ in self._rows])
        department = np.array([max(0, number) for _, number, *_ in self._rows])
        self.static = np.array([static for *_, static, _ in self._rows]).reshape(count, width)
        base = department[:, None] * width
        at = np.arange(width)[None, :]
        self.from_cell = base + np.broadcast_to(at, (count, width))
        self.to_cell = base + np.minimum(at + length[:, None], width - 1)
        self.is_real = np.array([number >= 0 for _, number, *_ in self._rows])[:, None]
        self.first_row = np.array(
            [i for i, row in enumerate(self._rows) if i == 0 or self._rows[i - 1][0] != row[0]]
        )
        self.length = np.array(self.lengths)
        self.idle = np.array([task is None for task in self.tasks])

    def _pairs(self) -> list[tuple[int, int]]:
        """(block, block): the first has ended when the second starts."""
        blocks: dict[str, list[int]] = {}
        for block, task in enumerate(self.tasks):
            if task is not None:
                blocks.setdefault(self.career.tasks[task].requirement.id, []).append(block)
        pairs = []
        for first, second in self.career.pairs:
            pairs += [(a, b) for a in blocks.get(first, ()) for b in blocks.get(second, ())]
        self.stretches = []
        for those in blocks.values():
            if self.career.tasks[self.tasks[those[0]] or 0].in_pieces:
                continue
            ordered = sorted(those, key=lambda block: self.tasks[block] or 0)
            self.stretches += list(pairwise(ordered))
        return pairs + self.stretches

    def prices(self, cell_price: np.ndarray) -> np.ndarray:
        """[row, start]: what each way of each block costs; `cell_price[d, p]` without oneself."""
        summed = np.zeros((cell_price.shape[0], cell_price.shape[1] + 1))
        np.cumsum(cell_price, axis=1, out=summed[:, 1:])
        flat = summed.ravel()
        return self.static + self.is_real * (flat[self.to_cell] - flat[self.from_cell])

    def moves(self, rows: np.ndarray, cell_price: np.ndarray) -> "Moves":
        """What every move of every kind would change in price."""
        best = np.minimum.reduceat(rows, self.first_row, axis=0)
        order = np.array(self.order)
        n = len(order)
        start, length = np.array(self.starts)[order], self.length[order]
        own = np.array([self._own(block, cell_price) for block in self.order])
        at = best[order]
        shift = np.arange(-self.periods, self.periods + 1)
        moved_to = start[None, :] + shift[:, None]
        inside = (moved_to >= 0) & (moved_to < self.periods)
        shifted = np.where(
            inside,
            at[np.arange(n)[None, :], np.clip(moved_to, 0, self.periods)] - own[None, :],
            NEVER,
        )
        shifted[self.periods] = 0.0
        sums = np.zeros((len(shift), n + 1))
        np.cumsum(shifted, axis=1, out=sums[:, 1:])
        switches = at[np.arange(n), start] - own
        switches[switches > -1e-9] = NEVER
        return Moves(
            self.order,
            self._pairwise(at, own, sums, start, length, self.idle[order]),
            switches,
            *self._segments(at, own, sums, start, length),
        )

    def _own(self, block: int, cell_price: np.ndarray) -> float:
        """What the block pays where it is."""
        stay = self.stays[block]
        if stay is None:
            return 0.0
        there = cell_price[stay.department, stay.start : stay.end].sum()
        return float(there) + self.zeal * (stay.served - stay.kept)

    def _pairwise(
        self,
        at: np.ndarray,
        own: np.ndarray,
        sums: np.ndarray,
        start: np.ndarray,
        length: np.ndarray,
        idle: np.ndarray,
    ) -> np.ndarray:
        """Positions i < j: [0] change places, [1] i goes behind j, [2] j goes before i."""
        i, j = upper(len(start))
        zero = self.periods
        apart = length[j] - length[i]
        gains = np.empty((3, len(i)))
        gains[0] = (
            at[j, start[i]]
            + at[i, start[j] + apart]
            - own[i]
            - own[j]
            + sums[zero + apart, j]
            - sums[zero + apart, i + 1]
        )
        earlier, later = zero - length[i], zero + length[j]
        behind = start[j] + apart
        gains[1] = at[i, behind] - own[i] + sums[earlier, j + 1] - sums[earlier, i + 1]
        gains[2] = at[j, start[i]] - own[j] + sums[later, j] - sums[later, i]
        gains[:, idle[i] & idle[j]] = NEVER
        return gains

    def _segments(
        self,
        at: np.ndarray,
        own: np.ndarray,
        sums: np.ndarray,
        start: np.ndarray,
        length: np.ndarray,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Position i changes places with the row of blocks from j that is just as long.

        Without it a long stay could never pass what cannot move (leave, a fixed stay). The second
        result is the position behind that row.
        """
        n = len(start)
        bounds = np.append(start, start[-1] + length[-1])
        ends = start[None, :] + length[:, None]
        behind = np.minimum(np.searchsorted(bounds, ends), n)
        i, j = np.arange(n)[:, None], np.arange(n)[None, :]
        fits = (bounds[behind] == ends) & (behind - j >= 2) & ((behind <= i) | (j > i))
        shift = self.periods + start[:, None] - start[None, :]
        gains = at[i, start[None, :]] - own[:, None] + sums[shift, behind] - sums[shift, j]
        return np.where(fits, gains, NEVER), behind

    def starts_in(self, order: Sequence[int]) -> list[int]:
        starts = [0] * len(order)
        now = self.starts[self.order[0]]
        for block in order:
            starts[block] = now
            now += self.lengths[block]
        return starts

    def keeps_order(self, starts: Sequence[int]) -> bool:
        return all(starts[a] + self.lengths[a] <= starts[b] for a, b in self.pairs)

    def settle(
        self, order: list[int], starts: list[int], rows: np.ndarray, switched: int = -1
    ) -> bool:
        """Takes the new order, each moved block in its cheapest department; False if it cannot.

        Block `switched` takes its cheapest department although it stays where it is in time.
        """
        moved = [starts[b] != self.starts[b] or b == switched for b in range(len(order))]
        chosen: dict[int, Stay] = {}
        cheapest: dict[int, float] = {}
        for row, (block, number, _, stays) in enumerate(self._rows):
            if number < 0 or not moved[block]:
                continue
            price = rows[row, starts[block]]
            if price < cheapest.get(block, NEVER) and starts[block] in stays:
                cheapest[block] = price
                chosen[block] = stays[starts[block]]
        new = [
            chosen.get(block) if moved[block] else self.stays[block] for block in range(len(order))
        ]
        if any(task is not None and new[b] is None for b, task in enumerate(self.tasks)):
            return False
        if any(self._touch(new[a], new[b]) for a, b in self.stretches):
            return False
        self.order, self.starts, self.stays = order, starts, new
        return True

    def _touch(self, early: Stay | None, late: Stay | None) -> bool:
        return bool(
            early and late and early.department == late.department and early.end == late.start
        )

    def chosen(self) -> list[tuple[int, Stay]]:
        return [
            (task, stay)
            for task, stay in zip(self.tasks, self.stays, strict=True)
            if task is not None and stay is not None
        ]
