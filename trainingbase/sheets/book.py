"""Bytes to grids: what kind of file it is is judged by its first bytes, never by its name."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from trainingbase.sheets.faults import FileFault
from trainingbase.sheets.grid import Grid

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost. Sizes in bytes; ``ratio``: unpacked to packed, judged above 1 MB."""

    size: int = 20 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    ratio: int = 200
    rows: int = 100_000
    columns: int = 1_000
    cells: int = 1_000_000
    cell: int = 5_000


def grids(content: bytes, filename: str, limits: Limits) -> list[Grid]:
    """The sheets of a workbook in their order, or the one table of a CSV.

    Raises FileFault for anything that is not a readable .xlsx or CSV within the limits.
    """
    if len(content) > limits.size:
        raise FileFault(
            "too_large",
            size=round(len(content) / MEGABYTE, 1),
            most=round(limits.size / MEGABYTE, 1),
        )
    if not content.strip():
        raise FileFault("empty")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileFault("old_excel")
    if content.startswith(b"PK"):
        return _workbook(content, limits)
    return [_csv(content, filename, limits)]


def _csv(content: bytes, filename: str, limits: Limits) -> Grid:
    text = _decoded(content)
    grid = Grid(PurePath(filename.replace("\\", "/")).stem or "csv", csv=True)
    csv.field_size_limit(max(limits.size, 131072))
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text), _dialect(text)), start=1):
            if row > limits.rows:
                raise FileFault("too_many_rows", most=limits.rows)
            if len(cells) > limits.columns:
                raise FileFault("too_many_columns", most=limits.columns)
            for column, value in enumerate(cells, start=1):
                if value != "":
                    grid.put(row, column, value)
            if len(grid.values) > limits.cells:
                raise FileFault("too_many_cells", most=limits.cells)
    except csv.Error as error:
        raise FileFault("damaged", why=str(error)) from error
    return grid


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text or _is_binary(text):
            break
        return text
    if _is_binary(content[:4000].decode("latin-1")):
        raise FileFault("not_a_table", found=_named(content))
    raise FileFault("encoding")


def _is_binary(text: str) -> bool:
    odd = sum(1 for sign in text[:4000] if ord(sign) < 32 and sign not in "\t\r\n\x0b\x0c\x1a")
    return odd > len(text[:4000]) / 50


def _named(content: bytes) -> str:
    for start, name in (
        (b"%PDF", "PDF"),
        (b"\x89PNG", "PNG"),
        (b"\xff\xd8", "JPEG"),
        (b"Rar!", "RAR"),
        (b"7z\xbc", "7z"),
        (b"\x1f\x8b", "gzip"),
    ):
        if content.startswith(start):
            return name
    return "binary"


def _dialect(text: str) -> type[csv.Dialect]:
    lines = text.splitlines()[:30]
    counts = {sign: sum(line.count(sign) for line in lines) for sign in ",\t;"}
    best = max(counts, key=lambda sign: counts[sign])

    class Found(csv.excel):
        delimiter = best if counts[best] else ","

    return Found


def _workbook(content: bytes, limits: Limits) -> list[Grid]:
    has_formulas = _examined(content, limits)
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        computed = openpyxl.load_workbook(io.BytesIO(content)) if has_formulas else None
        found = [
            _sheet(sheet, computed[sheet.title] if computed else None, limits)
            for sheet in book.worksheets
        ]
    except FileFault:
        raise
    except Exception as error:
        # openpyxl raises whatever the broken part makes it raise: KeyError, XML errors, …
        raise FileFault("damaged", why=f"{type(error).__name__}: {error}"[:200]) from error
    if not any(grid.values for grid in found):
        raise FileFault("empty")
    return found


