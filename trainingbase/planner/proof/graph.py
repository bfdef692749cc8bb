"""Every order in which residents who owe the same can do it, as a graph shared by all of them.

A node is what has been done so far (a mixed-radix number, one digit for each requirement) and how
many free periods are used; an arc is one stay, or an idle period. A path from the first node to
the last is a timetable. Rules kept: whole, window, away, before, choose, fixed, and one place at a
time. Left out, so that a cheapest path is a lower bound and a timetable has to be looked at:
same_department, stretches that touch and, where the graph would grow too large, that a requirement
without a digit is met exactly once (a toll, see `tolls`, makes up for it).
"""

from dataclasses import dataclass

import numpy as np

from trainingbase.planner.proof.marking import ALIVE, States, emit, reach, trace
from trainingbase.planner.timetables.careers import Career

DENSE_AT_MOST = 1 << 23  # numbers of what may have been done


@dataclass(frozen=True)
class Step:
    """One way on for requirement `way`: from digit to digit by a stay of task `task`."""

    way: int
    task: int
    before: int
    after: int
    length: int


@dataclass(frozen=True)
class Ways:
    """What is owed, as digits. `radix[w]` - 1 is requirement `w` met; `owed[w]` its periods."""

    requirements: tuple[str, ...]
    radix: tuple[int, ...]
    owed: tuple[int, ...]
    elective: tuple[bool, ...]
    steps: tuple[Step, ...]
    pairs: tuple[tuple[int, int], ...]
    choices: tuple[tuple[int, tuple[int, ...]], ...]
    free: int
    slack: int


def ways_of(career: Career) -> Ways:
    """Equal for residents who can share a graph."""
    names = tuple(career.tasks_of)
    number = {name: way for way, name in enumerate(names)}
    radix, owed, steps = [], [], []
    for way, tasks in enumerate(career.tasks_of.values()):
        first = career.tasks[tasks[0]]
        owed.append(first.requirement.length)
        if first.in_pieces:
            radix.append(first.length + 1)
            steps += _pieces(way, tasks[0], first.requirement.min_stretch or 1, first.length)
        else:
            radix.append(len(tasks) + 1)
            steps += [
                Step(way, task, digit, digit + 1, career.tasks[task].length)
                for digit, task in enumerate(tasks)
            ]
    pairs = [(number[a], number[b]) for a, b in career.pairs if a in number and b in number]
    return Ways(
        names,
        tuple(radix),
        tuple(owed),
        tuple(name in career.is_elective for name in names),
        tuple(steps),
        tuple(pairs),
        tuple(
            (count, tuple(number[one] for one in of if one in number))
            for count, of in career.choices
        ),
        len(career.free),
        career.slack,
    )


def _pieces(way: int, task: int, least: int, length: int) -> list[Step]:
    return [
        Step(way, task, done, done + piece, piece)
        for done in range(length)
        for piece in range(least, length - done + 1)
        if (done == 0 or done >= least)
        and (done + piece == length or length - done - piece >= least)
    ]


@dataclass
class Graph:
    """Arcs of node n are first[n]:first[n + 1], leading to `to` (a later node) for `slot`.

    Nodes are in an order of time; node 0 is the first. Terminal nodes have no arcs.
    `slots[step, position]` numbers the priced things, -1 where no stay is open; the last step is
    idleness. `tolled` are the requirements without a digit.
    """

    first: np.ndarray
    to: np.ndarray
    slot: np.ndarray
    slots: np.ndarray
    tolled: tuple[int, ...]


def graph_of(ways: Ways, opens: np.ndarray, *, arcs_at_most: int = 6_000_000) -> Graph | None:
    """`opens[step, position]`: whether anybody has that stay. None where nothing reaches the end.

    Requirements lose their digit, those in no order and of least length first, until it fits.
    """
    if ways.slack < 0:
        return None
    order = _least_missed_first(ways)
    for dropped in range(len(order) + 1):
        tolled = order[:dropped]
        shape = _Shape.of(ways, tolled)
        if shape.size > DENSE_AT_MOST:
            continue
        marks = np.zeros(shape.size, np.uint8)
        if not reach(marks, shape.states(opens), arcs_at_most // 3):
            continue
        arcs = trace(marks, shape.states(opens))
        if arcs <= arcs_at_most:
            return _numbered(shape, opens, marks, arcs, tuple(tolled))
    return None


def _least_missed_first(ways: Ways) -> list[int]:
    """Requirements that may do without a digit: no electives, and ordered ones only at the end."""
    ordered = {way for pair in ways.pairs for way in pair}
    chosen = {way for _, those in ways.choices for way in those}
    may = [way for way in range(len(ways.radix)) if way not in chosen]
    return sorted(may, key=lambda way: (way in ordered, -ways.radix[way], ways.owed[way], way))


@dataclass
class _Shape:
    ways: Ways
    stride: np.ndarray
    width: int
    size: int

    @staticmethod
    def of(ways: Ways, tolled: list[int]) -> "_Shape":
        stride = np.zeros(len(ways.radix), np.int64)
        size = 1
        for way in sorted(set(range(len(ways.radix))) - set(tolled)):
            stride[way] = size
            size *= ways.radix[way]
        width = ways.slack + sum(ways.owed[way] for way in tolled) + 1
        return _Shape(ways, stride, width, size * width)

    def states(self, opens: np.ndarray) -> States:
        ways = self.ways
        steps = np.array(
            [(s.way, s.before, s.after, s.length) for s in ways.steps], np.int64
        ).reshape(-1, 4)
        pairs = np.array(ways.pairs, np.int64).reshape(-1, 2)
        choices = np.zeros((len(ways.choices), len(ways.radix) + 1), np.int64)
        for row, (count, those) in zip(choices, ways.choices, strict=True):
            row[0] = count
            row[[way + 1 for way in those]] = 1
        return States(
            np.array(ways.radix, np.int64),
            self.stride,
            np.array(ways.elective, np.bool_),
            steps,
            pairs,
            choices,
            _lengths(ways),
            _latest(ways, opens),
            self.width,
            opens,
        )


def _lengths(ways: Ways) -> np.ndarray:
    """Periods used at each digit of each requirement."""
    table = np.zeros((len(ways.radix), max(ways.radix, default=1)), np.int64)
    for step in ways.steps:
        table[step.way, step.after] = max(
            table[step.way, step.after], table[step.way, step.before] + step.length
        )
    return table


def _latest(ways: Ways, opens: np.ndarray) -> np.ndarray:
    """Last position at which a requirement may go on from each of its digits."""
    never = 1 << 30
    table = np.full((len(ways.radix), max(ways.radix, default=1)), -1, np.int64)
    for number, step in enumerate(ways.steps):
        positions = np.flatnonzero(opens[number])
        if len(positions):
            table[step.way, step.before] = max(table[step.way, step.before], positions[-1])
    for way, radix in enumerate(ways.radix):
        table[way, radix - 1] = never
        if ways.elective[way]:
            table[way, 0] = never
    return table


def _numbered(
    shape: _Shape, opens: np.ndarray, marks: np.ndarray, arcs: int, tolled: tuple[int, ...]
) -> Graph | None:
    alive = np.flatnonzero(marks == ALIVE)
    if not len(alive) or alive[0] != 0:
        return None
    slots = np.full(opens.shape, -1, np.int32)
    slots[opens] = np.arange(opens.sum())
    first = np.zeros(len(alive) + 1, np.int64)
    to, slot = np.zeros(arcs, np.int32), np.zeros(arcs, np.int32)
    emit(first, to, slot, alive, slots, shape.states(opens))
    return Graph(first, to, slot, slots, tolled)
