"""What is written opens everywhere, runs nothing, and reads back the same."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets.sheetmaking import ON, id_number
from tests.sheets.test_county import FILES, content_of
from trainingbase.sheets import KINDS, Known, read
from trainingbase.sheets.known import Place
from trainingbase.sheets.template import template
from trainingbase.sheets.write import Table, csv_text, sheet_name, workbook
from trainingbase.sheets.write_plan import PlanRow, PlanSheet, plan_grid_workbook, stays

DANGEROUS = ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "  =1+1", "\t=1", "\u3000=1", "＝1+1", "\ufeff=1"]


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_text_in_a_workbook_is_text_and_never_a_formula_or_a_link():
    rows = [[text] for text in [*DANGEROUS, "http://example.org", "0012"]]
    sheet = opened(workbook([Table("表", ["内容"], rows)])).active
    for row, (text,) in enumerate(rows, start=2):
        cell = sheet.cell(row, 1)
        assert cell.data_type == "s"
        assert cell.value == text
        assert cell.hyperlink is None


def test_numbers_money_dates_and_lists_keep_what_they_are():
    row = [3, Decimal("1234.50"), date(2026, 9, 1), datetime(2026, 9, 1, 8, 30), ["甲", "乙"], None]
    sheet = opened(workbook([Table("表", list("abcdef"), [[*row, True, 10**17]])])).active
    values = [cell.value for cell in sheet[2]]
    assert values == [
        3, 1234.5, datetime(2026, 9, 1), datetime(2026, 9, 1, 8, 30), "甲、乙", None, "是",
        "100000000000000000",
    ]  # fmt: skip
    assert sheet["B2"].number_format == "#,##0.00"
    assert sheet["C2"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "A2"


def test_a_control_character_does_not_spoil_the_whole_workbook():
    content = workbook([Table("坏\x07名", ["标\x00题"], [["a\x0bb\x1f\ud800"], ["好"]])])
    sheet = opened(content).active
    assert [cell.value for cell in sheet["A"]] == ["标题", "ab", "好"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_text_that_looks_like_a_formula_is_defused_also_behind_blanks(text):
    content = csv_text(Table("表", ["内容"], [[text]]))
    assert content.startswith(b"\xef\xbb\xbf")
    (_, (cell,)) = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert cell == f"'{text}"


def test_csv_numbers_stay_numbers_and_quotes_and_line_breaks_stay_inside_their_cell():
    rows = [[-20, Decimal("-1.50"), 'a"b', "一\n二", None, "普通"]]
    text = csv_text(Table("表", list("abcdef"), rows)).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline="")))
    assert found[1] == ["-20", "-1.50", 'a"b', "一\n二", "", "普通"]


@given(st.lists(st.text(max_size=40), max_size=6))
def test_sheet_names_are_lawful_and_different(titles):
    used = set()
    names = [sheet_name(title, used) for title in titles]
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_any_text_survives_being_written_and_read_as_a_workbook():
    texts = ["全科", "a'b", '&<>"', "😀", "x" * 40_000]
    sheet = opened(workbook([Table("表", ["t"], [[text] for text in texts])])).active
    assert [cell.value for cell in sheet["A"]][1:] == [text[:32_767] for text in texts]


def county_plan():
    residents = read("residents", content_of("residents"), "r.xlsx", known=Known(), on=ON)
    known = Known.from_previews([residents])
    return known, read("plan", content_of("plan"), FILES["plan"], known=known, on=ON)


def test_a_plan_written_as_a_grid_reads_back_with_the_same_months():
    known, preview = county_plan()
    legend = Known.from_previews([preview]).legend
    short = {place.key: place.short for place in legend}
    sheets = [
        PlanSheet(
            table.name,
            [
                PlanRow(
                    row.record["name"],
                    row.record["tutor"],
                    {
                        month: " || ".join(short[key] for key in value.split(" || "))
                        for month, value in row.record["months"].items()
                    },
                )
                for row in table.rows
            ],
            table.title,
        )
        for table in preview.tables("plan")
    ]
    content = plan_grid_workbook(sheets, legend)
    again = read("plan", content, "plan.xlsx", known=known, on=ON)
    assert again.refusals == again.corrections == []
    assert [one.name for one in again.tables("plan")] == [
        one.name for one in preview.tables("plan")
    ]
    for old, new in zip(preview.tables("plan"), again.tables("plan"), strict=True):
        for before, after in zip(old.rows, new.rows, strict=True):
            assert after.record["months"] == before.record["months"]
            assert after.record["name"] == before.record["name"]
            assert after.record["id_tail"] == before.record["id_tail"]
    assert list(again.records("legend")) == list(preview.records("legend"))


def test_the_grid_is_merged_coloured_and_set_up_for_a3():
    legend = [Place("心内", "心血管内科", "县医院", "心内科", "#DDEBF7"), Place("产假")]
    months = {"2026-09": "心内", "2026-10": "心内", "2026-11": "产假", "2026-12": "心内 || 心内二"}
    sheet = PlanSheet("2026级", [PlanRow("=张伟", "陈主任", months, "备注")])
    book = opened(plan_grid_workbook([sheet], legend, last_month="2027-01"))
    grid = book["2026级"]
    assert [cell.value for cell in grid[2]] == [
        "序号", "姓名", "导师", "2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "备注",
    ]  # fmt: skip
    assert [cell.value for cell in grid[3]] == [
        1, "=张伟", "陈主任", "心内", None, "产假", "心内/心内二", None, "备注",
    ]  # fmt: skip
    assert grid["B3"].data_type == "s"
    assert "D3:E3" in {str(one) for one in grid.merged_cells.ranges}
    assert grid["D3"].fill.fgColor.rgb == "FFDDEBF7"
    assert (grid.page_setup.orientation, int(grid.page_setup.paperSize)) == ("landscape", 8)
    assert grid.freeze_panes == "D3"
    assert book["图例"]["E2"].fill.fgColor.rgb == "FFDDEBF7"


def test_stays_are_runs_of_the_same_place_and_halves_stand_alone():
    months = {"2026-09": "甲", "2026-10": "甲", "2026-11": "甲 || 乙", "2026-12": "甲 || 乙"}
    shown = ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]
    assert stays(months, shown) == [(0, 1, "甲"), (2, 2, "甲/乙"), (3, 3, "甲/乙"), (4, 4, "")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_read_as_the_kind_it_is_for(kind):
    content = template(kind, first_month=date(2026, 9, 1))
    preview = read(kind, content, "template.xlsx", known=Known(), on=ON)
    assert preview.rows == []
    assert preview.ignored_sheets == {}
    assert len({one.noun for one in preview.sheets}) == len(preview.sheets)
    assert all(one.unknown_columns == {} for one in preview.sheets)


def test_a_filled_in_template_is_accepted_as_it_stands():
    book = opened(template("residents"))
    sheet = book["住培学员"]
    headers = {cell.value.strip("*"): cell.column for cell in sheet[1]}
    for header, value in {
        "姓名": "张伟",
        "性别": "男",
        "身份证号": id_number(),
        "培训专业": "全科",
        "入培时间": "2026-09",
    }.items():
        sheet.cell(2, headers[header], value)
    target = io.BytesIO()
    book.save(target)
    preview = read("residents", target.getvalue(), "x.xlsx", known=Known(), on=ON)
    assert [row.status for row in preview.rows] == ["accepted"]