def _examined(content: bytes, limits: Limits) -> bool:
    """Judges the package before anything parses it; tells whether it has formulas."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FileFault("damaged", why=str(error)) from error
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names:
        raise FileFault("not_a_table", found=".xlsb")
    if not any(re.fullmatch(r"xl/workbook\d*\.xml", name) for name in names):
        found = next((kind for kind in _OTHER_PACKAGES if _OTHER_PACKAGES[kind] in names), "zip")
        raise FileFault("not_a_table", found=found)
    size = sum(part.file_size for part in parts)
    if any(part.flag_bits & 1 for part in parts):
        raise FileFault("old_excel")
    if size > limits.unpacked or (size > MEGABYTE and size > limits.ratio * len(content)):
        raise FileFault(
            "too_large_inside",
            size=round(size / MEGABYTE, 1),
            most=round(limits.unpacked / MEGABYTE, 1),
        )
    try:
        return _scanned(package, parts, limits)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise FileFault("damaged", why=str(error)) from error
    except Exception as error:
        if isinstance(error, FileFault):
            raise
        raise FileFault("damaged", why=f"{type(error).__name__}: {error}"[:200]) from error


_OTHER_PACKAGES = {
    ".docx": "word/document.xml",
    ".pptx": "ppt/presentation.xml",
    ".ods": "mimetype",
}


_ELEMENT = re.compile(rb"[<:](row|c|f)[\s/>]")
"""A row, a cell or a formula, under whatever prefix: empty cells cost memory too."""
_RANGE = re.compile(
    rb"""[<:](?:mergeCell|hyperlink)\s[^<>]*?ref\s*=\s*["']([^"'<>]*)["']""", re.IGNORECASE
)
"""Of these openpyxl makes every cell: one merged over the whole sheet are 17,000 million."""
_TAIL = 4096


def _area(ref: bytes) -> int:
    """Cells of A1:B2; what is written in any other way is taken for the whole sheet."""
    found = re.fullmatch(rb"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?", ref, re.IGNORECASE)
    if not found:
        return 16_384 * 1_048_576
    left, top, right, bottom = found.groups()
    width = _column(right or left) - _column(left) + 1
    return max(1, width) * max(1, int(bottom or top) - int(top) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _scanned(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo], limits: Limits) -> bool:
    """Reads every part once in pieces: declared sizes may lie, entities may explode."""
    read, cells, has_formulas = 0, 0, False
    for part in parts:
        rows, tail = 0, b""
        is_picture = part.filename.startswith("xl/media/")
        with package.open(part) as stream:
            while piece := stream.read(MEGABYTE):
                read += len(piece)
                if read > limits.unpacked:
                    raise FileFault(
                        "too_large_inside",
                        size=round(read / MEGABYTE, 1),
                        most=round(limits.unpacked / MEGABYTE, 1),
                    )
                # without the zero bytes of UTF-16, in which these words could hide
                window = tail + piece.replace(b"\0", b"")
                if not is_picture and b"<!DOCTYPE" in window:
                    raise FileFault("damaged", why="DOCTYPE")
                # what ends in the tail was counted with the piece before
                found = [one[1] for one in _ELEMENT.finditer(window) if one.end() > len(tail)]
                rows += found.count(b"row")
                cells += found.count(b"c") + sum(
                    _area(one[1]) for one in _RANGE.finditer(window) if one.end() > len(tail)
                )
                has_formulas = has_formulas or b"f" in found
                if rows > limits.rows:
                    raise FileFault("too_many_rows", most=limits.rows)
                if cells > limits.cells:
                    raise FileFault("too_many_cells", most=limits.cells)
                tail = window[-_TAIL:]
    return has_formulas


def _sheet(sheet: Any, computed: Any, limits: Limits) -> Grid:
    grid = Grid(sheet.title, hidden=sheet.sheet_state != "visible")
    if sheet.max_column > limits.columns and _width(sheet) > limits.columns:
        raise FileFault("too_many_columns", most=limits.columns)
    for (row, column), cell in sheet._cells.items():  # only cells that exist, not the rectangle
        if cell.value is not None and cell.value != "":
            grid.put(row, column, cell.value)
    for row_number in sorted({row for row, _ in grid.values}):
        if row_number > limits.rows:
            raise FileFault("too_many_rows", most=limits.rows)
    if computed is not None:
        _note_formulas(grid, computed)
    for merged in sheet.merged_cells.ranges:
        _cover(grid, merged)
    return grid


def _width(sheet: Any) -> int:
    return max((c for (_, c), cell in sheet._cells.items() if cell.value is not None), default=0)


def _note_formulas(grid: Grid, computed: Any) -> None:
    for (row, column), cell in computed._cells.items():
        if cell.data_type == "f":
            text = getattr(cell.value, "text", cell.value)
            grid.formulas[row, column] = str(text)
            grid.rows = max(grid.rows, row)
            grid.columns = max(grid.columns, column)


def _cover(grid: Grid, merged: Any) -> None:
    """Marks the cells under a merged one, as far as the sheet has content."""
    anchor = (merged.min_row, merged.min_col)
    if anchor not in grid.values and anchor not in grid.formulas:
        return
    for row in range(merged.min_row, min(merged.max_row, grid.rows) + 1):
        for column in range(merged.min_col, merged.max_col + 1):
            if (row, column) != anchor:
                grid.covered[row, column] = anchor
    if merged.max_col <= 1000:
        grid.columns = max(grid.columns, merged.max_col)
