"""Cheapest ways through a graph, for eight residents side by side: compiled, in whole numbers."""

import numpy as np

from trainingbase.planner.compiled import compiled

SCALE = 1000
LANES = 8
NEVER = 1 << 29


@compiled
def row_prices(
    open_to: tuple[np.ndarray, ...], extra: int, tolls: np.ndarray, summed: np.ndarray
) -> np.ndarray:
    """Of every row of one resident's offers; `summed[d, p]` adds up prices before p."""
    _, task, department, start, end, served, kept = open_to
    prices = np.empty(len(task), np.int64)
    for row in range(len(task)):
        price = served[row] + (served[row] * extra) // SCALE - kept[row]
        price += summed[department[row], end[row]] - summed[department[row], start[row]]
        prices[row] = price - tolls[task[row]] * (end[row] - start[row])
    return prices


@compiled
def fill(
    costs: np.ndarray, best: np.ndarray, lane: int, slot: np.ndarray, prices: np.ndarray
) -> None:
    """Cheapest row for every slot."""
    for row in range(len(slot)):
        if prices[row] < costs[slot[row], lane]:
            costs[slot[row], lane] = prices[row]
            best[slot[row], lane] = row


@compiled
def sweep(
    first: np.ndarray, to: np.ndarray, slot: np.ndarray, costs: np.ndarray, least: np.ndarray
) -> None:
    """Cheapest way from each node to the end, for all lanes."""
    for node in range(len(first) - 2, -1, -1):
        begin, end = first[node], first[node + 1]
        for lane in range(LANES):
            least[node, lane] = 0 if begin == end else NEVER
        for arc in range(begin, end):
            there, what = to[arc], slot[arc]
            for lane in range(LANES):
                value = least[there, lane] + costs[what, lane]
                least[node, lane] = min(least[node, lane], value)


@compiled
def walk(
    first: np.ndarray,
    to: np.ndarray,
    slot: np.ndarray,
    costs: np.ndarray,
    least: np.ndarray,
    lane: int,
    path: np.ndarray,
) -> int:
    """Slots of the cheapest way of one lane; returns how many."""
    node, taken = 0, 0
    while first[node] < first[node + 1] and least[node, lane] < NEVER:
        for arc in range(first[node], first[node + 1]):
            if least[to[arc], lane] + costs[slot[arc], lane] == least[node, lane]:
                path[taken] = slot[arc]
                taken += 1
                node = to[arc]
                break
    return taken
