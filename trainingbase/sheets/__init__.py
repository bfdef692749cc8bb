"""Workbooks and CSV in and out, with the cell of every fault. Pure: no database, web or clock.

Reading
-------
``read(kind, content, filename, *, known, on, limits=None) -> Preview``

``kind``      one of ``KINDS``: sites, programme, residents, applicants, faculty, plan, leaves,
              exams, activities, incentives.
``content``   the bytes of an .xlsx or .csv file; what it is is judged by its bytes.
``filename``  only names the sheet of a CSV; never trusted for anything else.
``known``     a ``Known``: what the base already has. ``Known()`` knows nothing: references are
              then not checked. ``Known.from_previews(previews)`` builds it from other files.
``on``        the day certificates are judged on.
``limits``    a ``Limits``: size in bytes, rows, columns, unpacked size and ratio.

A file that cannot be read as a whole raises a ``FileFault`` (``fault.message("zh" | "en")``); a
bad cell never raises: its row is refused with the cell and the reason.

``preview.rows`` are ``Row(sheet, row, noun, record, corrections, refusals, warnings)``;
``row.status`` is accepted, corrected or refused; ``row.record`` is a dict of JSON-able values
(dates are ``YYYY-MM-DD`` or, known only to the month, ``YYYY-MM``, and both ends of a period are
days inside it; numbers become exact by ``Decimal(str(value))``). A refused row keeps what could be
read. ``row.noun`` says what a row is:

==============  ===============================================================
sites           institution, department
programme       requirement, minimum
residents       resident, graduate
applicants      applicant
faculty         faculty (one row for each department a person teaches in)
plan            legend, plan, done
leaves          leave
exams           annual_test, final_exam, licence_exam
activities      activity
incentives      stipend, primary_subsidy, reward, teaching_pay, fund
==============  ===============================================================

A place in a plan or an activity is ``standard|institution|department``, ``leave:产假`` or
``other:结业考核``; two halves of a month are joined by `` || ``. ``sheet.facts`` holds what a table
says as a whole: ``code``, ``name``, ``total_months``, ``rules`` and ``elective_groups`` of a
programme, ``provincial_means`` of examinations.

A ``Problem`` has sheet, row, column (letter; CSV: number), header, raw, value, category, params
and ``reason(language)``. ``preview.as_json(language)`` is what the command line prints.

Writing
-------
``write.workbook(tables)`` and ``write.csv_text(table)`` of ``write.Table(title, header, rows)``,
``write_plan.plan_grid_workbook(sheets, legend, …)``, ``template.template(kind)``.
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
