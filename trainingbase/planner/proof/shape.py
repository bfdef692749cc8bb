"""How a graph's states are numbered: a field of bits for each digit, rules as masks over them."""

from dataclasses import dataclass

import numpy as np

from trainingbase.planner.proof.marking import States
from trainingbase.planner.proof.ways import Ways

NO_END = 1 << 30


@dataclass
class Shape:
    """The fields of bits: `offset` of each requirement's, -1 for none; `bits` of all."""

    ways: Ways
    offset: list[int]
    bits: int
    width: int

    @staticmethod
    def of(ways: Ways, tolled: list[int]) -> "Shape":
        offset = [-1] * len(ways.radix)
        bits = 0
        for way in sorted(set(range(len(ways.radix))) - set(tolled)):
            offset[way] = bits
            bits += _bits(ways.radix[way])
        width = ways.slack + sum(ways.owed[way] for way in tolled) + 1
        return Shape(ways, offset, bits, width)

    @property
    def size(self) -> int:
        return self.width << self.bits

    def field(self, way: int, digit: int) -> int:
        return 0 if self.offset[way] < 0 else digit << self.offset[way]

    def mask(self, way: int) -> int:
        return self.field(way, (1 << _bits(self.ways.radix[way])) - 1)

    def met(self, way: int) -> int:
        return self.field(way, self.ways.radix[way] - 1)

    def states(self, opens: np.ndarray) -> States:
        ways = self.ways
        first_open = np.concatenate([[0], np.cumsum(opens.sum(axis=0))])
        choices = np.zeros((len(ways.choices), len(ways.radix) + 1), np.int64)
        for row, (count, those) in zip(choices, ways.choices, strict=True):
            row[0] = count
            row[[way + 1 for way in those]] = 1
        gain, periods, mask, value, either = self._steps()
        low, (used_low, used_high, last_low, last_high) = self._tables(opens)
        everybody = range(len(ways.radix))
        return States(
            gain,
            periods,
            mask,
            value,
            either,
            first_open.astype(np.int64),
            np.nonzero(opens.T)[1].astype(np.int64),
            low,
            used_low,
            used_high,
            last_low,
            last_high,
            np.array([self.mask(way) for way in everybody], np.int64),
            np.array([self.met(way) for way in everybody], np.int64),
            np.array(ways.elective, np.bool_),
            choices,
            self.width,
        )

    def _steps(self) -> tuple[np.ndarray, ...]:
        """Gain, periods, mask, value and either, as `States` has them."""
        rows, either = [], []
        for number, step in enumerate(self.ways.steps):
            if self.offset[step.way] < 0:
                rows.append((0, step.length, 0, 0))
                continue
            mask, value = self.mask(step.way), self.field(step.way, step.before)
            for early, late in self.ways.pairs:
                if late == step.way and self.offset[early] >= 0:
                    if self.ways.elective[early]:
                        if self.ways.radix[early] == 2:
                            continue  # met, or not taken
                        either.append((number, self.mask(early), self.met(early)))
                    else:
                        mask, value = mask | self.mask(early), value | self.met(early)
                if early == step.way:
                    mask |= self.mask(late)
            rows.append((self.field(step.way, step.after - step.before), 0, mask, value))
        rows.append((0, 1, 0, 0))
        columns = np.array(rows, np.int64).T.copy()
        return (*columns, np.array(either, np.int64).reshape(-1, 3))

    def _tables(self, opens: np.ndarray) -> tuple[int, tuple[np.ndarray, ...]]:
        """How many bits the lower tables take; used and last of the lower and the upper bits."""
        lengths, latest = _lengths(self.ways), _latest(self.ways, opens)
        low = 0
        halves: tuple[list[int], list[int]] = ([], [])
        for way, offset in enumerate(self.offset):
            if offset >= 0:
                is_low = offset < self.bits // 2
                halves[0 if is_low else 1].append(way)
                low = offset + _bits(self.ways.radix[way]) if is_low else low
        used, last = [], []
        for half, start, bits in zip(halves, (0, low), (low, self.bits - low), strict=True):
            codes = np.arange(1 << bits)
            used_here, last_here = np.zeros(1 << bits, np.int64), np.full(1 << bits, NO_END)
            for way in half:
                radix = self.ways.radix[way]
                digits = (codes >> (self.offset[way] - start)) & ((1 << _bits(radix)) - 1)
                digits = np.minimum(digits, radix - 1)  # what is beyond is never reached
                used_here += lengths[way][digits]
                last_here = np.minimum(last_here, latest[way][digits])
            used.append(used_here)
            last.append(last_here)
        return low, (*used, *last)


def _bits(radix: int) -> int:
    return max(1, (radix - 1).bit_length())


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
    table = np.full((len(ways.radix), max(ways.radix, default=1)), -1, np.int64)
    for number, step in enumerate(ways.steps):
        positions = np.flatnonzero(opens[number])
        if len(positions):
            table[step.way, step.before] = max(table[step.way, step.before], positions[-1])
    for way, radix in enumerate(ways.radix):
        table[way, radix - 1] = NO_END
        if ways.elective[way]:
            table[way, 0] = NO_END
    return table
