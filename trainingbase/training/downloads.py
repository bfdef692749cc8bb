"""A table as a file."""

from io import BytesIO

from flask import abort, send_file

from trainingbase.sheets.write import Table

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(table: Table, kind: str, name: str):
    """`kind` is csv or xlsx; any other is no page."""
    from trainingbase.sheets import write

    if kind not in TYPES:
        abort(404)
    content = write.workbook([table]) if kind == "xlsx" else write.csv_text(table)
    return send_file(
        BytesIO(content),
        mimetype=TYPES[kind],
        as_attachment=True,
        download_name=f"{name}.{kind}",
    )
