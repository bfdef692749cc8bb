"""The compiled guided local search: rows out of overfull places, step after step.

Somebody in an overfull place takes the cheapest rearrangement of their own time, found among all
moves at once from what each block would cost at each start; what stays overfull grows dearer.
"""

import numpy as np

from trainingbase.planner.compiled import compiled, inner
from trainingbase.planner.search.desk import (
    CEILING,
    CHOICE,
    DEARER,
    DEPARTMENT,
    EXTRA,
    FIRST_SHAPE,
    FIRST_WAY,
    FIXED,
    GROUP,
    HEAT,
    LAST_SHAPE,
    LAST_WAY,
    LEAST,
    LENGTH,
    LOAD,
    NEVER,
    NEW_SEQ,
    NEW_SHAPE,
    NEW_START,
    NEW_WAY,
    OLD_SEQ,
    OLD_SHAPE,
    OLD_START,
    OLD_WAY,
    ORDER,
    OWNER,
    PLACES,
    SHAPE,
    SHORT,
    START,
    TASK,
    WAY,
    WEIGHT,
    Desk,
)
from trainingbase.planner.search.moves import begin, try_departments, try_orders, try_pieces
from trainingbase.planner.search.rowwork import arrange, chance, count, take_ways


@inner
def price_row(desk: Desk, row: int, n: int, extra: float) -> int:
    """Fills `best` and `sums` for the row as it stands; gives the longest shift.

    The last line of `sums` is what each block pays where it is.
    """
    cells, summed, scratch = desk.cells, desk.summed, desk.scratch
    departments, periods = cells.shape[1], cells.shape[2]
    for department in range(departments):
        total = 0.0
        for period in range(periods):
            if cells[LOAD, department, period] >= cells[PLACES, department, period]:
                total += desk.weights[WEIGHT, department, period]
            if cells[LOAD, department, period] < cells[LEAST, department, period]:
                total -= desk.settings[SHORT]
            summed[department, period + 1] = total
    first = desk.rows[row, 0]
    first_shape = desk.blocks[first, FIRST_SHAPE]
    own = desk.sums[len(desk.sums) - 1]
    most = 0
    for b in range(n):
        group, choice = desk.blocks[first + b, GROUP], desk.blocks[first + b, CHOICE]
        here = -1
        if group >= 0:
            for a in range(n):
                if a != b and desk.blocks[first + a, GROUP] == group:
                    here = max(here, desk.ways[scratch[OLD_WAY, a], DEPARTMENT])
        if not desk.blocks[first + b, FIXED]:
            most = max(most, desk.shapes[scratch[OLD_SHAPE, b], LENGTH])
        last_shape = desk.blocks[first + b, LAST_SHAPE]
        for shape in range(desk.blocks[first + b, FIRST_SHAPE], last_shape):
            length = desk.shapes[shape, LENGTH]
            best = desk.best[shape - first_shape]
            for start in range(periods + 1):
                best[start] = NEVER
            for w in range(desk.shapes[shape, FIRST_WAY], desk.shapes[shape, LAST_WAY]):
                department = desk.ways[w, DEPARTMENT]
                is_open = here < 0 or department < 0 or department == here
                if choice >= 0:
                    for a in range(n):
                        if (
                            a != b
                            and desk.blocks[first + a, CHOICE] == choice
                            and desk.ways[scratch[OLD_WAY, a], TASK] == desk.ways[w, TASK]
                        ):
                            is_open = False
                if not is_open:
                    continue
                for start in range(periods + 1 - length):
                    price = desk.price[w, start] + extra * desk.served[w, start]
                    if price < NEVER and department >= 0:
                        price += summed[department, start + length] - summed[department, start]
                    best[start] = min(best[start], price)
    for position in range(n):
        b = scratch[OLD_SEQ, position]
        w, start = scratch[OLD_WAY, b], scratch[OLD_START, b]
        own[position] = desk.price[w, start] + extra * desk.served[w, start]
        if desk.ways[w, DEPARTMENT] >= 0:
            end = start + desk.shapes[scratch[OLD_SHAPE, b], LENGTH]
            own[position] += summed[desk.ways[w, DEPARTMENT], end]
            own[position] -= summed[desk.ways[w, DEPARTMENT], start]
    for shift in range(-most, most + 1):
        total = 0.0
        for position in range(n):
            b = scratch[OLD_SEQ, position]
            at = scratch[OLD_START, b] + shift
            if at < 0 or at > periods:
                total += NEVER
            elif shift:
                total += desk.best[scratch[OLD_SHAPE, b] - first_shape, at] - own[position]
            desk.sums[shift + most, position + 1] = total
    return most


