"""Workbooks and CSV in and out, with the cell of every fault. Pure: no database, no web, no clock.

Reading
-------
``read(kind, content, filename, *, known, on, limits=Limits()) -> Preview``

``kind``      one of ``KINDS``: sites, programme, residents, faculty, plan, leaves, exams,
              activities, incentives.
``content``   the bytes of an .xlsx or .csv file; what it is is judged by its bytes.
``filename``  only names the sheet of a CSV; never trusted for anything else.
``known``     a ``Known``: what the base already has. ``Known()`` knows nothing: references are
              then not checked. ``Known.from_previews(previews)`` builds it from other files.
``on``        the day certificates are judged on.

A file that cannot be read as a whole raises a ``FileFault`` (``fault.message("zh" | "en")``); a bad
cell never raises: its row is refused with the cell and the reason.

``Preview.rows`` are ``Row(sheet, row, noun, status, record, corrections, refusals, warnings)``;
``status`` is accepted, corrected or refused; ``record`` is a dict of JSON-able values (dates are
``YYYY-MM-DD`` or, known only to the month, ``YYYY-MM``; decimals become exact by
``Decimal(str(value))``). ``noun`` says what the row is, e.g. residents.xlsx has ``resident`` and
``graduate`` rows. Problems are ``Problem(sheet, row, column, header, raw, value, category, params)``
with ``problem.reason(language)``.

Writing
-------
``write.workbook(tables)``, ``write.csv_text(table)``, ``write_plan.plan_grid_workbook(...)``,
``template.template(kind)``.
"""

from trainingbase.sheets.faults import FileFault
from trainingbase.sheets.known import Known
from trainingbase.sheets.preview import Preview, Problem, Row, SheetPreview
from trainingbase.sheets.reader import KINDS, Limits, read

__all__ = [
    "KINDS",
    "FileFault",
    "Known",
    "Limits",
    "Preview",
    "Problem",
    "Row",
    "SheetPreview",
    "read",
]
