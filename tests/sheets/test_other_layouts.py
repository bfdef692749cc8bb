"""Workbooks of other places: other orders, wordings, headers, and CSV."""

import random
from datetime import datetime

import openpyxl
import pytest

from tests.sheets.sheetmaking import (
    ON,
    csv_bytes,
    found,
    id_number,
    read_csv,
    read_rows,
    saved,
    xlsx,
)
from tests.sheets.test_county import EXPECTED, FILES, content_of
from trainingbase.sheets import FileFault, Known, read
from trainingbase.sheets.book import Limits, grids
from trainingbase.sheets.grid import shown
from trainingbase.sheets.kinds import specs_of
from trainingbase.sheets.known import Department, FacultyMember, Place, Resident
from trainingbase.sheets.table import find_tables

MAN, WOMAN = id_number(), id_number(serial="982")


@pytest.fixture(scope="module")
def known():
    everything = Known()
    for kind, file in FILES.items():
        preview = read(kind, content_of(kind), file, known=everything, on=ON)
        everything = everything.with_preview(preview)
    return everything


def rebuilt(grid, specs, rng):
    """A sheet with its columns shuffled, its headers in other words, and starting elsewhere.

    Gives the workbook and new row -> old row.
    """
    (table,) = find_tables(grid, specs)
    header = table.header
    columns = list(range(1, grid.columns + 1))
    months = [c for c in columns if c in header.columns and header.columns[c].key[0] == "@"]
    free = [column for column in columns if column not in months]
    rng.shuffle(free)
    place = rng.randrange(len(free) + 1)
    order = free[:place] + months + free[place:]
    down, right = rng.randrange(4), rng.randrange(3)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = grid.title
    line = 1 + down
    for row in table.above:
        if grid.at(row, 1) is not None:
            sheet.cell(line, 1 + right, grid.at(row, 1))
            line += 1
    for number, column in enumerate(order):
        text = header.texts.get(column)
        one = header.columns.get(column)
        if one and one.key[0] != "@" and one.key[:2] != "b2":
            text = rng.choice(one.headers)
        sheet.cell(line, 1 + right + number, text)
    rows = {}
    for row in table.body:
        line += 1
        rows[line] = row
        for number, column in enumerate(order):
            if grid.at(row, column) is not None:
                sheet.cell(line, 1 + right + number, grid.at(row, column))
    return saved(book), rows


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("kind", list(FILES))
def test_other_orders_wordings_and_places_read_the_same(kind, seed, known):
    for grid in grids(content_of(kind), FILES[kind], Limits()):
        expected = EXPECTED["workbooks"][FILES[kind]]["sheets"][grid.title]
        content, rows = rebuilt(grid, specs_of(kind), random.Random(seed))
        (sheet,) = read(kind, content, "other.xlsx", known=known, on=ON).sheets
        assert sheet.counts() == {
            "rows": expected["data_rows"],
            **{key: expected[key] for key in ("accepted", "corrected", "refused")},
        }
        records = {rows[row.row]: row.record for row in sheet.rows if row.taken}
        for one in expected["records"]:
            record = records[one["row"]]
            same = {key: record.get(key) for key in one if key not in ("row", "status")}
            assert same == {key: one[key] for key in same}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    ("kind", "sheet"),
    [
        ("residents", "住培学员"),
        ("faculty", "师资名册"),
        ("leaves", "请假登记"),
        ("exams", "结业考核"),
        ("activities", "2026年10月"),
        ("sites", "科室与容量"),
    ],
)
def test_a_sheet_saved_as_csv_reads_the_same_in_any_encoding(kind, sheet, encoding, known):
    (grid,) = [one for one in grids(content_of(kind), FILES[kind], Limits()) if one.title == sheet]
    rows = [
        [shown(grid.values.get((row, column))) for column in range(1, grid.columns + 1)]
        for row in range(1, grid.rows + 1)
    ]
    expected = EXPECTED["workbooks"][FILES[kind]]["sheets"][sheet]
    preview = read(kind, csv_bytes(rows, encoding), f"{sheet}.csv", known=known, on=ON)
    (table,) = preview.sheets
    assert table.name == sheet
    assert table.counts()["rows"] == expected["data_rows"]
    letters = {label: number for number, label in enumerate(expected["columns"], start=1)}
    assert [(one.row, one.column, one.category) for one in preview.refusals] == [
        (one["row"], letters[one["column"]], one["category"]) for one in expected["refusals"]
    ]
    records = {row.row: row.record for row in table.rows if row.taken}
    for one in expected["records"]:
        record = records[one["row"]]
        assert {k: record[k] for k in one if k in record and k != "status"} == {
            k: v for k, v in one.items() if k in record and k != "status"
        }


