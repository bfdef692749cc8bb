"""The grid of a month: most of its cells are alike, so each kind is drawn once."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask import current_app
from markupsafe import Markup, escape

from trainingbase.attendance.queries.roster import Brief, InMonth
from trainingbase.attendance.rules.record import Cell
from trainingbase.attendance.words import alike, in_words, number, signs
from trainingbase.drawn import mark, patterns
from trainingbase.i18n import named

TEMPLATE = "attendance/_cell.html"
EMPTY = '<td class="cell-empty"></td>'
THERE, WHOSE, DAY, SHOWN = (str(mark(name)) for name in ("there", "whose", "day", "shown"))
Column = tuple[date, str, str, bool]
"""A day: itself, as it is shown, as it is written, and whether work is done on it."""


class Grid:
    """Draws rows, and notes in `seen` what halves there are."""

    def __init__(self, columns: Sequence[Column], today: date):
        self.columns, self.today = columns, today
        self.seen: set[str] = set()
        self._drawing: Any = current_app.jinja_env.get_template(TEMPLATE).module
        self._kinds: dict[tuple, str] = {}
        self._cells: dict[tuple, str] = {}

    def rows(self, found: Iterable[InMonth[Brief]]) -> Markup:
        return patterns(TEMPLATE)["row"].each(
            {
                "name": one.placement.resident,
                "department": named(one.placement.department),
                "cells": self._days(one),
                "expected": number(one.days.expected),
                "present": number(one.days.present),
                "leave": number(one.days.leave),
                "absent": number(one.days.absent),
                "unknown": number(one.days.unknown),
            }
            for one in found
        )

    def _days(self, one: InMonth[Brief]) -> Markup:
        """Of each column the cell; the addresses are relative to the page of the month, which is
        a fifth smaller for it."""
        cells, drawn, parts = one.cells, self._cells, []
        for column in self.columns:
            cell = cells.get(column[0])
            if cell is None:
                parts.append(EMPTY)
                continue
            day, facts, halves, noted, leave, arrived = cell
            kind = day, facts.is_working, halves, leave, arrived, noted and noted[2:]
            found = drawn.get(kind)
            if found is None:
                found = drawn[kind] = self._cell(cell, column)
            parts.append(found)
        said = "".join(parts).replace(THERE, f".?department={one.placement.department.id}")
        said = said.replace(WHOSE, f"#p{one.placement.id}")
        return Markup(said)  # noqa: S704 - cells that a template drew

    def _cell(self, cell: Cell, column: Column) -> str:
        day, shown, written, _is_working = column
        is_to_come = day > self.today and not cell.leave
        self.seen.update(cell.halves)
        is_off = not cell.facts.is_working
        kind = (is_off, None if is_to_come else alike(cell))
        if kind not in self._kinds:
            self._kinds[kind] = str(self._kind(cell, is_off, is_to_come))
        return self._kinds[kind].replace(DAY, written).replace(SHOWN, str(escape(shown)))

    def _kind(self, cell: Cell, is_off: bool, is_to_come: bool) -> Markup:
        if is_to_come:
            return self._drawing.to_come(is_off)
        return self._drawing.cell(cell, is_off, signs(cell.halves), in_words(cell))
