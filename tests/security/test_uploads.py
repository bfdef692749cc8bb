"""A large file that one person brings in does not keep the others waiting."""

import io

from sqlalchemy import create_engine, text

from trainingbase.imports import actions


def test_others_write_while_a_file_is_read(app, browse, office, monkeypatch):
    """SQLite has one writer: whoever reads a file for long must not be it."""
    other = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    reads = []

    def meanwhile(original):
        def read(*arguments, **options):
            with other.begin() as connection:
                connection.execute(text("UPDATE people SET phone = '1'"))
            reads.append(original.__name__)
            return original(*arguments, **options)

        return read

    monkeypatch.setattr(actions, "likely_kind", meanwhile(actions.likely_kind))
    monkeypatch.setattr(actions.sheets, "read", meanwhile(actions.sheets.read))
    content = "姓名,身份证号,入培时间\n王禾,110101200001010025,2026-09-01\n".encode()
    sent = {"workbook": (io.BytesIO(content), "x.csv"), "kind": "", "on": "2026-11-22"}
    page = browse(office).post("/imports/", data=sent)
    other.dispose()
    assert page.status_code == 302
    assert reads == ["likely_kind", "read"]


def test_a_file_at_fault_is_told_also_to_who_brought_others_in(browse, office):
    browser = browse(office)
    content = "姓名,身份证号,入培时间\n王禾,110101200001010025,2026-09-01\n".encode()
    sent = {"workbook": (io.BytesIO(content), "x.csv"), "kind": "", "on": "2026-11-22"}
    assert browser.post("/imports/", data=sent).status_code == 302
    for kind in ("", "residents", "leaves"):
        wrong = {"workbook": (io.BytesIO(b"%PDF-1.7"), "x.xlsx"), "kind": kind, "on": "2026-11-22"}
        assert browser.post("/imports/", data=wrong).status_code == 422
