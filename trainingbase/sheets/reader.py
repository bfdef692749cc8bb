"""A file to a preview: finds the tables, sorts their rows, reads every cell, judges every row."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from trainingbase.sheets import words
from trainingbase.sheets.book import Limits, grids
from trainingbase.sheets.cells import is_blank
from trainingbase.sheets.faults import FileFault
from trainingbase.sheets.grid import Grid, number, shown
from trainingbase.sheets.kinds import KINDS, specs_of
from trainingbase.sheets.known import Known
from trainingbase.sheets.numbers import amount
from trainingbase.sheets.preview import Preview, SheetPreview
from trainingbase.sheets.rowdraft import Reading, RowDraft, TableDraft
from trainingbase.sheets.spec import Spec
from trainingbase.sheets.table import DEEPEST, Table, find_tables, is_note, match

__all__ = ["KINDS", "Limits", "read"]


def read(
    kind: str,
    content: bytes,
    filename: str,
    *,
    known: Known | None = None,
    on: date,
    limits: Limits | None = None,
) -> Preview:
    """Raises FileFault where the file as a whole cannot be read; see the package's docstring."""
    if kind not in KINDS:
        raise FileFault("kind_unknown", kind=kind)
    specs = specs_of(kind)
    sheets = grids(content, filename, limits or Limits())
    preview = Preview(kind, filename, on)
    found = _tables(sheets, specs, preview)
    if not found:
        raise _nearest(sheets, specs)
    reading = Reading(kind, on, known or Known())
    drafts = _named([TableDraft(reading, table, _outline(table)) for table in found])
    # what other tables of the file refer to is read first: specs are in that order
    for spec in specs:
        for draft in drafts:
            if draft.table.header.spec is spec:
                _read_rows(draft)
                spec.close(draft)
                reading.known = reading.known.with_preview(
                    Preview(kind, filename, on, sheets=[draft.preview])
                )
    preview.sheets = [draft.preview for draft in drafts]
    return preview


def _tables(sheets: list[Grid], specs: tuple[Spec, ...], preview: Preview) -> list[Table]:
    found: list[Table] = []
    for grid in sheets:
        if grid.hidden:
            preview.ignored_sheets[grid.title] = words.ignored_sheet("hidden")
            continue
        tables = find_tables(grid, specs)
        found += tables
        if not grid.values:
            preview.ignored_sheets[grid.title] = words.ignored_sheet("empty")
        elif not tables:
            preview.ignored_sheets[grid.title] = _why_none(grid, specs)
    return found


def _why_none(grid: Grid, specs: tuple[Spec, ...]) -> str:
    best = _closest(grid, specs)
    if best and len(best.columns) >= 2:
        return words.ignored_sheet("column_missing", missing=_missing(best))
    return words.ignored_sheet("no_table")


def _closest(grid: Grid, specs: tuple[Spec, ...]) -> Any:
    headers = [
        match(grid, row, depth, spec)
        for row in range(1, min(grid.rows, 40) + 1)
        for depth in range(1, DEEPEST)
        for spec in specs
    ]
    return max(headers, key=lambda header: header.score, default=None)


def _missing(header: Any) -> str:
    return "、".join(
        " / ".join(header.spec.field(key).headers[0] for key in group) for group in header.missing
    ) or "、".join(one.headers[0] for one in header.spec.fields[:3])


def _nearest(sheets: list[Grid], specs: tuple[Spec, ...]) -> FileFault:
    best, where = None, sheets[0].title
    for grid in sheets:
        header = _closest(grid, specs)
        if header and (best is None or header.score > best.score):
            best, where = header, grid.title
    if best is None:
        return FileFault("empty")
    found = "、".join(list(dict.fromkeys(best.texts.values()))[:20]) or "—"
    return FileFault("no_table", sheet=where, missing=_missing(best), found=found)


def _outline(table: Table) -> SheetPreview:
    grid, header = table.grid, table.header
    columns = {
        grid.label(column): (header.texts.get(column, ""), one.key)
        for column, one in header.columns.items()
    }
    unknown = {
        grid.label(column): text
        for column, text in header.texts.items()
        if column not in header.columns
    }
    rows = tuple(range(header.row, header.row + header.depth))
    return SheetPreview(grid.title, header.spec.noun, rows, columns, unknown, title=table.title)