@inner
def rearrange(desk: Desk, row: int) -> bool:
    """Takes a rearrangement of the row; whether there was one.

    Without heat the best that costs no more than now, with heat any, the likelier the cheaper.
    Nobody is served worse who is at the ceiling.
    """
    scratch, blocks = desk.scratch, desk.blocks
    first = desk.rows[row, 0]
    n = desk.rows[row + 1, 0] - first
    served = desk.given[row]
    for b in range(n):
        block = blocks[first + b]
        scratch[OLD_SEQ, b] = block[ORDER] - first
        scratch[OLD_START, b] = block[START]
        scratch[OLD_SHAPE, b] = block[SHAPE]
        scratch[OLD_WAY, b] = block[WAY]
        served += desk.served[block[WAY], block[START]]
        count(desk, block[WAY], block[START], block[SHAPE], -1)
    extra = desk.settings[EXTRA] if served > desk.settings[CEILING] else 0.0
    most = price_row(desk, row, n, extra)
    begin(desk)
    try_orders(desk, row, n, most)
    try_departments(desk, row, n)
    try_pieces(desk, row, n)
    taken = False
    for at in range(len(desk.moves) - 1):
        if desk.moves[at, 0] < 0:
            break
        move = desk.moves[at]
        if arrange(desk, row, n, move) and take_ways(desk, row, n, move, extra):
            new = desk.given[row]
            for b in range(n):
                new += desk.served[scratch[NEW_WAY, b], scratch[NEW_START, b]]
            if new <= max(served, desk.settings[CEILING]):
                taken = True
                break
    for b in range(n):
        block = blocks[first + b]
        if taken:
            block[ORDER] = scratch[NEW_SEQ, b] + first
            block[START] = scratch[NEW_START, b]
            block[SHAPE] = scratch[NEW_SHAPE, b]
            block[WAY] = scratch[NEW_WAY, b]
        count(desk, block[WAY], block[START], block[SHAPE], 1)
    return taken


@inner
def over_places(desk: Desk, least: float) -> int:
    """Places too many where that grows dearer by more than `least`."""
    cells = desk.cells
    total = 0
    for department in range(cells.shape[1]):
        for period in range(cells.shape[2]):
            over = cells[LOAD, department, period] - cells[PLACES, department, period]
            if over > 0 and desk.weights[DEARER, department, period] > least:
                total += over
    return total


@inner
def somebody(desk: Desk, least: float) -> int:
    """A row in an overfull place that grows dearer by more than `least`, at random; -1: none."""
    cells, rng = desk.cells, desk.rng
    seen, department, period = 0, -1, -1
    for d in range(cells.shape[1]):
        for p in range(cells.shape[2]):
            if cells[LOAD, d, p] > cells[PLACES, d, p] and desk.weights[DEARER, d, p] > least:
                seen += 1
                if chance(rng) * seen < 1.0:
                    department, period = d, p
    found, blocks, shapes = -1, desk.blocks, desk.shapes
    last, seen = len(blocks) if seen else 0, 0
    for b in range(last):
        after = period - blocks[b, START]
        if (
            0 <= after < shapes[blocks[b, SHAPE], LENGTH]
            and desk.ways[blocks[b, WAY], DEPARTMENT] == department
        ):
            seen += 1
            if chance(rng) * seen < 1.0:
                found = blocks[b, OWNER]
    return found


@compiled
def drive(desk: Desk, kept: np.ndarray, steps: int, strict: int, over: int) -> tuple[int, int]:
    """So many steps, or until nobody is over. `kept` becomes the last columns of `blocks` where
    fewer places are too many than `over`; those that grow dearer count `strict` times.

    Gives the least there was and the steps since then.
    """
    idle = 0
    for _ in range(steps):
        if over == 0:
            break
        idle += 1
        row = somebody(desk, 0.0 if chance(desk.rng) < 0.9 else -1.0)
        if row >= 0:
            rearrange(desk, row)
            make_dearer(desk, row)
        now = over_places(desk, -1.0)
        if strict > 1:
            now += (strict - 1) * over_places(desk, 0.0)
        if now < over:
            over, idle = now, 0
            for b in range(len(kept)):
                for column in range(4):
                    kept[b, column] = desk.blocks[b, ORDER + column]
    return over, idle


@inner
def make_dearer(desk: Desk, row: int) -> None:
    blocks, cells, weights = desk.blocks, desk.cells, desk.weights
    for b in range(desk.rows[row, 0], desk.rows[row + 1, 0]):
        department = desk.ways[blocks[b, WAY], DEPARTMENT]
        if department >= 0:
            start = blocks[b, START]
            for period in range(start, start + desk.shapes[blocks[b, SHAPE], LENGTH]):
                if cells[LOAD, department, period] > cells[PLACES, department, period]:
                    weights[WEIGHT, department, period] += weights[DEARER, department, period]


@compiled
def anneal(desk: Desk, steps: int, heat: float, cooling: float) -> None:
    """So many rearrangements of rows at random, each at `cooling` times the heat of the last."""
    for _ in range(steps):
        desk.settings[HEAT] = heat
        row = int(chance(desk.rng) * (len(desk.rows) - 1))
        rearrange(desk, row)
        make_dearer(desk, row)
        heat *= cooling
    desk.settings[HEAT] = 0.0
