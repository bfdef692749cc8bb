"""What cannot be read is said at the field, and nothing is kept of it."""

import io
import zipfile

import pytest
from sqlalchemy import func, select

from tests.imports.conftest import (
    RESIDENT_HEADER,
    id_number,
    resident_row,
    residents_file,
    xlsx,
)
from tests.imports.test_preview import send, text
from trainingbase.db import db
from trainingbase.imports.models import Import

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def a_zip_that_is_no_workbook():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return target.getvalue()


BAD = {
    "an old or encrypted workbook": (OLE, "old .xls file or an encrypted workbook"),
    "a damaged workbook": (b"PK\x03\x04 nonsense", "damaged"),
    "another kind of zip": (a_zip_that_is_no_workbook(), "neither"),
    "an empty file": (b"", "empty"),
    "an empty workbook": (xlsx(住培学员=[]), "empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "neither"),
    "a missing column": (
        xlsx(住培学员=[["姓名", "性别", "手机"], ["王禾", "女", "14500000000"]]),
        "missing columns",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_at_its_field(browse, office, name):
    content, message = BAD[name]
    page = send(browse(office), content, kind="residents")
    assert page.status_code == 422
    assert message in text(page)
    assert 'id="workbook-error"' in text(page)
    assert db.session.scalar(select(func.count()).select_from(Import)) == 0


def test_a_missing_column_is_named_with_what_was_found(browse, office):
    page = text(send(browse(office), BAD["a missing column"][0], kind="residents"))
    assert "身份证号" in page and "手机" in page


def test_no_file_is_asked_for_at_the_field(browse, office):
    page = browse(office).post("/imports/", data={"kind": "", "on": "2026-11-30"})
    assert page.status_code == 422 and "Choose a file." in text(page)


def test_the_day_typed_is_kept_when_the_file_is_refused(browse, office):
    page = send(browse(office), OLE, kind="residents")
    assert 'value="2026-11-30"' in text(page)


def test_a_file_of_another_kind_is_recognised(browse, office):
    content = residents_file(resident_row("王禾"))
    page = send(browse(office), content, kind="incentives")
    assert page.status_code == 422
    assert "It looks like this: Residents." in text(page)


def test_a_table_nobody_knows_asks_what_it_holds(browse, office):
    page = send(browse(office), xlsx(表=[["颜色", "天气"], ["红", "晴"]]))
    assert page.status_code == 422 and "Choose what it holds." in text(page)


FIFTY_MB = {"CONTENT_LENGTH": str(50 * 1024**2)}


def test_a_file_beyond_the_limit_is_refused_at_its_field_without_being_read(browse, office):
    page = send(browse(office), b"PK\x03\x04", environ_overrides=FIFTY_MB)
    assert page.status_code == 413
    assert "larger than 20 MB" in text(page) and 'id="workbook-error"' in text(page)


def test_who_may_bring_nothing_in_gets_the_plain_page(client, browse, alice):
    for browser in (client, browse(alice)):
        page = send(browser, b"PK\x03\x04", environ_overrides=FIFTY_MB)
        assert page.status_code in (302, 403, 413)
        assert "Read and preview" not in text(page)


def test_a_formula_is_refused_in_its_cell(browse, office):
    row = resident_row("王禾")
    row[3] = "=1+1"
    browser = browse(office)
    page = text(browser.get(send(browser, residents_file(row)).headers["Location"]))
    assert "a data cell holds a formula: =1+1" in page


def test_a_row_given_twice_is_taken_once(browse, office):
    content = residents_file(resident_row("王禾"), resident_row("王禾"))
    browser = browse(office)
    page = text(browser.get(send(browser, content).headers["Location"]))
    assert "the same as row 2" in page and "Confirm: save 1 rows" in page


def test_a_csv_of_an_office_computer_is_read(browse, office):
    lines = [",".join(RESIDENT_HEADER), f"王禾,女,{id_number(960)},,社会人,全科,3,2026.9,"]
    browser = browse(office)
    sent = send(browser, "\r\n".join(lines).encode("gb18030"), name="花名册.csv")
    assert "Confirm: save 1 rows" in text(browser.get(sent.headers["Location"]))


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\x\\花名册.xlsx", "a\x01b.xlsx", "x" * 900]
)
def test_a_files_name_is_only_shown(browse, office, name):
    browser = browse(office)
    sent = send(browser, residents_file(resident_row("王禾")), name=name)
    assert browser.get(sent.headers["Location"]).status_code == 200
    kept = db.session.scalars(select(Import.filename)).one()
    assert "/" not in kept and "\\" not in kept and "\x01" not in kept and len(kept) <= 200


def test_more_rows_than_a_base_can_have_are_refused_at_once(browse, office):
    lines = ["姓名,性别,身份证号,入培时间"] + [",".join(["王禾", "女", "", "2026-9-1"])] * 10_001
    page = send(browse(office), "\n".join(lines).encode(), kind="residents", name="x.csv")
    assert page.status_code == 422 and "more than 10000 rows" in text(page)
