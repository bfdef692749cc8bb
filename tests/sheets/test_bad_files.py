"""Files that cannot be taken are refused before they cost anything, with what was found."""

import io
import zipfile

import openpyxl
import pytest

from tests.sheets.sheetmaking import ON, csv_bytes, found, id_number, read_rows, saved, xlsx
from trainingbase.sheets import FileFault, Known, Limits, read
from trainingbase.sheets.words import FILE_FAULTS

HEAD = ["姓名", "身份证号", "入培时间", "备注"]


def fault_of(content, filename="x.xlsx", **options):
    with pytest.raises(FileFault) as raised:
        read("residents", content, filename, known=Known(), on=ON, **options)
    for language in ("zh", "en"):
        assert "{" not in raised.value.message(language)
    return raised.value


def packed(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 \x00\x01\x02 " * 9, "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" * 9, "JPEG"),
        (packed({"word/document.xml": "<x/>"}), ".docx"),
        (packed({"readme.txt": "hello"}), "zip"),
    ],
)
def test_what_a_file_is_is_judged_by_its_bytes_and_not_by_its_name(content, name):
    fault = fault_of(content, "residents.xlsx")
    assert fault.code == "not_a_table"
    assert name in fault.message("en")


def test_an_xlsx_named_csv_is_read_as_the_workbook_it_is():
    content = xlsx(名单=[HEAD, ["张伟", id_number(), "2026-09", None]])
    assert len(read("residents", content, "names.csv", known=Known(), on=ON).rows) == 1


def test_old_and_encrypted_workbooks_are_told_apart_from_damaged_ones():
    assert fault_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600).code == "old_excel"
    assert fault_of(b"PK\x03\x04 broken").code == "damaged"
    whole = xlsx(名单=[HEAD])
    assert fault_of(whole[: len(whole) // 2]).code == "damaged"


@pytest.mark.parametrize("content", [b"", b"  \r\n \r\n", xlsx(名单=[])])
def test_empty_files_are_called_empty(content):
    assert fault_of(content).code == "empty"


def test_a_large_file_is_refused_before_it_is_parsed():
    fault = fault_of(b"PK" + b"\x00" * (50 * 1024 * 1024))
    assert fault.code == "too_large"
    assert "50.0" in fault.message("zh")


def test_a_zip_bomb_is_refused_by_its_ratio_and_by_its_size():
    bomb = packed({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b" " * 30_000_000})
    assert fault_of(bomb).code == "too_large_inside"
    plain = packed({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": b"ab" * 700_000})
    assert (
        fault_of(plain, limits=Limits(unpacked=1_000_000, ratio=10**6)).code == "too_large_inside"
    )


def test_entities_are_refused_unread():
    content = packed(
        {
            "xl/workbook.xml": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
            "xl/worksheets/sheet1.xml": "<x/>",
        }
    )
    assert "DOCTYPE" in fault_of(content).message("en")


def test_too_many_rows_or_columns_are_refused():
    rows = [HEAD, *([["张伟", "1", "2026-09", None]] * 30)]
    limits = Limits(rows=20)
    assert fault_of(xlsx(名单=rows), limits=limits).code == "too_many_rows"
    assert fault_of(csv_bytes(rows), "x.csv", limits=limits).code == "too_many_rows"
    wide = [HEAD + [f"列{n}" for n in range(100)]]
    limits = Limits(columns=50)
    assert fault_of(xlsx(名单=wide), limits=limits).code == "too_many_columns"
    assert fault_of(csv_bytes(wide), "x.csv", limits=limits).code == "too_many_columns"


def test_a_cell_far_away_costs_nothing_and_changes_nothing():
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(["张伟", id_number(), "2026-09", None])
    book.active.cell(90_000, 1).number_format = "0.00"
    preview = read("residents", saved(book), "x.xlsx", known=Known(), on=ON)
    assert preview.sheets[0].counts()["rows"] == 1


def test_a_csv_in_an_unknown_encoding_says_so():
    assert fault_of("姓名,身份证号\n".encode() + b"\xff\xff\n", "x.csv").code == "encoding"


def test_a_missing_column_is_named_with_those_that_were_found():
    fault = fault_of(xlsx(名单=[["姓名", "入培时间", "手机"], ["张伟", "2026-09", "1"]]))
    assert fault.code == "no_table"
    assert "身份证号" in fault.message("zh")
    assert "手机" in fault.message("zh")
    assert "名单" in fault.message("en")


def test_a_formula_in_a_data_cell_is_refused_with_its_cell():
    preview = read_rows(
        "residents", [HEAD, ["张伟", id_number(), "2026-09", '=HYPERLINK("http://x")']]
    )
    (problem,) = preview.refusals
    assert (problem.column, problem.row, problem.category) == ("D", 2, "formula")
    assert problem.raw.startswith("=HYPERLINK")


def test_a_formula_in_a_total_or_a_column_nobody_reads_is_no_fault():
    rows = [
        ["序号", *HEAD, "合计列"],
        ["=ROW()-1", "张伟", id_number(), "2026-09", None, "=1+1"],
        ["合计", '=COUNTA(B2:B2)&"人"'],
    ]
    preview = read_rows("residents", rows)
    assert preview.refusals == []
    assert preview.sheets[0].counts()["rows"] == 1


def test_an_error_value_is_refused_with_its_cell():
    preview = read_rows("residents", [HEAD, ["张伟", id_number(), "#REF!", None]])
    assert found(preview.refusals) == [("C", 2, "cell_error")]


def test_control_characters_are_taken_off_and_said_so():
    content = csv_bytes([HEAD, ["张\x07伟", id_number(), "2026-09", "a\x0bb"]])
    (row,) = read("residents", content, "x.csv", known=Known(), on=ON).rows
    assert (row.record["name"], row.record["note"]) == ("张伟", "ab")
    assert {one.category for one in row.corrections} == {"control_characters"}


def test_an_empty_cell_that_must_be_filled_in_is_refused():
    preview = read_rows(
        "residents", [HEAD, ["张伟", None, "2026-09", None], [None, id_number(), "2026-09", "x"]]
    )
    assert found(preview.refusals) == [("B", 2, "missing_value"), ("A", 3, "missing_value")]


def test_an_unknown_kind_is_refused():
    with pytest.raises(FileFault) as raised:
        read("poems", b"x", "x.csv", known=Known(), on=ON)
    assert "poems" in raised.value.message("en")


def test_every_file_fault_says_what_it_means_in_both_languages():
    for code, (zh, en) in FILE_FAULTS.items():
        assert zh != en, code
