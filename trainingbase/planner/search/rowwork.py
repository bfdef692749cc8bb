"""What the compiled searches share: chance, and laying one row out anew.

Blocks are numbered from 0 within their row here (`b`); `first` is the number of the row's first.
A move is (kind, i, j, k, shape, other shape) with positions in time.
"""

import numpy as np

from trainingbase.planner.compiled import inner
from trainingbase.planner.search.desk import (
    BEFORE,
    BEHIND,
    CHOICE,
    DEPARTMENT,
    FIRST_WAY,
    GROUP,
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
    PLACES,
    REGROUP,
    SEGMENT,
    SHORT,
    SPLIT,
    SWAP,
    SWITCH,
    TASK,
    TRANSFER,
    WEIGHT,
    Desk,
)


@inner
def chance(rng: np.ndarray) -> float:
    """In [0, 1); `rng` holds the state of a xorshift generator."""
    x = rng[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    rng[0] = x
    return (x >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@inner
def reorder(scratch: np.ndarray, n: int, kind: int, i: int, j: int, k: int) -> None:
    """[i] and [j] change places, i goes behind j, j before i, or i and the run [j, k) do."""
    old, new = scratch[OLD_SEQ], scratch[NEW_SEQ]
    for position in range(n):
        new[position] = old[position]
    if kind == SWAP:
        new[i], new[j] = old[j], old[i]
    elif kind == BEHIND:
        for position in range(i, j):
            new[position] = old[position + 1]
        new[j] = old[i]
    elif kind == BEFORE:
        for position in range(i + 1, j + 1):
            new[position] = old[position - 1]
        new[i] = old[j]
    elif kind == SEGMENT and i < j:
        at = i
        for position in range(j, k):
            new[at] = old[position]
            at += 1
        for position in range(i + 1, j):
            new[at] = old[position]
            at += 1
        new[at] = old[i]
    elif kind == SEGMENT:
        new[j] = old[i]
        at = j + 1
        for position in range(k, i):
            new[at] = old[position]
            at += 1
        for position in range(j, k):
            new[at] = old[position]
            at += 1


@inner
def arrange(desk: Desk, row: int, n: int, move: np.ndarray) -> bool:
    """New order, shapes and starts in the scratch; False where an order of blocks is broken."""
    scratch = desk.scratch
    first = desk.rows[row, 0]
    kind, i, j, k = move[0], move[1], move[2], move[3]
    for b in range(n):
        scratch[NEW_SHAPE, b] = scratch[OLD_SHAPE, b]
    if kind in (TRANSFER, SPLIT):
        scratch[NEW_SHAPE, scratch[OLD_SEQ, i]] = move[4]
        scratch[NEW_SHAPE, scratch[OLD_SEQ, j]] = move[5]
    if kind == SPLIT and k >= j:
        reorder(scratch, n, BEHIND, j, k, 0)
    elif kind == SPLIT:
        reorder(scratch, n, BEFORE, k, j, 0)
    else:
        reorder(scratch, n, kind, i, j, k)
    at = scratch[OLD_START, scratch[OLD_SEQ, 0]]
    for position in range(n):
        b = scratch[NEW_SEQ, position]
        scratch[NEW_START, b] = at
        at += desk.shapes[scratch[NEW_SHAPE, b], LENGTH]
    for q in range(desk.rows[row, 1], desk.rows[row + 1, 1]):
        a, b = desk.pairs[q, 0] - first, desk.pairs[q, 1] - first
        length = desk.shapes[scratch[NEW_SHAPE, a], LENGTH]
        if (
            length
            and desk.shapes[scratch[NEW_SHAPE, b], LENGTH]
            and scratch[NEW_START, a] + length > scratch[NEW_START, b]
        ):
            return False
    return True


@inner
def take_ways(desk: Desk, row: int, n: int, move: np.ndarray, extra: float) -> bool:
    """Gives each moved block its cheapest way; False where the row cannot be so.

    The loads are without the moved blocks. SWITCH takes the cheapest other way of the block at
    position i, REGROUP takes its whole group to department j.
    """
    scratch, blocks, ways = desk.scratch, desk.blocks, desk.ways
    first = desk.rows[row, 0]
    kind, switched = move[0], scratch[OLD_SEQ, move[1]]
    for b in range(n):
        scratch[NEW_WAY, b] = scratch[OLD_WAY, b]
    for b in range(n):
        shape, start = scratch[NEW_SHAPE, b], scratch[NEW_START, b]
        group, choice = blocks[first + b, GROUP], blocks[first + b, CHOICE]
        together = kind == REGROUP and group >= 0 and group == blocks[first + switched, GROUP]
        is_switched = kind == SWITCH and b == switched
        if not (
            is_switched
            or together
            or start != scratch[OLD_START, b]
            or shape != scratch[OLD_SHAPE, b]
        ):
            continue
        length = desk.shapes[shape, LENGTH]
        here = -1
        if together:
            here = move[2]
        elif group >= 0 and length:
            for other in range(n):
                if (
                    other != b
                    and blocks[first + other, GROUP] == group
                    and desk.shapes[scratch[NEW_SHAPE, other], LENGTH]
                ):
                    here = max(here, ways[scratch[NEW_WAY, other], DEPARTMENT])
        least, chosen = NEVER, -1
        for w in range(desk.shapes[shape, FIRST_WAY], desk.shapes[shape, LAST_WAY]):
            price = desk.price[w, start] + extra * desk.served[w, start]
            department = ways[w, DEPARTMENT]
            if price >= NEVER or (is_switched and w == scratch[OLD_WAY, b]):
                continue
            if here >= 0 and department >= 0 and department != here:
                continue
            is_taken = False
            if choice >= 0:
                for other in range(n):
                    if (
                        other != b
                        and blocks[first + other, CHOICE] == choice
                        and ways[scratch[NEW_WAY, other], TASK] == ways[w, TASK]
                    ):
                        is_taken = True
            if is_taken:
                continue
            if department >= 0:
                for period in range(start, start + length):
                    there = desk.cells[LOAD, department, period]
                    if there >= desk.cells[PLACES, department, period]:
                        price += desk.weights[WEIGHT, department, period]
                    if there < desk.cells[LEAST, department, period]:
                        price -= desk.settings[SHORT]
            if price < least:
                least, chosen = price, w
        if chosen < 0:
            return False
        scratch[NEW_WAY, b] = chosen
    return is_apart(desk, row)


@inner
def is_apart(desk: Desk, row: int) -> bool:
    """No two stretches of a requirement follow each other in one department."""
    scratch = desk.scratch
    first = desk.rows[row, 0]
    for q in range(desk.rows[row, 1], desk.rows[row + 1, 1]):
        if desk.pairs[q, 2]:
            a, b = desk.pairs[q, 0] - first, desk.pairs[q, 1] - first
            end = scratch[NEW_START, a] + desk.shapes[scratch[NEW_SHAPE, a], LENGTH]
            there = desk.ways[scratch[NEW_WAY, a], DEPARTMENT]
            if end == scratch[NEW_START, b] and there == desk.ways[scratch[NEW_WAY, b], DEPARTMENT]:
                return False
    return True


@inner
def count(desk: Desk, w: int, start: int, shape: int, sign: int) -> None:
    department = desk.ways[w, DEPARTMENT]
    if department >= 0:
        for period in range(start, start + desk.shapes[shape, LENGTH]):
            desk.cells[LOAD, department, period] += sign
