"""Every order in which residents who owe the same can do it, as a graph shared by all of them.

A node is what has been done so far (a number with a field of bits for each requirement) and how
many free periods are used; an arc is one stay, or an idle period. A path from the first node to
the last is a timetable. Rules kept: whole, window, away, before, choose, fixed, and one place at a
time. Left out, so that a cheapest path is a lower bound and a timetable has to be looked at:
same_department, stretches that touch and, where the graph would grow too large, that a requirement
without a digit is met exactly once (a toll, see `tolls`, makes up for it).
"""

from dataclasses import dataclass

import numpy as np

from trainingbase.planner.proof.marking import ALIVE, States, emit, reach, trace
from trainingbase.planner.proof.shape import Shape
from trainingbase.planner.proof.ways import Ways

DENSE_AT_MOST = 1 << 24  # numbers of what may have been done


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
        shape = Shape.of(ways, tolled)
        if shape.size > DENSE_AT_MOST:
            continue
        marks, states = np.zeros(shape.size, np.uint8), shape.states(opens)
        if not reach(marks, states, arcs_at_most // 3):
            continue
        arcs = trace(marks, states)
        if arcs <= arcs_at_most:
            return _numbered(states, opens, marks, arcs, tuple(tolled))
    return None


def _least_missed_first(ways: Ways) -> list[int]:
    """Requirements that may do without a digit: no electives, and ordered ones only at the end."""
    ordered = {way for pair in ways.pairs for way in pair}
    chosen = {way for _, those in ways.choices for way in those}
    may = [way for way in range(len(ways.radix)) if way not in chosen]
    return sorted(may, key=lambda way: (way in ordered, -ways.radix[way], ways.owed[way], way))


def _numbered(
    states: States, opens: np.ndarray, marks: np.ndarray, arcs: int, tolled: tuple[int, ...]
) -> Graph | None:
    alive = np.flatnonzero(marks == ALIVE)
    if not len(alive) or alive[0] != 0:
        return None
    slots = np.full(opens.shape, -1, np.int32)
    slots[opens] = np.arange(opens.sum())
    first = np.zeros(len(alive) + 1, np.int64)
    to, slot = np.zeros(arcs, np.int32), np.zeros(arcs, np.int32)
    place = np.cumsum(marks == ALIVE, dtype=np.int32) - 1
    place[marks != ALIVE] = -1
    emit(first, to, slot, alive, place, slots, states)
    return Graph(first, to, slot, slots, tolled)
