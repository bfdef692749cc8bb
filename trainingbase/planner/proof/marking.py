"""Which states of a career's graph can be reached and lead to its end: compiled, in two sweeps.

A state is `code * width + extra`: a field of bits for the digit of each requirement, and free
periods used by idleness and by requirements without a digit. Fields make a rule about order one
comparison: `(code & mask) == value`.
"""

from typing import NamedTuple

import numpy as np

from trainingbase.planner.compiled import compiled, inlined

SEEN, ALIVE = 1, 2  # marks: reached from the beginning, and leading to the end


class States(NamedTuple):
    """By step, the last being idleness: `gain` is what it adds to the code, `periods` to what is
    extra, `mask` and `value` what the code must be before it. `either` [of some steps]: step, mask,
    value: those bits must be all 0 or just this. `first_open`, `open_steps`: which may begin at
    each position.

    By the lower `low` bits of a code and by the rest, to be put together: periods `used`, and the
    `last` position at which it may go on. By requirement: `fields` of bits, what they are when it
    is `met`, whether it is `elective`; `choices` [choice]: how many, then whether it is among them.
    """

    gain: np.ndarray
    periods: np.ndarray
    mask: np.ndarray
    value: np.ndarray
    either: np.ndarray
    first_open: np.ndarray
    open_steps: np.ndarray
    low: int
    used_low: np.ndarray
    used_high: np.ndarray
    last_low: np.ndarray
    last_high: np.ndarray
    fields: np.ndarray
    met: np.ndarray
    elective: np.ndarray
    choices: np.ndarray
    width: int


@inlined
def _in_turn(
    code: int, number: int, mask: np.ndarray, value: np.ndarray, either: np.ndarray
) -> bool:
    if (code & mask[number]) != value[number]:
        return False
    for row in range(len(either)):
        if either[row, 0] == number:
            bits = code & either[row, 1]
            if bits != 0 and bits != either[row, 2]:
                return False
    return True


@inlined
def _is_whole(
    code: int, fields: np.ndarray, met: np.ndarray, elective: np.ndarray, choices: np.ndarray
) -> bool:
    for way in range(len(fields)):
        bits = code & fields[way]
        if bits != met[way] and (bits != 0 or not elective[way]):
            return False
    for choice in range(len(choices)):
        taken = 0
        for way in range(len(fields)):
            if choices[choice, way + 1] and code & fields[way]:
                taken += 1
        if taken != choices[choice, 0]:
            return False
    return True


@compiled
def reach(marks: np.ndarray, at: States, most: int) -> bool:
    """Marks as SEEN what can be reached; gives up where it is more than `most`."""
    seen = 1
    gain, periods, mask, value, either, first_open, open_steps = at[:7]
    low, used_low, used_high, last_low, last_high = at[7:12]
    width = at[16]
    free = len(first_open) - 1
    lower = (1 << low) - 1
    marks[0] = SEEN
    for code in range(len(marks) // width):
        used = used_low[code & lower] + used_high[code >> low]
        last = min(last_low[code & lower], last_high[code >> low], free - 1)
        for extra in range(width):
            if marks[code * width + extra] != SEEN or used + extra > last:
                continue
            for at_step in range(first_open[used + extra], first_open[used + extra + 1]):
                number = open_steps[at_step]
                more = extra + periods[number]
                if more >= width or not _in_turn(code, number, mask, value, either):
                    continue
                target = (code + gain[number]) * width + more
                if marks[target] != SEEN:
                    marks[target] = SEEN
                    seen += 1
                    if seen > most:
                        return False
    return True


@compiled
def trace(marks: np.ndarray, at: States) -> int:
    """Marks as ALIVE what of it leads to the end; returns the arcs between those."""
    gain, periods, mask, value, either, first_open, open_steps = at[:7]
    low, used_low, used_high, last_low, last_high = at[7:12]
    fields, met, elective, choices, width = at[12:17]
    free = len(first_open) - 1
    lower = (1 << low) - 1
    arcs = 0
    for code in range(len(marks) // width - 1, -1, -1):
        used = used_low[code & lower] + used_high[code >> low]
        last = min(last_low[code & lower], last_high[code >> low])
        for extra in range(width - 1, -1, -1):
            if marks[code * width + extra] != SEEN:
                continue
            if used + extra >= free:
                if used + extra == free and _is_whole(code, fields, met, elective, choices):
                    marks[code * width + extra] = ALIVE
                continue
            if used + extra > last:
                continue
            for at_step in range(first_open[used + extra], first_open[used + extra + 1]):
                number = open_steps[at_step]
                more = extra + periods[number]
                if more >= width or not _in_turn(code, number, mask, value, either):
                    continue
                if marks[(code + gain[number]) * width + more] == ALIVE:
                    marks[code * width + extra] = ALIVE
                    arcs += 1
    return arcs


@compiled
def emit(
    first: np.ndarray,
    to: np.ndarray,
    slot: np.ndarray,
    alive: np.ndarray,
    place: np.ndarray,
    slots: np.ndarray,
    at: States,
) -> None:
    """`place` [state]: which of the `alive` it is, -1 for none."""
    gain, periods, mask, value, either, first_open, open_steps = at[:7]
    low, used_low, used_high = at[7:10]
    width = at[16]
    free = len(first_open) - 1
    lower = (1 << low) - 1
    arcs = 0
    for node in range(len(alive)):
        first[node] = arcs
        code, extra = alive[node] // width, alive[node] % width
        position = used_low[code & lower] + used_high[code >> low] + extra
        if position >= free:
            continue
        for at_step in range(first_open[position], first_open[position + 1]):
            number = open_steps[at_step]
            more = extra + periods[number]
            if more >= width or not _in_turn(code, number, mask, value, either):
                continue
            target = place[(code + gain[number]) * width + more]
            if target >= 0:
                to[arcs], slot[arcs] = target, slots[number, position]
                arcs += 1
    first[len(alive)] = arcs
