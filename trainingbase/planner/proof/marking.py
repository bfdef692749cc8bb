"""Which states of a career's graph can be reached and lead to its end: compiled, in two sweeps.

A state is `code * width + extra`: the digits of what was done, and free periods used by idleness
and by requirements without a digit.
"""

from typing import NamedTuple

import numpy as np

from trainingbase.planner.compiled import compiled, inlined

SEEN, ALIVE = 1, 2  # marks: reached from the beginning, and leading to the end


class States(NamedTuple):
    """`radix`, `stride` (0: no digit) and `elective` by requirement. `steps` [step]: requirement,
    digit before, digit after, periods; one more step is idleness. `pairs`: first, second.
    `choices` [choice]: how many, then for each requirement whether it counts. `lengths` and
    `latest` [requirement, digit]: periods used, last position to go on from it. `opens`
    [step, position].
    """

    radix: np.ndarray
    stride: np.ndarray
    elective: np.ndarray
    steps: np.ndarray
    pairs: np.ndarray
    choices: np.ndarray
    lengths: np.ndarray
    latest: np.ndarray
    width: int
    opens: np.ndarray


@inlined
def _is_under_way(
    way: int, digits: np.ndarray, radix: np.ndarray, stride: np.ndarray, elective: np.ndarray
) -> bool:
    """Not met, unless it is an elective that was not begun."""
    if stride[way] == 0 or digits[way] == radix[way] - 1:
        return False
    return digits[way] != 0 or not elective[way]


@inlined
def _read(
    code: int,
    digits: np.ndarray,
    radix: np.ndarray,
    stride: np.ndarray,
    lengths: np.ndarray,
    latest: np.ndarray,
) -> tuple[int, int]:
    """Fills in the digits of a code; returns the periods they used and the last moment to go on."""
    used, last = 0, 1 << 30
    for way in range(len(radix)):
        digit = 0
        if stride[way]:
            if radix[way] == 2:  # nearly all: dividing takes ten times as long
                digit = code & 1
                code >>= 1
            else:
                digit = code % radix[way]
                code //= radix[way]
            last = min(last, latest[way, digit])
        digits[way] = digit
        used += lengths[way, digit]
    return used, last


@inlined
def _hold_back(
    held: np.ndarray,
    digits: np.ndarray,
    radix: np.ndarray,
    stride: np.ndarray,
    elective: np.ndarray,
    pairs: np.ndarray,
) -> None:
    """Which requirements their order forbids now."""
    held[:] = False
    for pair in range(len(pairs)):
        early, late = pairs[pair, 0], pairs[pair, 1]
        if _is_under_way(early, digits, radix, stride, elective):
            held[late] = True
        if stride[late] and digits[late]:
            held[early] = True


@inlined
def _gain(
    number: int,
    digits: np.ndarray,
    held: np.ndarray,
    position: int,
    stride: np.ndarray,
    steps: np.ndarray,
    opens: np.ndarray,
) -> int:
    """What a step adds to the code; -1 where it is not open or not in its turn."""
    if not opens[number, position]:
        return -1
    if number == len(steps) or stride[steps[number, 0]] == 0:
        return 0
    way = steps[number, 0]
    if held[way] or digits[way] != steps[number, 1]:
        return -1
    return (steps[number, 2] - steps[number, 1]) * stride[way]


@inlined
def _periods(number: int, steps: np.ndarray) -> int:
    return 1 if number == len(steps) else steps[number, 3]


@compiled
def _is_whole(
    digits: np.ndarray,
    radix: np.ndarray,
    stride: np.ndarray,
    elective: np.ndarray,
    choices: np.ndarray,
) -> bool:
    for way in range(len(radix)):
        if _is_under_way(way, digits, radix, stride, elective):
            return False
    for choice in range(len(choices)):
        taken = 0
        for way in range(len(radix)):
            if choices[choice, way + 1] and digits[way]:
                taken += 1
        if taken != choices[choice, 0]:
            return False
    return True


@compiled
def reach(marks: np.ndarray, at: States, most: int) -> bool:
    """Marks as SEEN what can be reached; gives up where it is more than `most`."""
    seen = 1
    radix, stride, elective, steps, pairs, _, lengths, latest, width, opens = at
    free = opens.shape[1]
    digits = np.zeros(len(radix), np.int64)
    held = np.zeros(len(radix), np.bool_)
    marks[0] = SEEN
    codes = len(marks) // width
    for code in range(codes):
        used = -1
        for extra in range(width):
            if marks[code * width + extra] != SEEN:
                continue
            if used < 0:
                used, last = _read(code, digits, radix, stride, lengths, latest)
                _hold_back(held, digits, radix, stride, elective, pairs)
            if used + extra >= free or used + extra > last:
                continue
            for number in range(len(steps) + 1):
                gain = _gain(number, digits, held, used + extra, stride, steps, opens)
                more = extra + (_periods(number, steps) if gain == 0 else 0)
                if gain < 0 or more >= width:
                    continue
                target = (code + gain) * width + more
                if marks[target] != SEEN:
                    marks[target] = SEEN
                    seen += 1
                    if seen > most:
                        return False
    return True


@compiled
def trace(marks: np.ndarray, at: States) -> int:
    """Marks as ALIVE what of it leads to the end; returns the arcs between those."""
    radix, stride, elective, steps, pairs, choices, lengths, latest, width, opens = at
    free = opens.shape[1]
    digits = np.zeros(len(radix), np.int64)
    held = np.zeros(len(radix), np.bool_)
    codes = len(marks) // width
    arcs = 0
    for code in range(codes - 1, -1, -1):
        used = -1
        for extra in range(width - 1, -1, -1):
            if marks[code * width + extra] != SEEN:
                continue
            if used < 0:
                used, last = _read(code, digits, radix, stride, lengths, latest)
                _hold_back(held, digits, radix, stride, elective, pairs)
            if used + extra >= free:
                if used + extra == free and _is_whole(digits, radix, stride, elective, choices):
                    marks[code * width + extra] = ALIVE
                continue
            if used + extra > last:
                continue
            for number in range(len(steps) + 1):
                gain = _gain(number, digits, held, used + extra, stride, steps, opens)
                more = extra + (_periods(number, steps) if gain == 0 else 0)
                if gain < 0 or more >= width:
                    continue
                if marks[(code + gain) * width + more] == ALIVE:
                    marks[code * width + extra] = ALIVE
                    arcs += 1
    return arcs


@compiled
def emit(
    first: np.ndarray,
    to: np.ndarray,
    slot: np.ndarray,
    alive: np.ndarray,
    slots: np.ndarray,
    at: States,
) -> None:
    radix, stride, elective, steps, pairs, _, lengths, latest, width, opens = at
    free = opens.shape[1]
    digits = np.zeros(len(radix), np.int64)
    held = np.zeros(len(radix), np.bool_)
    arcs = 0
    for node in range(len(alive)):
        first[node] = arcs
        code, extra = alive[node] // width, alive[node] % width
        position = _read(code, digits, radix, stride, lengths, latest)[0] + extra
        _hold_back(held, digits, radix, stride, elective, pairs)
        if position >= free:
            continue
        for number in range(len(steps) + 1):
            gain = _gain(number, digits, held, position, stride, steps, opens)
            more = extra + (_periods(number, steps) if gain == 0 else 0)
            if gain < 0 or more >= width:
                continue
            target = (code + gain) * width + more
            place = np.searchsorted(alive, target)
            if place < len(alive) and alive[place] == target:
                to[arcs], slot[arcs] = place, slots[number, position]
                arcs += 1
    first[len(alive)] = arcs