def _named(drafts: list[TableDraft]) -> list[TableDraft]:
    """Several tables of one sheet are told apart as sheet#title."""
    sheets = [draft.table.grid.title for draft in drafts]
    used: set[str] = set()
    for draft in drafts:
        name = draft.table.grid.title
        if sheets.count(name) > 1:
            name = f"{name}#{draft.table.title or draft.table.header.row}"
            if name in used:
                name = f"{name}@{draft.table.header.row}"
        used.add(name)
        draft.preview.name = name
    return drafts


def _read_rows(draft: TableDraft) -> None:
    table, spec = draft.table, draft.table.header.spec
    ignored = draft.preview.ignored_rows
    for row in table.above:
        value = next(iter(table.grid.anchors(row).values()), None)
        if value is not None:
            ignored.append((row, "title" if str(shown(value)).strip() == table.title else "note"))
    ignored += [(row, "header") for row in table.repeated]
    reasons = {row: _why_ignored(table, row) for row in table.body}
    last = max((row for row, why in reasons.items() if why is None), default=0)
    above: dict[str, Any] = {}
    for number_of_row, why in reasons.items():
        if why == "blank" and number_of_row > last:
            continue
        if why in ("total", "mean"):
            _note_total(draft, number_of_row, why)
        if why:
            ignored.append((number_of_row, why))
            continue
        one = RowDraft(draft, number_of_row, above)
        spec.judge(one)
        draft.drafts.append(one)
        draft.preview.rows.append(one.row)
    ignored.sort()


_TOTAL = re.compile(
    r"\s*(合\s*计|总\s*计|小\s*计|共\s*计|总\s*共|累\s*计|汇\s*总|(grand |sub)?total|sum)"
    r"[\s:：（(]*"
    r"[\d.]*\s*(人次|人|个月|月|例|次|元)?[)）]?\s*",
    re.I,
)
_MEAN = re.compile(
    r"(全省|全国|全市|全县|本省|省|市|本基地|基地)?(级)?(总)?(平均|均分|平均分|平均成绩|均值|首次通过率|"
    r"首考通过率|通过率|合格率|最高分|最低分)|(全省|全国|全市|provincial|national).*|average|mean",
    re.I,
)


def _why_ignored(table: Table, row: int) -> str | None:
    """None for a data row."""
    grid = table.grid
    cells = grid.anchors(row)
    read = [
        column
        for column, one in table.header.columns.items()
        if not one.key.startswith("_")
        and (not is_blank(grid.at(row, column)) or grid.formula(row, column))
    ]
    if all(is_blank(value) for value in cells.values()) and not read:
        return "blank"
    texts = [str(value) for value in cells.values() if isinstance(value, str)][:3]
    if any(_TOTAL.fullmatch(text) for text in texts):
        return "total"
    if table.header.spec.means and any(_MEAN.fullmatch(text.strip()) for text in texts):
        return "mean"
    filled = {place: value for place, value in cells.items() if not is_blank(value)}
    # one cell, or the same remark in every cell where somebody took a merge apart
    alike = len(set(map(str, filled.values()))) == 1 and len(filled) != 2
    if alike and _is_remark(table, *next(iter(filled.items()))):
        return "note"
    if len(filled) <= 4 and any(is_note(text) and re.search("[:：]", text) for text in texts):
        return "note"
    return None if read else "blank"


def _is_remark(table: Table, place: tuple[int, int], value: Any) -> bool:
    """Whether the only cell of a row is a remark: anything but a short name in its own column."""
    if not isinstance(value, str):
        return False
    merged = table.grid.covered.get((place[0], place[1] + 1)) == place
    one = table.header.columns.get(place[1])
    return merged or one is None or not one.must or len(value.strip()) > 12 or is_note(value)


def _note_total(draft: TableDraft, row: int, why: str) -> None:
    """Keeps the numbers of a row of totals or means under the keys of their columns."""
    grid = draft.table.grid
    line: dict[str, Any] = {"row": row}
    seen = set()
    for column, one in draft.table.header.columns.items():
        place = grid.anchor(row, column)
        value = grid.at(row, column)
        if one.key.startswith("_") or place in seen or is_blank(value):
            continue
        seen.add(place)
        found = one.clean(value, grid.csv).value
        if not isinstance(found, int | float) or isinstance(found, bool):
            found = amount(value, grid.csv).value
        if found is not None:
            line[one.key] = number(found)
        elif isinstance(value, str):
            line.setdefault("label", value.strip())
    draft.preview.facts.setdefault("totals" if why == "total" else "means", []).append(line)
