"""Tables as files."""

from collections.abc import Sequence
from io import BytesIO

from flask import abort, send_file

from trainingbase.sheets.write import Table
from trainingbase.texts import in_one_line

TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "html": "text/html",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(tables: Table | Sequence[Table], kind: str, name: str):
    """A workbook of all tables, or the first as CSV; a `kind` that is neither is no page."""
    from trainingbase.sheets import write

    if kind not in ("csv", "xlsx"):
        abort(404)
    tables = [tables] if isinstance(tables, Table) else list(tables)
    content = write.workbook(tables) if kind == "xlsx" else write.csv_text(tables[0])
    return as_file(content, kind, name)


def as_file(content: bytes, kind: str, name: str):
    """`content` as the file `name`.`kind`."""
    return send_file(
        BytesIO(content),
        mimetype=TYPES[kind],
        as_attachment=True,
        download_name=f"{in_one_line(name)}.{kind}",
    )
