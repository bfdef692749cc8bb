"""The moves of one row and what each would change in price, once `price_row` has been there."""

import math

from trainingbase.planner.compiled import inner
from trainingbase.planner.search.desk import (
    BEFORE,
    BEHIND,
    DEPARTMENT,
    FIRST_SHAPE,
    FIRST_WAY,
    FIXED,
    GROUP,
    HEAT,
    LAST_SHAPE,
    LAST_WAY,
    LENGTH,
    NEVER,
    OLD_SEQ,
    OLD_SHAPE,
    OLD_START,
    OLD_WAY,
    PIECE,
    REGROUP,
    SEGMENT,
    SPLIT,
    SWAP,
    SWITCH,
    TRANSFER,
    Desk,
)
from trainingbase.planner.search.rowwork import arrange, chance

NOISE = 0.01


@inner
def noise(desk: Desk) -> float:
    """Added to changes in price, so that the least of them is drawn as the heat wants."""
    heat = desk.settings[HEAT]
    if heat == 0.0:
        return NOISE * chance(desk.rng)
    return heat * math.log(-math.log(max(1e-300, chance(desk.rng))))


@inner
def begin(desk: Desk) -> None:
    """No move is better than to leave all as it is; the last of `changes` is where to look up."""
    changes = desk.changes
    none = NOISE if desk.settings[HEAT] == 0.0 else noise(desk)
    for at in range(len(changes)):
        changes[at] = none
        desk.moves[at, 0] = -1
    changes[len(changes) - 1] = none + 8.0 * desk.settings[HEAT]


@inner
def offer(
    desk: Desk,
    row: int,
    n: int,
    change: float,
    kind: int,
    i: int,
    j: int,
    k: int,
    shape: int,
    other: int,
) -> None:
    """Keeps the best moves that break no order of blocks, the cheapest first.

    Whoever calls looks before whether the change is less than the last of `changes`.
    """
    moves, changes = desk.moves, desk.changes
    at = len(changes) - 2
    change += noise(desk)
    if change >= changes[at]:
        return
    move = moves[at + 1]
    move[0], move[1], move[2], move[3], move[4], move[5] = kind, i, j, k, shape, other
    if not arrange(desk, row, n, move):
        return
    while at > 0 and changes[at - 1] > change:
        changes[at] = changes[at - 1]
        for column in range(6):
            moves[at, column] = moves[at - 1, column]
        at -= 1
    changes[at] = change
    moves[at, 0], moves[at, 1], moves[at, 2] = kind, i, j
    moves[at, 3], moves[at, 4], moves[at, 5] = k, shape, other
    move[0] = -1
    last = len(changes) - 1
    changes[last] = changes[last - 1] + 8.0 * desk.settings[HEAT]


@inner
def try_orders(desk: Desk, row: int, n: int, most: int) -> None:
    """Two blocks change places, or one goes to the other, or changes places with a run of others.

    Without the last a long stay could never pass what cannot move (leave, a fixed stay).
    """
    scratch, sums = desk.scratch, desk.sums
    changes, last = desk.changes, len(desk.changes) - 1
    first = desk.rows[row, 0]
    first_shape = desk.blocks[first, FIRST_SHAPE]
    periods = desk.summed.shape[1] - 1
    own = sums[len(sums) - 1]
    for i in range(n):
        a = scratch[OLD_SEQ, i]
        a_moves = not desk.blocks[first + a, FIXED]
        length = desk.shapes[scratch[OLD_SHAPE, a], LENGTH]
        is_idle = desk.ways[scratch[OLD_WAY, a], DEPARTMENT] < 0
        start = scratch[OLD_START, a]
        for_start = desk.best[scratch[OLD_SHAPE, a] - first_shape]
        for j in range(i + 1, n):
            b = scratch[OLD_SEQ, j]
            if is_idle and desk.ways[scratch[OLD_WAY, b], DEPARTMENT] < 0:
                continue
            b_moves = not desk.blocks[first + b, FIXED]
            other = desk.shapes[scratch[OLD_SHAPE, b], LENGTH]
            for_b = desk.best[scratch[OLD_SHAPE, b] - first_shape, start] - own[j]
            behind = scratch[OLD_START, b] + other - length
            if a_moves and behind <= periods:
                for_a = for_start[behind] - own[i]
                if b_moves:
                    at = other - length + most
                    change = for_a + for_b + sums[at, j] - sums[at, i + 1]
                    if change < changes[last]:
                        offer(desk, row, n, change, SWAP, i, j, 0, 0, 0)
                at = most - length
                change = for_a + sums[at, j + 1] - sums[at, i + 1]
                if change < changes[last]:
                    offer(desk, row, n, change, BEHIND, i, j, 0, 0, 0)
            if b_moves:
                at = most + other
                change = for_b + sums[at, j] - sums[at, i]
                if change < changes[last]:
                    offer(desk, row, n, change, BEFORE, i, j, 0, 0, 0)
        if length < 2 or not a_moves:
            continue
        for j in range(n):
            to = scratch[OLD_START, scratch[OLD_SEQ, j]]
            change = for_start[to] - own[i]
            k, end = j, to
            while k < n and k != i and end < to + length and change < NEVER / 2:
                b = scratch[OLD_SEQ, k]
                at = scratch[OLD_START, b] + start - to
                change += desk.best[scratch[OLD_SHAPE, b] - first_shape, at] - own[k]
                end += desk.shapes[scratch[OLD_SHAPE, b], LENGTH]
                k += 1
            if k - j >= 2 and end == to + length and change < changes[last]:
                offer(desk, row, n, change, SEGMENT, i, j, k, 0, 0)