def test_english_headers_and_values_are_read():
    preview = read_rows(
        "residents",
        [
            ["Residents 2026"],
            ["Start date", "Name", "Programme", "ID number", "Gender", "Favourite colour"],
            [datetime(2026, 9, 1), "Li Hua", "GP", MAN, "male", "blue"],
        ],
    )
    (row,) = preview.rows
    assert row.status == "accepted"
    assert (row.record["name"], row.record["sex"], row.record["programme"]) == (
        "Li Hua",
        "男",
        "GP33",
    )
    assert preview.sheets[0].unknown_columns == {"F": "Favourite colour"}


def test_a_two_row_header_with_group_names_and_merged_cells_is_one_header():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["某基地学员"])
    sheet.append(["基本情况", None, None, "培训情况", None, "备注"])
    sheet.append(["学员姓名", "性别", "证件号码", "住培专业", "入培日期", None])
    sheet.append(["张伟", "男", MAN, "全科医学", "2026-09-01", None])
    for merged in ("A1:F1", "A2:C2", "D2:E2", "F2:F3"):
        sheet.merge_cells(merged)
    (table,) = read("residents", saved(book), "x.xlsx", known=Known(), on=ON).sheets
    assert table.header_rows == (2, 3)
    assert table.counts() == {"rows": 1, "accepted": 1, "corrected": 0, "refused": 0}


def test_a_sheet_may_hold_several_tables_one_under_another():
    head = ["姓名", "身份证号", "入培时间"]
    other = id_number("19990101")
    preview = read_rows(
        "residents",
        [
            ["2025级学员"],
            head,
            ["张伟", MAN, "2025-09"],
            ["合计", "1人"],
            [],
            ["2026级学员"],
            head,
            ["李强", other, "2026-09"],
            ["张伟", MAN, "2026-09"],
        ],
        sheet="名单",
    )
    assert [one.name for one in preview.sheets] == ["名单#2025级学员", "名单#2026级学员"]
    assert [one.counts()["rows"] for one in preview.sheets] == [1, 2]
    assert found(preview.refusals) == [("B", 9, "duplicate_in_file")]


def test_a_header_repeated_on_every_printed_page_is_no_data():
    head = ["姓名", "身份证号", "入培时间"]
    preview = read_rows(
        "residents",
        [head, ["张伟", MAN, "2026-09"], head, ["李强", id_number("19990101"), "2026-09"]],
    )
    assert preview.sheets[0].counts()["rows"] == 2
    assert (3, "header") in preview.sheets[0].ignored_rows


def test_notes_totals_blank_and_merely_numbered_rows_are_no_data():
    preview = read_rows(
        "residents",
        [
            ["填表说明：请按文本填写"],
            ["序号", "姓名", "身份证号", "入培时间"],
            [1, "张伟", MAN, "2026-09"],
            [2, None, None, None],
            ["合 计", "1人"],
            ["制表人：王某", None, "审核：李某"],
            ["以上学员均已报到，名单经科教科核对无误。"],
        ],
    )
    assert preview.sheets[0].counts()["rows"] == 1


def test_months_may_be_dates_words_or_numbers_under_a_year():
    legend = (Place("心内", "心血管内科", "县医院", "心内科"),)
    rows = [
        ["2026级轮转表（2026年11月起）"],
        ["姓名", datetime(2026, 9, 1), "2026年10月", "11月", "12月", "1月"],
        ["张伟", "心内", "心内", "心内", "心内", "病假"],
    ]
    preview = read_rows("plan", rows, known=Known(legend=legend), sheet="安排")
    months = preview.rows[0].record["months"]
    assert list(months) == ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01"]
    assert months["2027-01"] == "leave:病假"


def test_the_halves_of_a_month_may_be_columns_of_their_own():
    legend = (Place("眼", "眼科", "县医院", "眼科"), Place("皮", "皮肤科", "县医院", "皮肤科"))
    rows = [
        ["姓名", "2026年9月上半月", "2026年9月下半月", "2026年10月"],
        ["张伟", "眼", "皮", "眼/皮"],
    ]
    months = read_rows("plan", rows, known=Known(legend=legend)).rows[0].record["months"]
    assert months == {
        "2026-09": "眼科|县医院|眼科 || 皮肤科|县医院|皮肤科",
        "2026-10": "眼科|县医院|眼科 || 皮肤科|县医院|皮肤科",
    }


