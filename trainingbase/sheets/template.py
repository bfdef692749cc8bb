"""Empty workbooks an office can fill in: one sheet a table, the headers imports know best."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from trainingbase.sheets.kinds import specs_of
from trainingbase.sheets.spec import Spec
from trainingbase.sheets.write import Formats, options, sheet_name, text_width

TITLES = {
    "requirement": ("培训方案", "Programme"),
    "minimum": ("最低要求", "Minimums"),
    "institution": ("机构", "Institutions"),
    "department": ("科室与容量", "Departments"),
    "resident": ("住培学员", "Residents"),
    "graduate": ("往届结业学员", "Graduates"),
    "applicant": ("报名人员", "Applicants"),
    "faculty": ("师资名册", "Faculty"),
    "legend": ("图例", "Legend"),
    "plan": ("轮转安排", "Plan"),
    "done": ("已完成", "Done"),
    "leave": ("请假登记", "Leaves"),
    "annual_test": ("年度业务水平测试", "Annual tests"),
    "final_exam": ("结业考核", "Final examinations"),
    "licence_exam": ("执业医师资格考试", "Licence examinations"),
    "activity": ("教学活动", "Activities"),
    "stipend": ("生活补助", "Stipends"),
    "primary_subsidy": ("基层补贴", "Primary-care subsidies"),
    "teaching_pay": ("带教绩效", "Teaching pay"),
    "reward": ("评价与奖惩", "Rewards"),
    "fund": ("经费来源", "Funds"),
}
NUMBERS = ("_no",)


def template(kind: str, *, first_month: date | None = None, months: int = 12) -> bytes:
    """An .xlsx with headers only; what must be filled in is bold and marked with a star.

    For ``plan`` the months from ``first_month`` on are columns.
    """
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, options()) as book:
        formats = Formats(book)
        names: set[str] = set()
        for spec in specs_of(kind):
            sheet = book.add_worksheet(sheet_name(TITLES[spec.noun][0], names))
            for column, header in enumerate(_headers(spec, first_month, months)):
                sheet.write_string(0, column, header, formats.header)
                # a long ID number must not turn into a number: the columns are text
                sheet.set_column(column, column, max(10, text_width(header) + 2), formats.text)
            sheet.freeze_panes(1, 0)
    return target.getvalue()


def _headers(spec: Spec, first_month: date | None, months: int) -> list[str]:
    found: list[str] = []
    for one in spec.fields:
        if one.key.startswith("_") and one.key not in NUMBERS:
            continue
        found.append(one.headers[0] + ("*" if one.must else ""))
    return found + _dynamic(spec, first_month, months)


def _dynamic(spec: Spec, first_month: date | None, months: int) -> list[Any]:
    start = first_month or date(date.max.year, 1, 1)
    if spec.noun == "plan":
        if first_month is None:
            return []
        serials = range(
            start.year * 12 + start.month - 1, start.year * 12 + start.month - 1 + months
        )
        return [f"{one // 12:04}-{one % 12 + 1:02}" for one in serials]
    if spec.noun == "fund":
        return [f"{first_month.year}年预算（元）"] if first_month else ["预算（元）"]
    if spec.noun == "done":
        from trainingbase.sheets.standards import STANDARDS

        return list(STANDARDS[:6])
    return []
