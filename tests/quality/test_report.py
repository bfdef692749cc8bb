"""The numbers as a workbook, and a chart as a file."""

from decimal import Decimal
from io import BytesIO

import pytest

from trainingbase.quality.waiting import waited

AUTUMN = "first=2026-09&last=2026-11"


def test_waiting_times_are_told_by_department_the_slowest_first():
    rows = [(1, Decimal(hours)) for hours in (10, 20, 60)] + [(2, Decimal(200))]
    slow, quick = waited(rows)
    assert (slow.department_id, slow.forms, slow.median, slow.within_a_week) == (2, 1, 200, 0)
    assert (quick.median, quick.ninth_decile) == (20, pytest.approx(52))
    assert quick.within_two_days == pytest.approx(2 / 3)


def test_where_nothing_was_answered_there_is_nothing_to_tell():
    assert waited([]) == []


def test_all_numbers_come_as_one_workbook(autumn, taught, leader, browse):
    import openpyxl

    answer = browse(leader).get(f"/quality/report.xlsx?{AUTUMN}")
    sheets = openpyxl.load_workbook(BytesIO(answer.data)).sheetnames
    assert "Hours until a form is submitted" in sheets
    assert len(sheets) == 8


def test_a_chart_comes_as_a_file_that_needs_no_network(autumn, taught, leader, browse):
    answer = browse(leader).get(f"/quality/figures/placements-by-month/chart.html?{AUTUMN}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert b"Plotly.newPlot" in answer.data
    assert b'src="http' not in answer.data
    assert browse(leader).get("/quality/figures/x/chart.html").status_code == 404