def test_without_a_legend_departments_are_found_by_their_own_names():
    departments = (
        Department("县医院", "心血管内科", ("心血管内科",)),
        Department("县医院", "综合内科", ("消化内科", "肾内科")),
    )
    rows = [["姓名", "2026-09", "2026-10"], ["张伟", "心血管内科", "综合内科"]]
    preview = read_rows("plan", rows, known=Known(departments=departments))
    assert preview.rows[0].record["months"] == {"2026-09": "心血管内科|县医院|心血管内科"}
    assert found(preview.refusals) == [("C", 2, "department_unknown")]


def test_both_ends_of_an_agreement_may_stand_in_one_cell():
    preview = read_rows(
        "sites",
        [
            ["单位名称", "类别", "床位数", "协议期限"],
            ["甲镇卫生院", "乡镇卫生院", "60张", "2024.1.1-2026.12.31"],
            ["乙镇卫生院", "乡镇卫生院", 50, "2026年1月1日至2024年12月31日"],
        ],
    )
    first, second = preview.rows
    assert (first.record["start"], first.record["end"]) == ("2024-01-01", "2026-12-31")
    assert [(one.value, one.category) for one in first.corrections] == [
        (60, "unit_text"),
        ("2024-01-01..2026-12-31", "date_text"),
    ]
    assert found(second.refusals) == [("D", 3, "end_before_start")]


def test_a_unit_in_a_header_counts_and_a_unit_in_the_cell_counts_more():
    head = ["机构名称", "级别", "床位（张）", "服务人口（万人）"]
    preview = read_rows("sites", [head, ["甲", "分院", 60, 5.2], ["乙", "分院", 60, "3万"]])
    assert [row.record["catchment"] for row in preview.rows] == [52000, 30000]
    head = ["日期", "类型", "题目", "时长（分钟）", "主讲人"]
    rows = [
        head,
        ["2026-11-02", "小讲课", "甲", 90, "陈"],
        ["2026-11-03", "小讲课", "乙", "2学时", "陈"],
    ]
    assert [row.record["hours"] for row in read_rows("activities", rows).rows] == [1.5, 2]


def test_longer_names_of_programmes_and_types_of_trainees_are_understood():
    head = ["姓名", "身份证号", "入培时间", "规培专业", "学员类别"]
    rows = [
        head,
        ["张伟", MAN, "2026-09", "全科医学（33个月）", "外单位委派"],
        ["王芳", WOMAN, "2026-09", "助理全科医生培训（24个月）", "农村订单定向免费生"],
        ["李强", id_number("19990101"), "2026-09", "全科医学（中医方向）", "社会人"],
    ]
    preview = read_rows("residents", rows)
    found_out = [(row.record["programme"], row.record["trainee_type"]) for row in preview.rows[:2]]
    assert found_out == [("GP33", "委培单位人"), ("AGP24", "订单定向")]
    assert found(preview.refusals) == [("D", 4, "programme_unknown")]


def test_institutions_written_once_for_many_rows_count_for_all_of_them():
    preview = read_csv(
        "sites",
        [
            ["机构", "科室", "标准科室", "名额"],
            ["县医院", "心内科", "心血管内科", "3"],
            ["", "骨科", "骨科", "2"],
        ],
    )
    assert [row.record["institution"] for row in preview.rows] == ["县医院", "县医院"]
    assert all(row.status == "accepted" for row in preview.rows)


def test_csv_may_be_separated_by_tabs_or_semicolons():
    rows = [["姓名", "身份证号", "入培时间"], ["张伟", MAN, "2026/9/1"]]
    for sign in "\t;":
        preview = read_csv("residents", rows, delimiter=sign)
        assert preview.rows[0].record["start"] == "2026-09-01"
        assert preview.rows[0].status == "accepted"


def test_line_breaks_inside_a_csv_cell_do_not_shift_its_rows():
    rows = [
        ["姓名", "身份证号", "入培时间", "备注"],
        ["张伟", MAN, "2026-09", "一\n二"],
        ["李强", "1", "2026-09", ""],
    ]
    preview = read_csv("residents", rows)
    assert found(preview.refusals) == [(2, 3, "id_checksum")]


