"""Workbooks the office takes away: the refused rows of an import, and blank ones."""

import io
from datetime import date

from trainingbase.imports import queries, words
from trainingbase.imports.models import Import, ImportRow
from trainingbase.imports.rules import LIMITS
from trainingbase.sheets.template import template
from trainingbase.sheets.write import Table, workbook


def blank_workbook(kind: str, today: date) -> io.BytesIO:
    return io.BytesIO(template(kind, first_month=today.replace(day=1)))


def refused_workbook(import_: Import) -> io.BytesIO:
    """The columns of the file as they were, and beside them why each row was refused."""
    from trainingbase.sheets.book import grids

    content = queries.content_of(import_)
    by_sheet: dict[str, list[ImportRow]] = {}
    for row in queries.refused_rows(import_):
        by_sheet.setdefault(row.sheet, []).append(row)
    grid_of = {one.title: one for one in grids(content, import_.filename, LIMITS)}
    tables = [
        _table(outline, grid_of[outline["name"].partition("#")[0]], by_sheet[outline["name"]])
        for outline in import_.outline["sheets"]
        if outline["name"] in by_sheet
    ]
    return io.BytesIO(workbook(tables))


def _table(outline: dict, grid, rows: list[ImportRow]) -> Table:
    places = [[at, header, None] for at, header in outline["unknown"]] + outline["columns"]
    columns = {at: (header, key) for at, header, key in places}
    order = [number for number in range(1, grid.columns + 1) if grid.label(number) in columns]
    reasons = {row.row: _reasons(row) for row in rows}
    return Table(
        outline["name"].partition("#")[0],
        [columns[grid.label(number)][0] for number in order] + [str(words.WHY)],
        [
            [_cell(grid, row, number, columns[grid.label(number)][1]) for number in order]
            + [reasons[row.row]]
            for row in rows
        ],
    )


def _cell(grid, row: ImportRow, number: int, key: str | None):
    """As it stood; where a cell takes the value above it, that value."""
    formula = grid.formula(row.row, number)
    if formula is not None:
        return None
    value = grid.at(row.row, number)
    return (row.record or {}).get(key) if value is None and key else value


def _reasons(row: ImportRow) -> str:
    return "；".join(
        f"{problem['header'] or problem['column']}：{words.reason(problem)}"
        for problem in row.problems
        if problem["what"] == "refusal"
    )
