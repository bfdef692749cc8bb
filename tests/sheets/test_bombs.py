"""Small files that would grow without end are refused before anything is made of them."""

import pytest

from tests.sheets.sheetmaking import csv_bytes
from tests.sheets.test_bad_files import HEAD, fault_of, packed
from trainingbase.sheets import Limits

BEGIN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FIRST = '<row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


def book(sheet):
    return packed({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": sheet})


def test_millions_of_empty_cells_are_refused():
    many = book(BEGIN + "<c/>" * 1_100_000)
    assert fault_of(many, limits=Limits(ratio=10**6)).code == "too_many_cells"
    assert fault_of(book(BEGIN + '<x:c r="A1"/>' * 9), limits=Limits(cells=8)).code == (
        "too_many_cells"
    )


def test_a_csv_of_too_many_cells_is_refused():
    content = csv_bytes([HEAD, *([["1"] * 4] * 30)])
    assert fault_of(content, "x.csv", limits=Limits(cells=100)).code == "too_many_cells"


@pytest.mark.parametrize(
    "range_",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        "<mergeCells><mergeCell  other='x'\n ref = 'a1:xfd1048576'/></mergeCells>",
        '<mergeCells><mergeCell ref="A:XFD"/></mergeCells>',
        '<x:mergeCell ref="$A$1:$XFD$1048576"/>',
        '<hyperlinks><hyperlink ref="A1:Z1048576" location="x"/></hyperlinks>',
        '<mergeCell ref="A1:ALL1000"/>' * 2,
    ],
)
def test_a_range_over_the_whole_sheet_is_refused(range_):
    assert fault_of(book(BEGIN + FIRST + range_)).code == "too_many_cells"
    late = BEGIN + FIRST + " " * (1024 * 1024 - len(BEGIN + FIRST) - 9) + "é" * 1000 + range_
    assert fault_of(book(late)).code in ("too_many_cells", "too_large_inside")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_wherever_they_stand(encoding):
    entity = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    content = packed({"xl/workbook.xml": "<x/>", "xl/strange.name": entity.encode(encoding)})
    assert "DOCTYPE" in fault_of(content).message("en")
    astride = b"<?xml?>" + b"-" * (1024 * 1024 - 11) + entity.encode()
    content = packed({"xl/workbook.xml": "<x/>", "xl/a.xml": astride})
    limits = Limits(ratio=10**6)
    assert "DOCTYPE" in fault_of(content, limits=limits).message("en")


def test_a_title_merged_over_the_table_is_read():
    from openpyxl import Workbook

    from tests.sheets.sheetmaking import ON, id_number, saved
    from trainingbase.sheets import Known, read

    made = Workbook()
    made.active.append(["全科住培学员名单"])
    made.active.merge_cells("A1:XFD1")
    made.active.append(HEAD)
    made.active.append(["张伟", id_number(), "2026-09", None])
    assert len(read("residents", saved(made), "x.xlsx", known=Known(), on=ON).rows) == 1
