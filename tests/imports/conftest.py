"""Workbooks brought in, with the county's own files and small ones made here."""

import io
import json
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import event, select

from trainingbase import paths
from trainingbase.db import db
from trainingbase.imports import actions, queries

EXPECTED = json.loads(
    (Path(__file__).parents[1] / "sheets" / "expected.json").read_text(encoding="utf-8")
)
ON = date.fromisoformat(EXPECTED["judged_on"])
AT = datetime(2026, 11, 30, 8, tzinfo=UTC)
FILES = {
    "programme": "programme.xlsx",
    "sites": "sites.xlsx",
    "faculty": "faculty.xlsx",
    "residents": "residents.xlsx",
    "plan": "plan_grid.xlsx",
    "leaves": "leaves.xlsx",
    "exams": "exam_results.xlsx",
    "activities": "activities.xlsx",
    "incentives": "incentives.xlsx",
}


def county_file(kind):
    return (paths.DEMO_COUNTY / FILES[kind]).read_bytes()


def xlsx(**sheets):
    """A workbook of sheets given as lists of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def id_number(serial):
    """A woman's number with a right checksum."""
    start = f"36042819981011{serial * 2 % 1000:03}"  # even: a woman
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(start, weights, strict=True))
    return start + "10X98765432"[total % 11]


RESIDENT_HEADER = [
    "姓名",
    "性别",
    "身份证号",
    "手机",
    "人员类型",
    "培训专业",
    "年限",
    "入培时间",
    "责任导师",
]


def resident_row(name, serial=960, *, phone="14500000000", start="2026-09-01", tutor=None):
    return [name, "女", id_number(serial), phone, "社会人", "全科", 3, start, tutor]


def residents_file(*rows, header=RESIDENT_HEADER):
    return xlsx(住培学员=[header, *rows])


SITES = [
    "机构名称",
    "科室名称",
    "对应标准科室",
    "每月最多人数",
    "每月最少人数",
    "停收月份",
    "教学秘书",
]


def sites(closed=None, most=2, secretary=None):
    row = ["Lead Hospital", "Medicine", "Medicine", most, 0, closed, secretary]
    return xlsx(科室=[SITES, row])


FACULTY = [
    "姓名",
    "工号",
    "所在机构",
    "科室",
    "职称",
    "师资证编号",
    "取证日期",
    "同时带教人数上限",
    "备注",
]


def faculty(*rows):
    return xlsx(师资=[FACULTY, *rows])


def teacher(name="段若思", number="2001", department="Medicine", note=None, title="主治"):
    return [name, number, "Lead Hospital", department, title, "SJ1", "2025-02-02", 2, note]


def problems(import_, what="refusal"):
    return [
        (row.row, problem["category"])
        for row in queries.rows_of(import_)
        for problem in row.problems
        if problem["what"] == what
    ]


def the(model, *where):
    return db.session.scalars(select(model).where(*where)).one()


@pytest.fixture
def bring_in(county, office):
    """`bring_in("residents", content)`: an import to be confirmed, by the office."""

    def bring(kind, content, filename="表.xlsx"):
        return actions.bring_in(kind, content, filename, on=ON, by=office, at=AT)

    return bring


@pytest.fixture
def take_in(bring_in, office):
    """`take_in("residents", content)`: the import, confirmed."""

    def take(kind, content, filename="表.xlsx"):
        import_ = bring_in(kind, content, filename)
        actions.confirm(import_, by=office, at=AT)
        return import_

    return take


@pytest.fixture
def listening(app):
    """`with listening() as said:` the statements that reach the database meanwhile."""

    @contextmanager
    def listen():
        said = []

        def note(_connection, _cursor, statement, *_):
            if not statement.startswith(("BEGIN", "PRAGMA", "ROLLBACK", "COMMIT")):
                said.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return listen
