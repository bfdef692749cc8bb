"""The rotation grid as the office prints it: residents by months, one sheet a cohort.

What it writes ``read("plan", …)`` reads back with the same months.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trainingbase.sheets.known import Place
from trainingbase.sheets.write import Formats, clean_text, options, sheet_name, text_width

A3 = 8
HALVES = " || "


@dataclass(frozen=True, slots=True)
class PlanRow:
    """``months``: YYYY-MM → a short name of the legend or a leave; ``A || B`` for two halves."""

    name: str
    tutor: str | None = None
    months: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """``title`` names the sheet and should name the cohort: 2024级."""

    title: str
    rows: Sequence[PlanRow]
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """Headers; those of English are read as well."""

    number: str = "序号"
    name: str = "姓名"
    tutor: str = "导师"
    note: str = "备注"
    legend: str = "图例"
    short: str = "简称"
    standard: str = "对应标准科室"
    institution: str = "机构"
    department: str = "科室全称"
    colour: str = "颜色"
    no_rotation: str = "（不计轮转）"
    halves: str = "注：“甲/乙”表示上半月在甲、下半月在乙；跨月合并的格子表示连续轮转。"


def month_range(first: str, last: str) -> list[str]:
    """Months YYYY-MM from the first to the last, both included."""
    start = int(first[:4]) * 12 + int(first[5:7]) - 1
    end = int(last[:4]) * 12 + int(last[5:7]) - 1
    return [f"{one // 12:04}-{one % 12 + 1:02}" for one in range(start, end + 1)]


def plan_grid_workbook(
    sheets: Sequence[PlanSheet],
    legend: Sequence[Place],
    *,
    first_month: str | None = None,
    last_month: str | None = None,
    wording: Wording | None = None,
) -> bytes:
    """One sheet for every cohort and a legend; A3 landscape, one page wide.

    ``Place.colour`` is ``#RRGGBB``. The months shown are those given, else those anyone has.
    """
    import xlsxwriter

    words = wording or Wording()
    used = sorted({month for sheet in sheets for row in sheet.rows for month in row.months})
    if not used and not (first_month and last_month):
        months = []
    else:
        months = month_range(first_month or used[0], last_month or used[-1])
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, options()) as book:
        grid = _Grid(book, words, {place.short: place for place in legend})
        names: set[str] = set()
        for sheet in sheets:
            grid.cohort(book.add_worksheet(sheet_name(sheet.title, names)), sheet, months)
        grid.legend(book.add_worksheet(sheet_name(words.legend, names)), legend)
    return target.getvalue()


class _Grid:
    def __init__(self, book: Any, words: Wording, places: Mapping[str, Place]) -> None:
        self.book, self.words, self.places = book, words, places
        self.formats = Formats(book)
        self.title = book.add_format({"bold": True, "font_size": 14, "align": "center"})
        self.note = book.add_format({"font_size": 9, "text_wrap": True})
        self._filled: dict[str, Any] = {}

    def filled(self, colour: str | None) -> Any:
        """The format of a cell with the colour of its place."""
        colour = colour or "#FFFFFF"
        if colour not in self._filled:
            self._filled[colour] = self.book.add_format(
                {
                    "bg_color": colour,
                    "border": 1,
                    "border_color": "#BFBFBF",
                    "align": "center",
                    "valign": "vcenter",
                    "text_wrap": True,
                    "num_format": "@",
                    "font_size": 9,
                }
            )
        return self._filled[colour]

    def cohort(self, sheet: Any, plan: PlanSheet, months: Sequence[str]) -> None:
        words = self.words
        header = [words.number, words.name, words.tutor, *months, words.note]
        sheet.merge_range(0, 0, 0, len(header) - 1, "", self.title)
        sheet.write_string(0, 0, clean_text(plan.heading or plan.title), self.title)
        for column, text in enumerate(header):
            sheet.write_string(1, column, text, self.formats.header)
        for number, row in enumerate(plan.rows, start=1):
            self._resident(sheet, number, row, months)
        last = len(plan.rows) + 2
        sheet.merge_range(last, 0, last, len(header) - 1, "", self.note)
        sheet.write_string(last, 0, words.halves, self.note)
        self._layout(sheet, plan, len(header))

    def _layout(self, sheet: Any, plan: PlanSheet, columns: int) -> None:
        sheet.set_column(0, 0, 5)
        names = [text_width(row.name) for row in plan.rows]
        sheet.set_column(1, 2, max([8, *names]) + 2)
        if columns > 4:
            sheet.set_column(3, columns - 2, 10)
        sheet.set_column(columns - 1, columns - 1, 16)
        sheet.freeze_panes(2, 3)
        sheet.set_landscape()
        sheet.set_paper(A3)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.repeat_columns(0, 2)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.set_footer("&C&P / &N")

    def _resident(self, sheet: Any, number: int, row: PlanRow, months: Sequence[str]) -> None:
        line = number + 1
        sheet.write_number(line, 0, number, self.formats.whole)
        sheet.write_string(line, 1, clean_text(row.name), self.formats.text)
        sheet.write_string(line, 2, clean_text(row.tutor or ""), self.formats.text)
        for first, last, text in stays(row.months, months):
            shown = clean_text(text)
            style = self.filled(self._colour(text))
            if last > first:
                sheet.merge_range(line, 3 + first, line, 3 + last, "", style)
            if shown:
                sheet.write_string(line, 3 + first, shown, style)
            else:
                sheet.write_blank(line, 3 + first, None, style)
        end = 3 + len(months)
        sheet.write_string(line, end, clean_text(row.note or ""), self.formats.text)

    def _colour(self, text: str) -> str | None:
        place = self.places.get(text) or self.places.get(text.split("/")[0])
        return place.colour if place else None

    def legend(self, sheet: Any, legend: Sequence[Place]) -> None:
        words = self.words
        header = (words.short, words.standard, words.institution, words.department, words.colour)
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, self.formats.header)
        for line, place in enumerate(legend, start=1):
            cells: list[str | None] = [place.standard, place.institution, place.department]
            if place.standard is None and place.department is None:
                cells = [words.no_rotation, None, None]
            for column, value in enumerate([place.short, *cells]):
                sheet.write_string(line, column, clean_text(value or ""), self.formats.text)
            sheet.write_blank(line, 4, None, self.filled(place.colour))
        sheet.set_column(0, 3, 24)
        sheet.freeze_panes(1, 0)


def stays(months: Mapping[str, str], shown: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first, last, text) of runs of equal months; empty months stand alone, halves too."""
    runs: list[tuple[int, int, str]] = []
    for index, month in enumerate(shown):
        text = (months.get(month) or "").replace(HALVES, "/")
        alone = not text or "/" in text
        if runs and not alone and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], index, text)
        else:
            runs.append((index, index, text))
    return runs
