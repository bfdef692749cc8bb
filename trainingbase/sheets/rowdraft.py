"""A row and a table while they are being read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trainingbase.sheets.cells import Clean, is_blank
from trainingbase.sheets.grid import Grid, shown
from trainingbase.sheets.known import Known
from trainingbase.sheets.numbers import scaled
from trainingbase.sheets.preview import Problem, Row, SheetPreview
from trainingbase.sheets.spec import Field
from trainingbase.sheets.table import Table

ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!")


@dataclass(slots=True)
class Reading:
    """What all tables of one file share; ``seen`` is for what may occur once in a file:
    a key that begins with a noun, and the row that has it (for leaves a list of stretches)."""

    kind: str
    on: date
    known: Known
    seen: dict[Any, Any] = field(default_factory=dict)


@dataclass(slots=True)
class TableDraft:
    reading: Reading
    table: Table
    preview: SheetPreview
    drafts: list[RowDraft] = field(default_factory=list)

    @property
    def known(self) -> Known:
        return self.reading.known

    @property
    def names(self) -> tuple[str, str]:
        """The sheet's name and what stands over the table."""
        return self.table.grid.title, " ".join(self.table.headings)

    def taken(self) -> Iterator[RowDraft]:
        return (draft for draft in self.drafts if draft.row.taken)


class RowDraft:
    """One row: its cells, its record so far and what was found about it."""

    def __init__(self, table: TableDraft, number: int, above: dict[str, Any]) -> None:
        self.table = table
        self.row = Row(table.preview.name, number, table.preview.noun)
        self.places = {one.key: column for column, one in table.table.header.columns.items()}
        self._reported: set[tuple[int, int]] = set()
        for one in table.table.header.spec.fields:
            if not one.key.startswith("_"):
                self.row.record[one.key] = one.empty
        for column, one in table.table.header.columns.items():
            if not one.key.startswith("_"):
                self._read(column, one, above)

    @property
    def grid(self) -> Grid:
        return self.table.table.grid

    @property
    def record(self) -> dict[str, Any]:
        return self.row.record

    @property
    def known(self) -> Known:
        return self.table.reading.known

    def _read(self, column: int, one: Field, above: dict[str, Any]) -> None:
        raw = self.grid.at(self.row.row, column)
        if not one.computed and (formula := self.grid.formula(self.row.row, column)) is not None:
            self._find(self.row.refusals, column, "formula", raw=formula)
            return
        if isinstance(raw, str) and raw.strip() in ERRORS:
            self._find(self.row.refusals, column, "cell_error")
            return
        if is_blank(raw):
            if one.down and one.key in above:
                self.record[one.key] = above[one.key]
            elif one.must:
                self._find(self.row.refusals, column, "missing_value")
            return
        header = self.table.table.header.texts.get(column, "")
        found = scaled(one.clean, header, raw, self.grid.csv) or one.clean(raw, self.grid.csv)
        self.take(one, column, found)
        if one.down and not found.fault:
            above[one.key] = found.value

    def take(self, one: Field, column: int, found: Clean) -> None:
        if found.fault:
            self._find(self.row.refusals, column, found.fault, params=found.params)
            return
        if found.value is None and one.must:
            self._find(self.row.refusals, column, "missing_value")
            return
        self.record[one.key] = one.empty if found.value is None else found.value
        if found.category:
            self._find(
                self.row.corrections, column, found.category, value=found.value, params=found.params
            )

    def has(self, key: str) -> bool:
        return key in self.places

    def faulty(self, key: str) -> bool:
        """Whether the cell of a key was refused: what follows from it is then not judged."""
        label = self.label(key)
        return key in self.places and any(one.column == label for one in self.row.refusals)

    def raw(self, key: str) -> Any:
        if key not in self.places:
            return None
        return shown(self.grid.at(self.row.row, self.places[key]))

    def label(self, key: str) -> str | int:
        return self.grid.label(self.places.get(key, min(self.places.values(), default=1)))

    def refuse(self, key: str, category: str, **params: Any) -> None:
        self._find(self.row.refusals, self._column(key), category, params=params)

    def warn(self, key: str, category: str, **params: Any) -> None:
        self._find(self.row.warnings, self._column(key), category, params=params)

    def correct(self, key: str, value: Any, category: str, **params: Any) -> None:
        """Sets the record and notes it, in the place of an earlier correction of the cell."""
        label = self.label(key)
        self.row.corrections[:] = [one for one in self.row.corrections if one.column != label]
        self._reported.discard(self.grid.anchor(self.row.row, self._column(key)))
        self.record[key] = value
        self._find(self.row.corrections, self._column(key), category, value=value, params=params)

    def correct_cell(self, key: str, value: Any, category: str) -> None:
        """Notes a correction whose value goes elsewhere in the record than under the key."""
        self._find(self.row.corrections, self._column(key), category, value=value)

    def forgive(self, key: str) -> None:
        """Takes back the refusals of a cell whose value other cells tell."""
        label = self.label(key)
        self.row.refusals[:] = [one for one in self.row.refusals if one.column != label]

    def taken_over(self, key: str) -> bool:
        """Whether the cell of a key was read without a fault, from above where it is empty."""
        return key in self.places and not self.faulty(key)

    def corrected_to(self, key: str, value: Any) -> None:
        """Gives an existing correction of a cell the value a later step found, if there is one."""
        label = self.label(key)
        self.record[key] = value
        for i, one in enumerate(self.row.corrections):
            if one.column == label:
                self.row.corrections[i] = Problem(
                    one.sheet, one.row, label, one.header, one.raw, one.category, value, one.params
                )

    def spread(self, key: str, ends: tuple[str, str]) -> None:
        """Reads two dates of one cell into two keys; one of them alone may be missing."""
        column = self.places[key]
        raw = self.grid.at(self.row.row, column)
        if is_blank(raw):
            return
        found = self.table.table.header.spec.field(key).clean(raw, self.grid.csv)
        if found.fault:
            self._find(self.row.refusals, column, found.fault, params=found.params)
            return
        first, _, last = (found.value or "").partition("..")
        self.record[ends[0]], self.record[ends[1]] = first or None, last or None
        for end in ends:
            self.places.setdefault(end, column)
        if found.category:
            self._find(self.row.corrections, column, found.category, value=found.value)

    def _column(self, key: str) -> int:
        return self.places.get(key, min(self.places.values(), default=1))

    def _find(
        self,
        among: list[Problem],
        column: int,
        category: str,
        *,
        raw: Any = None,
        value: Any = None,
        params: dict[str, Any] | None = None,
    ) -> None:
        place = self.grid.anchor(self.row.row, column)
        if among is self.row.corrections:
            # a cell merged over several months is one cell
            if place in self._reported:
                return
            self._reported.add(place)
            column = place[1]
        among.append(
            Problem(
                self.row.sheet,
                self.row.row,
                self.grid.label(column),
                self.table.table.header.texts.get(column),
                shown(self.grid.at(self.row.row, column)) if raw is None else raw,
                category,
                value,
                params or {},
            )
        )
