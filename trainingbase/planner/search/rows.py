"""Everybody's time as rows of blocks in arrays, as the compiled searches want it.

A block is a stay, a free period (idle), a run of periods that cannot move (leave, begun, fixed) or
a piece of a splittable requirement, which may have length 0. A row fills its resident's time from
`from_period` to `until` without gaps. A block has a shape for each length it may take, a shape has
ways: a department, a task and what it costs at each start.
"""

from collections import defaultdict
from itertools import pairwise

import numpy as np

from trainingbase.planner.search.blocks import Arrays, Block, place_among
from trainingbase.planner.search.desk import MOST_MOVES, NEVER, ORDER, OWNER, Desk
from trainingbase.planner.search.ways import WayBook, Ways
from trainingbase.planner.timetables.careers import Career
from trainingbase.planner.timetables.state import Chosen, State
from trainingbase.planner.timetables.stay import Stay

MOST_PIECES = 6


class Rows:
    """The rows of `members`, which are those with something to move; `blocks` is what changes."""

    def __init__(self, book: WayBook, state: State) -> None:
        chosen = state.chosen
        self.book = book
        self.careers = book.careers
        self.width = self.careers.problem.periods + 1
        self.nowhere = np.zeros(self.width)
        self.idle: Ways = []
        self.groups = 0
        self.arrays = Arrays()
        self.members = [member for member, those in sorted(chosen.items()) if those]
        for row, member in enumerate(self.members):
            self._add_row(row, self.careers.careers[member], chosen[member])
        made = self.arrays
        made.rows.append((len(made.blocks), len(made.pairs)))
        problem = self.careers.problem
        self.served = np.array(made.served, dtype=np.float64).reshape(-1, self.width)
        self.given = np.array(
            [self.careers.careers[member].served_constant for member in self.members], dtype=float
        )
        self.rows = np.array(made.rows, dtype=np.int32).reshape(-1, 2)
        self.blocks = np.array(made.blocks, dtype=np.int32).reshape(-1, 11)
        self.shapes = np.array(made.shapes, dtype=np.int32).reshape(-1, 3)
        self.ways = np.array(made.ways, dtype=np.int32).reshape(-1, 2)
        self.price = np.array(made.price, dtype=np.float64).reshape(-1, self.width)
        self.pairs = np.array(made.pairs, dtype=np.int32).reshape(-1, 3)
        places = state.places
        least = [one.minimum for one in problem.departments]
        self.cells = np.array([state.load, places, least], dtype=np.int32)
        self.cells = self.cells.reshape(3, -1, problem.periods)

    def desk(self, seed: int, zeal: float) -> Desk:
        """`zeal`: what one unit of cost weighs against one place too many for one period."""
        problem = self.careers.problem
        departments, periods = self.cells.shape[1:]
        longest = int(np.diff(self.rows[:, 0]).max(initial=1))
        spans = self.blocks[self.rows[1:, 0] - 1, 1] - self.blocks[self.rows[:-1, 0], 0]
        shift = 2 * int(self.shapes[:, 0].max(initial=1)) + 2
        price = np.where(self.price >= NEVER, NEVER, self.price * zeal)
        weights = np.empty((2, departments, periods))
        weights[0], weights[1] = 1.0, 0.2
        return Desk(
            self.rows,
            self.blocks,
            self.shapes,
            self.ways,
            price,
            self.served,
            self.given,
            np.array([zeal * problem.weights.minimum, 0.0, 1e9, 0.0]),
            self.pairs,
            self.cells,
            weights,
            np.zeros((int(spans.max(initial=1)), self.width)),
            np.zeros((shift, longest + 1)),
            np.zeros((departments, self.width)),
            np.zeros((8, longest), dtype=np.int32),
            np.zeros((MOST_MOVES + 1, 6), dtype=np.int32),
            np.zeros(MOST_MOVES + 1),
            np.array([0x9E3779B97F4A7C15 ^ (seed * 0x2545F4914F6CDD1D & (1 << 63) - 1)], np.uint64),
        )

    def worth(self, prices: np.ndarray) -> np.ndarray:
        """What the places of each way at each start come to; `prices` [department, period]."""
        table = np.zeros((len(self.ways), self.width))
        summed = np.zeros((len(prices), self.width))
        np.cumsum(prices, axis=1, out=summed[:, 1:])
        for length, first, last in self.shapes:
            there = self.ways[first:last, 0]
            stays = summed[there, length:] - summed[there, : self.width - length]
            table[first:last, : self.width - length] = np.where(there[:, None] >= 0, stays, 0.0)
        return table

    # laying out

    def _add_row(self, row: int, career: Career, chosen: list[tuple[int, Stay]]) -> None:
        made = self.arrays
        first = len(made.blocks)
        made.rows.append((first, len(made.pairs)))
        blocks = self._stays(career, chosen) + self._rest(career, chosen)
        for block in blocks:
            first_shape = len(made.shapes)
            shape = way = -1
            for length, ways in block.shapes.items():
                if length == block.length:
                    shape = len(made.shapes)
                    way = len(made.ways) + place_among(ways, block)
                made.shapes.append((length, len(made.ways), len(made.ways) + len(ways)))
                for department, task, price, served in ways:
                    made.ways.append((department, task))
                    made.price.append(price)
                    made.served.append(served)
            kinds = (block.group, block.piece, block.choice, int(block.is_fixed), row)
            made.blocks.append([first_shape, len(made.shapes), *kinds, 0, block.start, shape, way])
        by_start = sorted(range(len(blocks)), key=lambda b: (blocks[b].start, blocks[b].length))
        for position, b in enumerate(by_start):
            made.blocks[first + position][ORDER] = first + b
        self._add_pairs(career, blocks, first)

    def _stays(self, career: Career, chosen: list[tuple[int, Stay]]) -> list[Block]:
        numbers = self.careers.department_number
        decided = {
            (block.requirement, numbers[block.department], block.start, block.length)
            for block in career.resident.fixed
        }
        blocks: list[Block] = []
        groups: dict[str, int] = {}
        pieces: dict[int, list[Block]] = defaultdict(list)
        for k, stay in sorted(chosen, key=lambda one: one[1].start):
            task = career.tasks[k]
            key = task.requirement.id
            block = Block(stay.start, {}, stay.length, stay.department, k)
            block.is_fixed = (key, stay.department, stay.start, stay.length) in decided
            if task.requirement.same_department and (
                task.in_pieces or len(career.tasks_of[key]) > 1
            ):
                block.group = groups.setdefault(key, self.groups + len(groups))
            if block.is_fixed:
                block.shapes = {stay.length: [self._only(career.number, block)]}
            elif task.in_pieces:
                block.shapes = {0: self._idle(), **self.book.of(career.number, k)}
                pieces[k].append(block)
            else:
                block.choice, ways = self._electives(career, k, stay.length)
                block.shapes = {stay.length: ways}
            blocks.append(block)
        for number, (k, those) in enumerate(pieces.items()):
            blocks += self._spare(career, k, those, len(self.arrays.blocks) + number)
        self.groups += len(groups)
        return blocks

    def _spare(self, career: Career, k: int, those: list[Block], piece: int) -> list[Block]:
        """Pieces of length 0, into which the others can be split."""
        task = career.tasks[k]
        most = min(MOST_PIECES, task.length // max(1, task.requirement.min_stretch or 1))
        at = career.resident.until
        spare = [
            Block(at, those[0].shapes, 0, task=k, group=those[0].group)
            for _ in range(len(those), most)
        ]
        for block in those + spare:
            block.piece = piece
        return spare

    def _only(self, member: int, block: Block) -> tuple[int, int, np.ndarray, np.ndarray]:
        price, served = np.full(self.width, NEVER), self.nowhere
        for department, _, prices, serveds in self.book.of(member, block.task)[block.length]:
            if department == block.department:
                price[block.start], served = prices[block.start], serveds
        return block.department, block.task, price, served

    def _electives(self, career: Career, k: int, length: int) -> tuple[int, Ways]:
        """The ways of the task, and of electives that could stand in its place."""
        ways = list(self.book.of(career.number, k)[length])
        mine = career.tasks[k].requirement.id
        choices = [c for c, (_, those) in enumerate(career.choices) if mine in those]
        if len(choices) != 1 or not self._is_free(career, mine, length):
            return -1, ways
        for other in career.choices[choices[0]][1]:
            if other != mine and self._is_free(career, other, length):
                ways += self.book.of(career.number, career.tasks_of[other][0])[length]
        return choices[0], ways

    def _is_free(self, career: Career, requirement: str, length: int) -> bool:
        tasks = career.tasks_of.get(requirement, ())
        return (
            len(tasks) == 1
            and career.tasks[tasks[0]].length == length
            and not career.tasks[tasks[0]].in_pieces
            and not any(requirement in pair for pair in career.pairs)
            and not any(block.requirement == requirement for block in career.resident.fixed)
            and sum(requirement in those for _, those in career.choices) == 1
        )

    def _rest(self, career: Career, chosen: list[tuple[int, Stay]]) -> list[Block]:
        """Idle periods one by one, and runs of periods that cannot be used."""
        taken = {p for _, stay in chosen for p in range(stay.start, stay.end)}
        blocks: list[Block] = []
        for period in range(career.resident.from_period, career.resident.until):
            if period in taken:
                continue
            if period in career.free:
                price = np.full(self.width, NEVER)
                price[sorted(career.free)] = 0.0
                blocks.append(Block(period, {1: [(-1, -1, price, self.nowhere)]}, 1))
                continue
            last = blocks[-1] if blocks else None
            if last is not None and last.is_fixed and last.start + last.length == period:
                ((_, _, price, _),) = last.shapes.pop(last.length)
                last.length += 1
            else:
                price = np.full(self.width, NEVER)
                price[period] = 0.0
                last = Block(period, {}, 1, is_fixed=True)
                blocks.append(last)
            last.shapes[last.length] = [(-1, -1, price, self.nowhere)]
        return blocks

    def _idle(self) -> Ways:
        if not self.idle:
            self.idle = [(-1, -1, self.nowhere, self.nowhere)]
        return self.idle

    def _add_pairs(self, career: Career, blocks: list[Block], first: int) -> None:
        of: dict[str, list[int]] = defaultdict(list)
        for b, block in enumerate(blocks):
            if block.task >= 0:
                of[career.tasks[block.task].requirement.id].append(b)
        pairs = []
        for early, late in career.pairs:
            pairs += [
                (first + a, first + b, 0) for a in of.get(early, ()) for b in of.get(late, ())
            ]
        for those in of.values():
            ordered = sorted(those, key=lambda b: blocks[b].task)
            if not career.tasks[blocks[ordered[0]].task].in_pieces:
                pairs += [(first + a, first + b, 1) for a, b in pairwise(ordered)]
        self.arrays.pairs += pairs

    # reading back

    def put(self, kept: np.ndarray) -> None:
        """Takes back an earlier state of the last columns of `blocks`."""
        self._count(-1)
        self.blocks[:, ORDER:] = kept
        self._count(1)

    def _count(self, sign: int) -> None:
        _, start, shape, way = self.blocks[:, ORDER:].T
        department, length = self.ways[way, 0], self.shapes[shape, 0]
        for ahead in range(int(length.max(initial=0))):
            there = (department >= 0) & (length > ahead)
            np.add.at(self.cells[0], (department[there], start[there] + ahead), sign)

    def chosen(self) -> Chosen:
        found: Chosen = {member: [] for member in self.members}
        owner, _, start, shape, way = self.blocks[:, OWNER:].T
        price = self.price[way, start]
        served = self.served[way, start]
        for row, k, department, at, length, cost, saved in zip(
            owner.tolist(),
            self.ways[way, 1].tolist(),
            self.ways[way, 0].tolist(),
            start.tolist(),
            self.shapes[shape, 0].tolist(),
            served.tolist(),
            np.round(served - price, 9).tolist(),
            strict=True,
        ):
            if k >= 0:
                found[self.members[row]].append((k, Stay(department, at, length, cost, saved)))
        return found
