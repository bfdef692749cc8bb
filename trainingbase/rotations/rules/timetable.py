"""A resident's months as the cells of a grid: stays that run on are one wide cell."""

from collections.abc import Iterable, Mapping, Sequence
from colorsys import rgb_to_hls
from dataclasses import dataclass, field
from datetime import date

from trainingbase.months import months_later
from trainingbase.rotations.rules.halves import end_period_of, period_of, start_of
from trainingbase.rotations.rules.rows import Row


@dataclass(frozen=True)
class Part:
    """What fills a half month: a row, a kind of leave, or a note; `broken` where a rule is."""

    row: Row | None = None
    leave: str | None = None
    note: str | None = None
    broken: bool = False


@dataclass
class Cell:
    """`parts` is empty, one part for whole months, or two for the halves of one month."""

    month: date
    span: int = 1
    parts: tuple[Part | None, ...] = ()

    @property
    def broken(self) -> bool:
        return any(part is not None and part.broken for part in self.parts)


@dataclass
class Line:
    """What one resident's row of the grid is made from."""

    rows: Sequence[Row] = ()
    leaves: Mapping[date, str] = field(default_factory=dict)
    notes: Sequence[tuple[str, date, date]] = ()
    broken: frozenset[tuple[int, date]] = frozenset()
    """(department, first day of a half month) of the rows in a breach"""


def cells_of(months: Sequence[date], line: Line) -> list[Cell]:
    begin, count = months[0], len(months) * 2
    halves: list[Part | None] = [None] * count
    for month, kind in line.leaves.items():
        for period in _within(begin, count, month, months_later(month, 1)):
            halves[period] = Part(leave=kind)
    for text, starts_on, ends_on in line.notes:
        for period in _within(begin, count, starts_on, ends_on):
            halves[period] = Part(note=text)
    for row in sorted(line.rows):
        for period in _within(begin, count, row.starts_on, row.ends_on):
            broken = (row.department, start_of(begin, period)) in line.broken
            leave = halves[period].leave if halves[period] else None
            halves[period] = Part(row=row, leave=leave, broken=broken)
    return _merged(months, halves)


def _within(begin: date, count: int, starts_on: date, ends_on: date) -> range:
    first = max(0, period_of(begin, starts_on))
    return range(first, min(count, end_period_of(begin, ends_on)))


def _merged(months: Sequence[date], halves: Sequence[Part | None]) -> list[Cell]:
    cells: list[Cell] = []
    for number, month in enumerate(months):
        one, other = halves[2 * number], halves[2 * number + 1]
        if one != other:
            cells.append(Cell(month, 1, (one, other)))
        elif one is None:
            cells.append(Cell(month))
        elif cells and cells[-1].parts == (one,):
            cells[-1].span += 1
        else:
            cells.append(Cell(month, 1, (one,)))
    return cells


def hue_of(colour: str | None, standard: int) -> int:
    """One of the twelve hues of the grid: the nearest to `#RRGGBB`, else by the standard
    department, so that the same kind of department looks the same everywhere."""
    if colour:
        hex_digits = colour.lstrip("#")[-6:]
        try:
            red, green, blue = (int(hex_digits[i : i + 2], 16) for i in (0, 2, 4))
        except ValueError:
            return standard % 12
        if max(red, green, blue) != min(red, green, blue):
            return _nearest(red, green, blue)
    return standard % 12


HUES = (200, 28, 140, 268, 52, 330, 174, 8, 226, 92, 300, 112)
"""Degrees of `hue-0` to `hue-11` in tables.css."""


def _nearest(red: int, green: int, blue: int) -> int:
    degrees = rgb_to_hls(red / 255, green / 255, blue / 255)[0] * 360
    return min(range(12), key=lambda n: min(abs(HUES[n] - degrees), 360 - abs(HUES[n] - degrees)))


def broken_halves(breaches: Iterable, begin: date) -> dict[int, frozenset[tuple[int, date]]]:
    """By resident, the (department, half month) that a breach names; `begin` is the plan's."""
    found: dict[int, set[tuple[int, date]]] = {}
    for breach in breaches:
        for placement in breach.placements:
            periods = set(range(placement.start, placement.end))
            if breach.periods:
                periods &= set(breach.periods)
            found.setdefault(int(placement.resident), set()).update(
                (int(placement.department), start_of(begin, period)) for period in periods
            )
    return {key: frozenset(those) for key, those in found.items()}
