"""The month's attendance sheet (考勤表) in its usual shape: residents by days, and the sums."""

import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from trainingbase.attendance.queries.roster import InMonth
from trainingbase.attendance.tables import used_kinds
from trainingbase.attendance.words import STATES, counted_by, sign, signs
from trainingbase.i18n import month as month_in_words
from trainingbase.i18n import named
from trainingbase.months import months_later
from trainingbase.sheets.write import Formats, options, sheet_name, write_cell


def month_sheets(rows: Sequence[InMonth], month_on: date, base: str) -> bytes:
    """An .xlsx with a sheet for each department, made to be printed on one page across."""
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, options()) as book:
        names: set[str] = set()
        formats: Any = Formats(book)
        formats.title = book.add_format({"bold": True, "font_size": 15, "align": "center"})
        formats.sign = book.add_format({"border": 1, "align": "center", "num_format": "@"})
        formats.rest = book.add_format(
            {"border": 1, "align": "center", "bg_color": "#EDEDED", "num_format": "@"}
        )
        parts: dict[int, list[InMonth]] = {}
        for one in rows:
            parts.setdefault(one.placement.department_id, []).append(one)
        for part in parts.values():
            department = part[0].placement.department
            sheet = book.add_worksheet(sheet_name(named(department), names))
            _write(sheet, part, month_on, base, formats)
        if not parts:
            book.add_worksheet(sheet_name(month_in_words(month_on), names))
    return target.getvalue()


def _write(sheet: Any, part: Sequence[InMonth], month_on: date, base: str, formats: Any) -> None:
    days = [
        month_on + timedelta(days=number)
        for number in range((months_later(month_on, 1) - month_on).days)
    ]
    used = used_kinds(part)
    sums = [_("Expected"), _("Present"), *(str(STATES[kind]) for kind in used),
            _("Nights on duty"), _("Not confirmed")]  # fmt: skip
    last = 1 + len(days) + len(sums)
    department = part[0].placement.department
    title = _("%(base)s: attendance of residents, %(month)s", base=base,
              month=month_in_words(month_on))  # fmt: skip
    sheet.merge_range(0, 0, 0, last, title, formats.title)
    sheet.write_string(1, 0, f"{named(department.institution)} · {named(department)}")
    for column, name in enumerate([_("No."), _("Name")]):
        sheet.merge_range(2, column, 3, column, name, formats.header)
    for column, day in enumerate(days, start=2):
        sheet.write_number(2, column, day.day, formats.header)
        sheet.write_string(3, column, _weekday(day), formats.header)
    for column, name in enumerate(sums, start=2 + len(days)):
        sheet.merge_range(2, column, 3, column, name, formats.header)
    for number, one in enumerate(part, start=1):
        _write_row(sheet, 3 + number, number, one, days, used, formats)
    _write_foot(sheet, 5 + len(part), part, formats)
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 1 + len(days), 3.6)
    sheet.set_column(2 + len(days), last, 8)
    sheet.freeze_panes(4, 2)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 3)


def _write_row(sheet: Any, row: int, number: int, one: InMonth, days, used, formats: Any) -> None:
    write_cell(sheet, row, 0, number, formats)
    write_cell(sheet, row, 1, one.placement.resident.name, formats)
    for column, day in enumerate(days, start=2):
        cell = one.cells.get(day)
        free = cell is None or not cell.facts.is_working
        style = formats.rest if free else formats.sign
        sheet.write_string(row, column, signs(cell.halves) if cell else "", style)
    figures = one.days
    values = [figures.expected, figures.present, *(figures.of(kind) for kind in used),
              figures.nights, figures.unknown]  # fmt: skip
    for column, value in enumerate(values, start=2 + len(days)):
        sheet.write_number(row, column, float(value), formats.number)


def _write_foot(sheet: Any, row: int, part: Sequence[InMonth], formats: Any) -> None:
    seen = {half for one in part for cell in one.cells.values() for half in cell.halves}
    legend = "  ".join(f"{sign(s)} {STATES[s]}" for s in STATES if s in seen and sign(s))
    rules = tuple(dict.fromkeys(rule for one in part for rule in one.days.counted_by))
    sheet.write_string(row, 0, _("Signs: %(signs)s", signs=legend))
    sheet.write_string(row + 1, 0, _("Counted by: %(rule)s", rule=counted_by(rules)))
    sheet.write_string(row + 3, 0, _("Secretary: ____________   Head of department: ____________"))


def _weekday(day: date) -> str:
    names = [_("Mo"), _("Tu"), _("We"), _("Th"), _("Fr"), _("Sa"), _("Su")]
    return names[day.weekday()]
