"""A run as a workbook or as CSV."""

from flask import abort, make_response

from trainingbase.access import allow
from trainingbase.incentives.queries import runs as queries
from trainingbase.incentives.routes.blueprint import READERS, incentives
from trainingbase.incentives.tables import tables_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@incentives.get("/<int:run_id>/export/<string:kind>")
@allow(*READERS)
def export(run_id: int, kind: str):
    from trainingbase.sheets import write

    if kind not in ("xlsx", "csv"):
        abort(404)
    run = queries.run_by_id(run_id)
    tables = tables_of(run)
    content = write.workbook(tables) if kind == "xlsx" else write.csv_text(tables[0])
    response = make_response(content)
    response.mimetype = XLSX if kind == "xlsx" else "text/csv"
    name = f"incentives-{run.month_on:%Y-%m}.{kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
