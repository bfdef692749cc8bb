"""The one writer of all exports: nothing typed by a person can become a formula."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import partial
from typing import Any

WIDEST, NARROWEST = 60, 6
MOST_IN_A_CELL = 32_767
BAD_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
# What XML 1.0 cannot hold; one of them would spoil the whole workbook.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet: its title, the texts of its header and the rows under it.

    Values may be text, int, float, Decimal, date, datetime, time, bool, None or a list of texts.
    """

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]


def clean_text(value: Any) -> str:
    """Text without control characters, no longer than a cell may be."""
    return CONTROLS.sub("", str(value))[:MOST_IN_A_CELL]


def plain(value: Any) -> Any:
    """What a cell gets: lists become one text, yes and no become 是 and 否."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(clean_text(one) for one in value)
    return value


def csv_text(table: Table) -> bytes:
    """UTF-8 with a byte order mark, every cell quoted; what looks like a formula gets a quote
    before it, also behind blanks. Numbers stay numbers."""
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_csv_cell(name) for name in table.header])
    for row in table.rows:
        writer.writerow([_csv_cell(value) for value in row])
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8")


def _csv_cell(value: Any) -> str:
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    text = clean_text(value)
    # what a spreadsheet may strip before it looks for a formula is no shield
    bare = text.lstrip().lstrip("\u200b\ufeff\u00a0\u3000 \t\r\n")
    return f"'{text}" if bare.startswith(FORMULA_STARTS) else text


def workbook(tables: Sequence[Table]) -> bytes:
    """An .xlsx with one sheet a table, frozen headers and widths that fit."""
    import xlsxwriter

    from trainingbase.sheets.rows import RowSheet

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, options()) as book:
        formats = Formats(book)
        names: set[str] = set()
        for table in tables or [Table("—", [], [])]:
            sheet = book.add_worksheet(sheet_name(table.title, names), RowSheet)
            _write_table(sheet, table, formats)
    return target.getvalue()


def options() -> dict[str, Any]:
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }


class Formats:
    """The cell formats of one workbook."""

    def __init__(self, book: Any) -> None:
        edge = {"border": 1, "border_color": "#BFBFBF", "valign": "vcenter"}
        self.header = book.add_format(
            {**edge, "bold": True, "bg_color": "#E7EEF7", "text_wrap": True, "align": "center"}
        )
        self.text = book.add_format({**edge, "num_format": "@", "text_wrap": True})
        self.whole = book.add_format({**edge, "num_format": "0"})
        self.decimal = book.add_format({**edge, "num_format": "#,##0.00"})
        self.number = book.add_format({**edge, "num_format": "General"})
        self.day = book.add_format({**edge, "num_format": "yyyy-mm-dd"})
        self.moment = book.add_format({**edge, "num_format": "yyyy-mm-dd hh:mm"})
        self.time = book.add_format({**edge, "num_format": "h:mm"})


def write_cell(sheet: Any, row: int, column: int, value: Any, formats: Formats) -> None:
    """Rows and columns from 0. Text is always typed as text."""
    value = plain(value)
    if value is None or value == "":
        sheet.write_blank(row, column, None, formats.text)
    elif isinstance(value, Decimal):
        # a spreadsheet holds 15 digits: beyond that only text is exact
        if len(value.as_tuple().digits) > 15:
            sheet.write_string(row, column, str(value), formats.text)
        else:
            sheet.write_number(row, column, float(value), formats.decimal)
    elif isinstance(value, int):
        if abs(value) >= 10**15:
            sheet.write_string(row, column, str(value), formats.text)
        else:
            sheet.write_number(row, column, value, formats.whole)
    elif isinstance(value, float):
        sheet.write_number(row, column, value, formats.number)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), formats.moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats.day)
    elif isinstance(value, time):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), formats.time)
    else:
        sheet.write_string(row, column, clean_text(value), formats.text)


def _write_table(sheet: Any, table: Table, formats: Formats) -> None:
    widths = [text_width(name) for name in table.header]
    for column, name in enumerate(table.header):
        sheet.write_string(0, column, clean_text(name), formats.header)
    last = sheet.put_rows(
        table.rows,
        widths,
        cell=partial(write_cell, formats=formats),
        width=lambda value: text_width(plain(value)),
    )
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))
    sheet.freeze_panes(1, 0)
    if last and table.header:
        sheet.autofilter(0, 0, last, len(table.header) - 1)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def text_width(value: Any) -> int:
    """Of the longest line, a Chinese character counting two."""
    if value is None:
        return 0
    if isinstance(value, datetime):
        return 16
    if isinstance(value, date):
        return 10
    lines = str(value).splitlines() or [""]
    return max(
        sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)
        for line in lines
    )


def sheet_name(title: str, used: set[str]) -> str:
    """At most 31 characters, none that a spreadsheet refuses, each once; added to ``used``."""
    bare = CONTROLS.sub("", BAD_IN_SHEET_NAMES.sub(" ", title)).strip().strip("'") or "Sheet"
    bare = "History_" if bare.lower() == "history" else bare
    name, count = bare[:31], 1
    while name.lower() in used:
        count += 1
        name = f"{bare[: 31 - len(str(count)) - 3]} ({count})"
    used.add(name.lower())
    return name
