"""The arrays on which the compiled searches work, and the names of their columns.

Blocks of one row are numbered from 0 in the scratch; `blocks` holds those of all rows.
"""

from typing import NamedTuple

import numpy as np

NEVER = 1e7
# columns of `blocks`: the last four change
FIRST_SHAPE, LAST_SHAPE, GROUP, PIECE, CHOICE, FIXED, OWNER = 0, 1, 2, 3, 4, 5, 6
ORDER, START, SHAPE, WAY = 7, 8, 9, 10
LENGTH, FIRST_WAY, LAST_WAY = 0, 1, 2  # of `shapes`
DEPARTMENT, TASK = 0, 1  # of `ways`
LOAD, PLACES, LEAST = 0, 1, 2  # of `cells`
WEIGHT, DEARER = 0, 1  # of `weights`
OLD_SEQ, OLD_START, OLD_SHAPE, OLD_WAY, NEW_SEQ, NEW_START, NEW_SHAPE, NEW_WAY = range(8)
SWAP, BEHIND, BEFORE, SEGMENT, SWITCH, REGROUP, TRANSFER, SPLIT = range(8)
SHORT, HEAT, CEILING, EXTRA = range(4)  # of `settings`
MOST_MOVES = 8  # of one row, tried until one is lawful


class Desk(NamedTuple):
    """The arrays of a search. Whole numbers unless said; -1 stands for none.

    `rows` [resident + 1]: first block, first pair. `blocks`: the columns of `rowwork`. `shapes`:
    length, first way, behind the last way. `ways`: department, task. `price`, `served`
    [way, start]: floats. `settings`: what filling a minimum saves, the heat of an annealing, the
    most that wishes and ranks should cost one resident, and what they count more for whom they do.
    `given` [resident]: floats, what wishes and ranks cost whatever is planned.
    `pairs`: block that ends before the other starts, the other, whether they must not touch in one
    department. `cells` [department, period]: load of everybody, places, minimum. `weights`: floats,
    what one too many counts there, and by how much that grows in a step.
    The rest is scratch: `best` [shape of a row, start], `sums` [shift, position], `summed`
    [department, period], `scratch` [what, block of a row], `moves` and their `changes` in price.
    """

    rows: np.ndarray
    blocks: np.ndarray
    shapes: np.ndarray
    ways: np.ndarray
    price: np.ndarray
    served: np.ndarray
    given: np.ndarray
    settings: np.ndarray
    pairs: np.ndarray
    cells: np.ndarray
    weights: np.ndarray
    best: np.ndarray
    sums: np.ndarray
    summed: np.ndarray
    scratch: np.ndarray
    moves: np.ndarray
    changes: np.ndarray
    rng: np.ndarray
