"""The colours of a legend: cells that are filled and hold nothing, which readers do not see."""

import io

from trainingbase.sheets import Preview


def add_colours(preview: Preview, content: bytes) -> None:
    """Give each legend row of an .xlsx that was read already its `colour`, as #RRGGBB."""
    tables = [table for table in preview.tables("legend") if table.rows]
    if not tables or not content.startswith(b"PK"):
        return
    from openpyxl import load_workbook
    from openpyxl.utils import column_index_from_string

    book = load_workbook(io.BytesIO(content), read_only=True)
    for table in tables:
        column = next((at for at, (_, key) in table.columns.items() if key == "_c"), None)
        if not isinstance(column, str):
            continue
        rows = {row.row: row for row in table.rows}
        number = column_index_from_string(column)
        for cells in book[table.name.partition("#")[0]].iter_rows(
            min_row=min(rows), max_row=max(rows), min_col=number, max_col=number
        ):
            colour = _filled(cells[0])
            if colour and cells[0].row in rows:
                rows[cells[0].row].record["colour"] = colour
    book.close()


def _filled(cell) -> str | None:
    fill = getattr(cell, "fill", None)
    if fill is None or fill.fill_type != "solid" or fill.fgColor.type != "rgb":
        return None
    return f"#{fill.fgColor.rgb[-6:]}"
