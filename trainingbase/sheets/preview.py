"""What a read file would do: every row with its corrections, refusals and warnings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from trainingbase.sheets import words

ACCEPTED, CORRECTED, REFUSED = "accepted", "corrected", "refused"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about one cell.

    ``column`` is the letter of the spreadsheet, for a CSV the column number from 1; ``raw`` is
    what the cell holds (dates as ISO text) and ``value`` what a correction makes of it.
    """

    sheet: str
    row: int
    column: str | int
    header: str | None
    raw: Any
    category: str
    value: Any = None
    params: dict[str, Any] = field(default_factory=dict)

    def reason(self, language: str = "zh") -> str:
        return words.reason(self.category, language, raw=self.raw, value=self.value, **self.params)

    def as_correction(self, language: str = "zh") -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "header": self.header,
            "from": self.raw,
            "to": self.value,
            "category": self.category,
            "reason": self.reason(language),
        }

    def as_finding(self, language: str = "zh") -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "header": self.header,
            "value": self.raw,
            "category": self.category,
            "reason": self.reason(language),
        }


@dataclass(slots=True)
class Row:
    """One data row. A refused row keeps its record as far as it could be read."""

    sheet: str
    row: int
    noun: str
    record: dict[str, Any] = field(default_factory=dict)
    corrections: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def status(self) -> str:
        if self.refusals:
            return REFUSED
        return CORRECTED if self.corrections else ACCEPTED

    @property
    def taken(self) -> bool:
        return not self.refusals


@dataclass(slots=True)
class SheetPreview:
    """One table. ``name`` is the sheet, or ``sheet#title`` where a sheet holds several tables.

    ``columns``: column -> (header, record key); ``unknown_columns``: column -> header;
    ``ignored_rows``: (row, why) with why one of title, note, blank, total, header, mean;
    ``facts``: what the table says as a whole (totals, order rules, provincial means).
    """

    name: str
    noun: str
    header_rows: tuple[int, ...]
    columns: dict[str | int, tuple[str, str]]
    unknown_columns: dict[str | int, str] = field(default_factory=dict)
    ignored_rows: list[tuple[int, str]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    title: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.rows)

    def counts(self) -> dict[str, int]:
        return {
            "rows": len(self.rows),
            ACCEPTED: self.count(ACCEPTED),
            CORRECTED: self.count(CORRECTED),
            REFUSED: self.count(REFUSED),
        }


@dataclass(slots=True)
class Preview:
    """``ignored_sheets``: sheet -> why it was left out; ``unchanged`` is set by whoever compares
    the rows with a database, a preview alone knows of none."""

    kind: str
    filename: str
    on: date
    sheets: list[SheetPreview] = field(default_factory=list)
    ignored_sheets: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0

    @property
    def rows(self) -> list[Row]:
        return [row for sheet in self.sheets for row in sheet.rows]

    @property
    def corrections(self) -> list[Problem]:
        return [found for row in self.rows if row.taken for found in row.corrections]

    @property
    def refusals(self) -> list[Problem]:
        return [found for row in self.rows for found in row.refusals]

    @property
    def warnings(self) -> list[Problem]:
        return [found for row in self.rows if row.taken for found in row.warnings]

    def records(self, noun: str) -> Iterator[dict[str, Any]]:
        return (row.record for row in self.rows if row.noun == noun and row.taken)

    def tables(self, noun: str) -> list[SheetPreview]:
        return [sheet for sheet in self.sheets if sheet.noun == noun]

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        return {
            "kind": self.kind,
            "sheets": {sheet.name: sheet.counts() for sheet in self.sheets},
            "corrected": [found.as_correction(language) for found in self.corrections],
            "refused": [found.as_finding(language) for found in self.refusals],
            "warnings": [found.as_finding(language) for found in self.warnings],
            "unchanged": self.unchanged,
            "records": {
                sheet.name: [
                    {"row": row.row, "status": row.status, **row.record}
                    for row in sheet.rows
                    if row.taken
                ]
                for sheet in self.sheets
            },
            "facts": {sheet.name: sheet.facts for sheet in self.sheets if sheet.facts},
            "ignored": {
                "sheets": self.ignored_sheets,
                "columns": {
                    sheet.name: sheet.unknown_columns
                    for sheet in self.sheets
                    if sheet.unknown_columns
                },
                "rows": {sheet.name: sheet.ignored_rows for sheet in self.sheets},
            },
        }
