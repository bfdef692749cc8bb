"""A sheet as a grid of values, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any


@dataclass(slots=True)
class Grid:
    """Rows and columns count from 1, as a spreadsheet shows them. ``values`` holds only cells with
    content; ``covered`` maps every cell under a merged one to the cell that has the value;
    ``formulas`` holds the formula text of computed cells (their value is the cached result)."""

    title: str
    csv: bool = False
    values: dict[tuple[int, int], Any] = field(default_factory=dict)
    covered: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    hidden: bool = False
    colours: dict[tuple[int, int], str] = field(default_factory=dict)

    def put(self, row: int, column: int, value: Any) -> None:
        self.values[row, column] = value
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column)

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        return self.covered.get((row, column), (row, column))

    def at(self, row: int, column: int) -> Any:
        return self.values.get(self.anchor(row, column))

    def formula(self, row: int, column: int) -> str | None:
        return self.formulas.get(self.anchor(row, column))

    def anchors(self, row: int) -> dict[tuple[int, int], Any]:
        """The different cells with content a row shows, merged ones once."""
        found = {}
        for column in range(1, self.columns + 1):
            place = self.anchor(row, column)
            if place in self.values:
                found[place] = self.values[place]
        return found

    def label(self, column: int) -> str | int:
        return column if self.csv else letters(column)


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def shown(value: Any) -> Any:
    """What a cell holds as JSON: dates as ISO text, whole floats as whole numbers."""
    if isinstance(value, datetime):
        whole_day = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if whole_day else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return value
    if isinstance(value, float | Decimal):
        return number(value) if isfinite(value) else str(value)
    return str(value)


def number(value: float | Decimal | int) -> int | float:
    """A whole number as int."""
    as_float = float(value)
    if as_float.is_integer() and abs(as_float) < 1e15:
        return int(as_float)
    return as_float
