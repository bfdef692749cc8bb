"""The cheapest timetable of every resident when places have prices: exact, or a bound below it.

Costs are whole numbers, `SCALE` to one of the problem's, so that sums are exact. `Pricing` prices
all residents at once, eight with the same graph at a time.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from trainingbase.planner.proof.graph import Graph, graph_of
from trainingbase.planner.proof.offers import Offers
from trainingbase.planner.proof.sweeps import (
    LANES,
    NEVER,
    SCALE,
    fill,
    row_prices,
    sweep,
    walk,
)
from trainingbase.planner.proof.ways import Ways, ways_of
from trainingbase.planner.timetables.careers import Career, Careers
from trainingbase.planner.timetables.limits import Stop, never
from trainingbase.planner.timetables.stay import Stay

ARCS_FOR_FEW, ARCS_FOR_MANY = 1_000_000, 3_000_000


@dataclass
class Group:
    """Residents who share a graph."""

    graph: Graph
    members: list[int]
    offers: list[Offers]
    tolled: tuple[int, ...]  # tasks that a timetable may miss or repeat


def groups_of(careers: Careers, stop: Stop = never) -> tuple[list[Group], list[int]]:
    """The groups, and those who have no lawful timetable even alone. Ends early when told to."""
    alike: dict[tuple, list[Career]] = {}
    for career in careers.careers:
        if career.tasks:
            held = tuple(sorted(_held(career)))
            alike.setdefault((ways_of(career), held), []).append(career)
    groups, lonely = [], []
    for (ways, held), those in alike.items():
        if stop():
            break
        opens, raw = _opens(careers, ways, set(held), those)
        graph = graph_of(
            ways, opens, arcs_at_most=ARCS_FOR_MANY if len(those) > 2 else ARCS_FOR_FEW
        )
        if graph is None:
            lonely += [career.number for career in those]
            continue
        offers = [_offers(graph, ways, rows) for rows in raw]
        tolled = tuple(sorted({one.task for one in ways.steps if one.way in graph.tolled}))
        groups.append(Group(graph, [career.number for career in those], offers, tolled))
    return groups, lonely


def _held(career: Career) -> set[int]:
    """Positions among the free periods that fixed stays take."""
    taken = {
        period
        for block in career.resident.fixed
        for period in range(block.start, block.start + block.length)
    }
    return {position for position, period in enumerate(sorted(career.free)) if period in taken}


def _opens(
    careers: Careers, ways: Ways, held: set[int], those: Sequence[Career]
) -> tuple[np.ndarray, list[list]]:
    opens = np.zeros((len(ways.steps) + 1, ways.free), np.bool_)
    rows_of = []
    for career in those:
        rows = list(_rows(careers, ways, career))
        rows_of.append(rows)
        for number, position, _, _, _ in rows:
            opens[number, position] = True
    if ways.slack > 0:
        opens[-1, [p for p in range(ways.free) if p not in held]] = True
    return opens, rows_of


def _rows(
    careers: Careers, ways: Ways, career: Career
) -> Iterator[tuple[int, int, int, Stay, float]]:
    """(step, position, task, stay, served) of every stay that fixed ones leave open."""
    position = {period: i for i, period in enumerate(sorted(career.free))}
    weight = careers.problem.weights.wish
    fixed = [
        (block.requirement, careers.department_number[block.department], block.start, block.length)
        for block in career.resident.fixed
    ]
    for number, step in enumerate(ways.steps):
        task = career.tasks[step.task]
        for stay in task.stays:
            if stay.length != step.length or not _beside(fixed, task.requirement.id, stay):
                continue
            served = stay.served
            if task.in_pieces and step.before == 0:
                served += weight * sum(
                    wish.weight
                    for wish in task.wishes
                    if not wish.start_from <= stay.start < wish.start_to
                )
            yield number, position[stay.start], step.task, stay, served


def _beside(fixed: list[tuple[str, int, int, int]], requirement: str, stay: Stay) -> bool:
    return all(
        stay.end <= start
        or stay.start >= start + length
        or (requirement, stay.department, stay.start, stay.length)
        == (block, department, start, length)
        for block, department, start, length in fixed
    )


def _offers(graph: Graph, ways: Ways, rows: list) -> Offers:
    stays = [row[3] for row in rows]

    def numbers(values: Iterable) -> np.ndarray:
        return np.array(list(values), np.int32)

    return Offers(
        numbers(graph.slots[row[0], row[1]] for row in rows),
        numbers(row[2] for row in rows),
        numbers(stay.department for stay in stays),
        numbers(stay.start for stay in stays),
        numbers(stay.end for stay in stays),
        numbers(min(NEVER, np.floor(SCALE * row[4] + 1e-6)) for row in rows),
        numbers(min(NEVER, np.ceil(SCALE * stay.kept - 1e-6)) for stay in stays),
        [(row[2], row[3]) for row in rows],
    )


@dataclass
class Priced:
    """What the cheapest timetables at some prices come to: `value`, prices and tolls included.

    `each[r]` is the part of resident r, `rows[r]` the rows of the offers that it takes.
    """

    each: np.ndarray
    rows: dict[int, np.ndarray]

    @property
    def value(self) -> int:
        return int(self.each.sum())


class Pricing:
    """All residents with something to plan. `lonely` have no lawful timetable even alone."""

    def __init__(self, careers: Careers, stop: Stop = never) -> None:
        self.careers = careers
        self.groups, self.lonely = groups_of(careers, stop)
        self.offers = {
            member: offers
            for group in self.groups
            for member, offers in zip(group.members, group.offers, strict=True)
        }
        constants = [SCALE * one.served_constant for one in careers.careers]
        self.constant = np.floor(np.array(constants) + 1e-6).astype(np.int64)
        self.no_tolls = [np.zeros(len(one.tasks), np.int64) for one in careers.careers]
        self.tolled: dict[int, tuple[int, ...]] = {
            member: group.tolled for group in self.groups for member in group.members
        }
        self.lonely += self._without_way(stop)

    def fits(self) -> bool:
        """Whether costs are small enough for their sums to be whole numbers of 32 bits."""
        dearest = max(
            (int(offers.served.max(initial=0)) for offers in self.offers.values()), default=0
        )
        kept = max((int(offers.kept.max(initial=0)) for offers in self.offers.values()), default=0)
        tasks = max((len(one.tasks) for one in self.careers.careers), default=0)
        return 8 * tasks * (dearest + kept) < NEVER

    def _without_way(self, stop: Stop) -> list[int]:
        """Those to whom no way through the graph of their group is open. Ends early when told."""
        nothing = np.zeros(
            (len(self.careers.problem.departments), self.careers.problem.periods + 1)
        )
        extra = np.zeros(len(self.careers.careers), np.int64)
        return [
            member
            for group in self.groups
            for begin in range(0, len(group.members), LANES)
            if not stop()
            for swept in [self._swept(group, begin, nothing.astype(np.int64), extra, self.no_tolls)]
            for lane, member in enumerate(group.members[begin : begin + LANES])
            if swept.least[0, lane] >= NEVER // 2
        ]

    def price(
        self, prices: np.ndarray, extra: np.ndarray, tolls: list[np.ndarray] | None = None
    ) -> Priced:
        """`prices[d, p]` of a place, `extra[r]` on each unit of wish and rank cost, in SCALE.

        `tolls[r][k]` is paid back for each period of task k, and asked for its whole length.
        """
        tolls = tolls or self.no_tolls
        made = Priced(self.constant + self.constant * extra // SCALE, {})
        for group in self.groups:
            for begin in range(0, len(group.members), LANES):
                swept = self._swept(group, begin, summed(prices), extra, tolls)
                for lane, member in enumerate(group.members[begin : begin + LANES]):
                    made.each[member] += swept.least[0, lane] + self._owed(member, tolls)
                    made.rows[member] = swept.rows(lane)
        return made

    def _owed(self, member: int, tolls: list[np.ndarray]) -> int:
        tasks = self.careers.careers[member].tasks
        return sum(int(tolls[member][k]) * tasks[k].length for k in self.tolled[member])

    def _swept(
        self,
        group: Group,
        begin: int,
        summed: np.ndarray,
        extra: np.ndarray,
        tolls: list[np.ndarray],
    ) -> "_Swept":
        graph = group.graph
        width = int(graph.slots.max()) + 1
        costs = np.full((width, LANES), NEVER, np.int32)
        best = np.full((width, LANES), -1, np.int32)
        idle = graph.slots[-1][graph.slots[-1] >= 0]
        for lane, member in enumerate(group.members[begin : begin + LANES]):
            offers = self.offers[member]
            prices = row_prices(offers.arrays(), extra[member], tolls[member], summed)
            fill(costs, best, lane, offers.slot, prices)
            costs[idle, lane] = 0
        least = np.empty((len(graph.first) - 1, LANES), np.int32)
        sweep(graph.first, graph.to, graph.slot, costs, least)
        return _Swept(graph, costs, best, least)


def summed(prices: np.ndarray) -> np.ndarray:
    table = np.zeros((prices.shape[0], prices.shape[1] + 1), np.int64)
    np.cumsum(prices, axis=1, out=table[:, 1:])
    return table


@dataclass
class _Swept:
    graph: Graph
    costs: np.ndarray
    best: np.ndarray
    least: np.ndarray

    def rows(self, lane: int) -> np.ndarray:
        graph = self.graph
        path = np.empty(graph.slots.shape[1], np.int32)
        taken = walk(graph.first, graph.to, graph.slot, self.costs, self.least, lane, path)
        rows = self.best[path[:taken], lane]
        return rows[rows >= 0]
