"""The grid of a month: most of its cells are alike, so each kind is drawn once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup, escape

from trainingbase.attendance.queries.roster import Brief, InMonth
from trainingbase.attendance.rules.record import Cell
from trainingbase.attendance.words import alike, in_words, signs
from trainingbase.drawn import mark

EMPTY = Markup('<td class="cell-empty"></td>')
Column = tuple[date, str, str, bool]
"""A day: itself, as it is shown, as it is written, and whether work is done on it."""


class Grid:
    """Draws the cells of rows, and notes in `seen` what halves there are."""

    def __init__(self, columns: Sequence[Column], today: date):
        self.columns, self.today = columns, today
        self.seen: set[str] = set()
        self._drawing: Any = current_app.jinja_env.get_template("attendance/_cell.html").module
        self._addresses: dict[int, Markup] = {}
        self._kinds: dict[tuple, Markup] = {}
        self._cells: dict[tuple, Markup] = {}

    def row(self, one: InMonth[Brief]) -> Markup:
        """Its cells, one for each column."""
        parts = []
        for column in self.columns:
            cell = one.cells.get(column[0])
            parts.append(EMPTY if cell is None else self._cell(cell, column))
        drawn = Markup("".join(parts))  # noqa: S704 - cells that are drawn
        drawn = drawn.replace(mark("there"), self._address(one.placement.department.id))
        return drawn.replace(mark("whose"), f"#p{one.placement.id}")

    def _address(self, department_id: int) -> Markup:
        found = self._addresses.get(department_id)
        if found is None:
            there = url_for("attendance.day", department=department_id)
            found = self._addresses[department_id] = escape(there)
        return found

    def _cell(self, cell: Cell, column: Column) -> Markup:
        day, shown, written, _is_working = column
        is_off = not cell.facts.is_working
        is_to_come = day > self.today and not cell.leave
        kind = (is_off, None if is_to_come else alike(cell))
        found = self._cells.get((day, kind))
        if found is None:
            self.seen.update(cell.halves)
            drawn = self._kinds.get(kind)
            if drawn is None:
                drawn = self._kinds[kind] = self._kind(cell, is_off, is_to_come)
            found = drawn.replace(mark("day"), written).replace(mark("shown"), escape(shown))
            self._cells[day, kind] = found
        return found

    def _kind(self, cell: Cell, is_off: bool, is_to_come: bool) -> Markup:
        if is_to_come:
            return self._drawing.to_come(is_off)
        return self._drawing.cell(cell, is_off, signs(cell.halves), in_words(cell))