@inner
def try_departments(desk: Desk, row: int, n: int) -> None:
    """A block goes elsewhere where it is in time; or all that must share a department do."""
    scratch, blocks, ways, summed = desk.scratch, desk.blocks, desk.ways, desk.summed
    changes, last = desk.changes, len(desk.changes) - 1
    first = desk.rows[row, 0]
    first_shape = blocks[first, FIRST_SHAPE]
    own = desk.sums[len(desk.sums) - 1]
    for i in range(n):
        b = scratch[OLD_SEQ, i]
        shape, now = scratch[OLD_SHAPE, b], scratch[OLD_WAY, b]
        if blocks[first + b, FIXED] or ways[now, DEPARTMENT] < 0:
            continue
        change = desk.best[shape - first_shape, scratch[OLD_START, b]] - own[i]
        if change < -1e-9 and change < changes[last]:
            offer(desk, row, n, change, SWITCH, i, 0, 0, 0, 0)
        if blocks[first + b, GROUP] < 0:
            continue
        for w in range(desk.shapes[shape, FIRST_WAY], desk.shapes[shape, LAST_WAY]):
            there = ways[w, DEPARTMENT]
            if there == ways[now, DEPARTMENT]:
                continue
            change = 0.0
            for position in range(n):
                a = scratch[OLD_SEQ, position]
                at, form = scratch[OLD_START, a], scratch[OLD_SHAPE, a]
                end = at + desk.shapes[form, LENGTH]
                if blocks[first + a, GROUP] == blocks[first + b, GROUP] and end > at:
                    least = NEVER
                    for v in range(desk.shapes[form, FIRST_WAY], desk.shapes[form, LAST_WAY]):
                        if ways[v, DEPARTMENT] == there:
                            least = min(least, desk.price[v, at])
                    change += least + summed[there, end] - summed[there, at] - own[position]
            if change < changes[last]:
                offer(desk, row, n, change, REGROUP, i, there, 0, 0, 0)


@inner
def try_pieces(desk: Desk, row: int, n: int) -> None:
    """One piece of a splittable requirement gives periods to another, or to a new one anywhere."""
    scratch, blocks, shapes = desk.scratch, desk.blocks, desk.shapes
    changes, last = desk.changes, len(desk.changes) - 1
    first = desk.rows[row, 0]
    for i in range(n):
        a = scratch[OLD_SEQ, i]
        length = shapes[scratch[OLD_SHAPE, a], LENGTH]
        if blocks[first + a, PIECE] < 0 or not length:
            continue
        is_new_tried = False
        for j in range(n):
            b = scratch[OLD_SEQ, j]
            has = shapes[scratch[OLD_SHAPE, b], LENGTH]
            is_new = has == 0
            if (
                b == a
                or blocks[first + b, PIECE] != blocks[first + a, PIECE]
                or (is_new and is_new_tried)
            ):
                continue
            is_new_tried = is_new_tried or is_new
            for shape in range(blocks[first + a, FIRST_SHAPE], blocks[first + a, LAST_SHAPE]):
                left = shapes[shape, LENGTH]
                if left >= length or (is_new and not left):
                    continue
                for other in range(blocks[first + b, FIRST_SHAPE], blocks[first + b, LAST_SHAPE]):
                    if left + shapes[other, LENGTH] != length + has:
                        continue
                    for at in range(n if is_new else 1):
                        kind = SPLIT if is_new else TRANSFER
                        change = price_of_lengths(desk, row, n, i, j, at, shape, other, is_new)
                        if change < changes[last]:
                            offer(desk, row, n, change, kind, i, j, at, shape, other)


@inner
def price_of_lengths(
    desk: Desk, row: int, n: int, i: int, j: int, at: int, shape: int, other: int, is_new: bool
) -> float:
    """The change in price, each moved block at its best."""
    scratch = desk.scratch
    first_shape = desk.blocks[desk.rows[row, 0], FIRST_SHAPE]
    periods = desk.summed.shape[1] - 1
    own = desk.sums[len(desk.sums) - 1]
    now = scratch[OLD_START, scratch[OLD_SEQ, 0]]
    change = 0.0
    for step in range(n):
        position = step
        if is_new and step == at:
            position = j
        elif is_new and at < step <= j:
            position = step - 1
        elif is_new and j <= step < at:
            position = step + 1
        b = scratch[OLD_SEQ, position]
        form = scratch[OLD_SHAPE, b]
        if position == i:
            form = shape
        elif position == j:
            form = other
        if now > periods:
            return NEVER
        if form != scratch[OLD_SHAPE, b] or now != scratch[OLD_START, b]:
            change += desk.best[form - first_shape, now] - own[position]
        now += desk.shapes[form, LENGTH]
    return change