def test_sheets_that_are_no_table_are_named_and_left_out():
    content = xlsx(
        封面=[["某基地"], ["2026年"]],
        名单=[["姓名", "身份证号", "入培时间"], ["张伟", MAN, "2026-09"]],
        缺列=[["姓名", "手机", "入培时间"], ["张伟", "147", "2026-09"]],
    )
    preview = read("residents", content, "x.xlsx", known=Known(), on=ON)
    assert [one.name for one in preview.sheets] == ["名单"]
    assert set(preview.ignored_sheets) == {"封面", "缺列"}
    assert "身份证号" in preview.ignored_sheets["缺列"]


def test_hidden_sheets_are_left_out():
    book = openpyxl.load_workbook(
        __import__("io").BytesIO(
            xlsx(名单=[["姓名", "身份证号", "入培时间"], ["张伟", MAN, "2026-09"]])
        )
    )
    copy = book.copy_worksheet(book["名单"])
    copy.sheet_state = "hidden"
    preview = read("residents", saved(book), "x.xlsx", known=Known(), on=ON)
    assert len(preview.rows) == 1
    assert copy.title in preview.ignored_sheets


def test_the_sexes_and_cohorts_are_told_from_other_cells_where_their_columns_are_missing():
    (row,) = read_rows(
        "residents", [["姓名", "身份证号", "入培时间"], ["王芳", WOMAN, "2026-09"]]
    ).rows
    assert (row.record["sex"], row.record["cohort"]) == ("女", 2026)
    assert (row.record["phone"], row.record["programme"]) == (None, "GP33")


def test_two_residents_of_one_name_are_told_apart_by_cohort_or_refused():
    known = Known(
        residents=(Resident("张伟", 2025, MAN), Resident("张伟", 2026, id_number("19990101")))
    )
    head = ["姓名", "年级", "请假类别", "开始日期", "结束日期"]
    preview = read_rows(
        "leaves",
        [
            head,
            ["张伟", "2025级", "事假", "2026-11-02", "2026-11-03"],
            ["张伟", None, "事假", "2026-11-05", "2026-11-06"],
        ],
        known=known,
    )
    assert preview.rows[0].record["id_tail"] == MAN[-6:]
    assert found(preview.refusals) == [("A", 3, "person_ambiguous")]


def test_people_and_speakers_who_are_not_known_are_refused_with_their_cell():
    known = Known(
        residents=(Resident("张伟", 2026, MAN),),
        faculty=(FacultyMember("陈主任", "1"),),
        legend=(Place("心内", "心血管内科", "县医院", "心内科"),),
    )
    head = ["活动日期", "活动类型", "主题", "主讲人", "科室", "参加学员"]
    preview = read_rows(
        "activities",
        [
            head,
            ["2026-11-02", "小讲课", "甲", "陈主任", "心内", "张伟"],
            ["2026-11-02", "小讲课", "乙", "生人", "心内", "张伟"],
            ["2026-11-02", "小讲课", "丙", "陈主任", "血透", "张伟"],
            ["2026-11-02", "小讲课", "丁", "陈主任", "心内", "张伟、某某"],
        ],
        known=known,
    )
    assert found(preview.refusals) == [
        ("D", 3, "speaker_unknown"),
        ("E", 4, "department_unknown"),
        ("F", 5, "person_unknown"),
    ]


def test_a_leave_may_not_overlap_one_the_base_already_has_but_may_be_it():
    from trainingbase.sheets.known import Leave

    known = Known(leaves=(Leave("张伟", 2026, "事假", "2026-11-02", "2026-11-04"),))
    head = ["姓名", "年级", "假别", "开始时间", "结束时间"]
    same = ["张伟", "2026级", "事假", "2026-11-02", "2026-11-04"]
    other = ["张伟", "2026级", "病假", "2026-11-04", "2026-11-05"]
    assert read_rows("leaves", [head, same], known=known).refusals == []
    preview = read_rows("leaves", [head, other], known=known)
    assert found(preview.refusals) == [("D", 2, "leave_overlaps_leave")]


def test_a_file_of_another_kind_is_refused_by_what_is_missing_and_what_was_found():
    with pytest.raises(FileFault) as fault:
        read_rows("faculty", [["姓名", "身份证号", "入培时间"], ["张伟", MAN, "2026-09"]])
    assert "工号" in fault.value.message("zh")
    assert "身份证号" in fault.value.message("zh")
