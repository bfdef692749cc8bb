"""What the office sees of a workbook before and after it confirms."""

import io

import openpyxl
import pytest
from sqlalchemy import func, select

from tests.imports.conftest import id_number, resident_row, residents_file, xlsx
from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.imports.models import Import, ImportRow
from trainingbase.people.models import Person


def send(browser, content, *, kind="", name="花名册.xlsx", form_key="", **more):
    data = {"workbook": (io.BytesIO(content), name), "kind": kind, "on": "2026-11-30"}
    return browser.post("/imports/", data=data | {"form_key": form_key}, **more)


def text(page):
    return page.get_data(as_text=True)


def residents():
    return db.session.scalar(select(func.count()).select_from(Resident))


TWO = residents_file(resident_row("王　禾"), resident_row("徐嘉", 961, start="2026年9月31日"))


def test_every_row_is_shown_with_what_was_corrected_and_why_it_was_refused(browse, office):
    browser = browse(office)
    sent = send(browser, TWO)
    assert sent.status_code == 302
    page = text(browser.get(sent.headers["Location"]))
    assert "<del>王　禾</del> → <ins>王禾</ins>" in page
    assert "spaces inside a name" not in page and "space inside a name removed" in page
    assert "no such day: 2026年9月31日" in page
    assert "Confirm: save 1 rows" in page
    assert residents() == 0


def test_reasons_are_given_in_the_viewers_language(browse, office):
    office.language = "zh"
    db.session.commit()
    browser = browse(office)
    page = text(browser.get(send(browser, TWO).headers["Location"]))
    assert "去掉姓名中的空格" in page and "没有这一天：2026年9月31日" in page
    assert "space inside a name" not in page


def test_confirming_keeps_the_rows_once_however_often_it_is_sent(browse, office):
    browser = browse(office)
    url = send(browser, TWO).headers["Location"]
    assert residents() == 0
    first = browser.post(f"{url}/confirmation")
    assert first.headers["Location"] == url
    assert residents() == 1
    assert "Saved: 1 new, 0 changed, 0 unchanged." in text(browser.get(url))
    browser.post(f"{url}/confirmation")
    assert "had already been confirmed" in text(browser.get(url))
    assert residents() == 1
    trail = select(Entry.act).where(Entry.subject == "imports").order_by(Entry.id)
    acts = db.session.scalars(trail).all()
    assert acts == ["bring-in-workbook", "confirm-import"]


def test_a_discarded_preview_cannot_be_confirmed(browse, office):
    browser = browse(office)
    url = send(browser, TWO).headers["Location"]
    browser.post(f"{url}/discarding")
    browser.post(f"{url}/confirmation")
    assert residents() == 0
    assert "Confirm: save" not in text(browser.get(url))


def test_the_same_file_again_is_said_to_change_nothing(browse, office):
    browser = browse(office)
    browser.post(send(browser, TWO).headers["Location"] + "/confirmation")
    url = send(browser, TWO).headers["Location"]
    page = text(browser.get(url))
    assert "confirming changes nothing" in page and "This very file was confirmed" in page
    browser.post(f"{url}/confirmation")
    assert "Saved: 0 new, 0 changed, 1 unchanged." in text(browser.get(url))


def test_a_change_is_shown_as_field_old_and_new(browse, office, take_in):
    take_in("residents", residents_file(resident_row("王禾")))
    browser = browse(office)
    again = residents_file(resident_row("王禾", phone="14511111111"))
    url = send(browser, again).headers["Location"]
    assert "Phone: 14500000000 → 14511111111" in text(browser.get(url))
    browser.post(f"{url}/confirmation")
    assert db.session.scalars(select(Person.phone).where(Person.name == "王禾")).one() == (
        "14511111111"
    )


def test_what_changed_meanwhile_is_judged_anew_before_anything_is_kept(browse, office, bring_in):
    browser = browse(office)
    url = send(browser, TWO).headers["Location"]
    other = bring_in("residents", residents_file(resident_row("王禾", phone="14522222222")))
    browser.post(f"/imports/{other.id}/confirmation")
    browser.post(f"{url}/confirmation")
    page = text(browser.get(url))
    assert "It is judged anew: look again." in page
    assert "Phone: 14522222222 → 14500000000" in page
    assert db.session.scalars(select(Person.phone).where(Person.name == "王禾")).one() == (
        "14522222222"
    )
    browser.post(f"{url}/confirmation")
    assert "Saved: 0 new, 1 changed" in text(browser.get(url))


def test_an_upload_sent_twice_is_one_import(browse, office):
    browser = browse(office)
    urls = {send(browser, TWO, form_key="pressed twice").headers["Location"] for _ in range(2)}
    assert len(urls) == 1
    assert db.session.scalar(select(func.count()).select_from(Import)) == 1


def test_refused_rows_are_taken_away_mended_and_brought_in_by_themselves(browse, office):
    browser = browse(office)
    url = send(browser, TWO).headers["Location"]
    browser.post(f"{url}/confirmation")
    taken = browser.get(f"{url}/refused.xlsx")
    assert taken.mimetype.endswith("spreadsheetml.sheet")
    book = openpyxl.load_workbook(io.BytesIO(taken.data))
    sheet = book["住培学员"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][0] == "姓名" and rows[0][-1] == "Why it was refused"
    assert [row[0] for row in rows[1:]] == ["徐嘉"]
    assert "no such day" in rows[1][-1]
    start = rows[0].index("入培时间") + 1
    sheet.cell(2, start, "2026-09-30")
    mended = io.BytesIO()
    book.save(mended)
    again = send(browser, mended.getvalue()).headers["Location"]
    browser.post(f"{again}/confirmation")
    assert residents() == 2


def test_rows_are_found_by_judgement_and_sheet(browse, office):
    browser = browse(office)
    url = send(browser, TWO).headers["Location"]
    refused = text(browser.get(f"{url}?status=refused"))
    assert "徐嘉" in refused and "王禾" not in refused
    assert "No rows here" in text(browser.get(f"{url}?status=accepted"))
    assert "徐嘉" in text(browser.get(f"{url}?sheet=住培学员"))


def test_past_imports_are_found_by_what_they_hold_and_their_state(browse, office, take_in):
    take_in("residents", TWO)
    browser = browse(office)
    for asked, there in (
        ("holds=residents", True),
        ("holds=leaves", False),
        ("state=confirmed", True),
        ("state=open", False),
        ("state=discarded", False),
    ):
        assert ("表.xlsx" in text(browser.get(f"/imports/?{asked}"))) is there, asked


@pytest.mark.parametrize("asked", ["status=nonsense", "sheet=nowhere", "page=99999", "page=x"])
def test_a_forged_filter_is_no_error(browse, office, bring_in, asked):
    import_ = bring_in("residents", TWO)
    assert browse(office).get(f"/imports/{import_.id}?{asked}").status_code == 200


def test_a_preview_asks_the_database_as_often_for_many_rows_as_for_few(
    browse, office, bring_in, statements
):
    few = bring_in("residents", residents_file(resident_row("王禾")))
    rows = (resident_row(f"学员{number}", number) for number in range(100, 300))
    many = bring_in("residents", residents_file(*rows))
    browser = browse(office)
    small, large = f"/imports/{few.id}", f"/imports/{many.id}"
    assert statements(lambda: browser.get(small)) == statements(lambda: browser.get(large))


def test_the_list_of_imports_asks_as_often_for_many_as_for_few(
    browse, office, bring_in, statements
):
    bring_in("residents", TWO)
    browser = browse(office)
    few = statements(lambda: browser.get("/imports/"))
    for _ in range(12):
        bring_in("residents", TWO)
    assert statements(lambda: browser.get("/imports/")) == few


def test_what_a_workbook_holds_is_seen_from_its_columns(browse, office):
    browser = browse(office)
    header = ["姓名", "请假类型", "开始日期", "结束日期", "状态"]
    leaves = xlsx(表=[header, ["甲乙", "事假", "2026-9-4", "2026-9-5", "已批准"]])
    for content, kind in ((TWO, "residents"), (leaves, "leaves")):
        url = send(browser, content).headers["Location"]
        assert db.session.get(Import, int(url.rsplit("/", 1)[1])).kind == kind


def test_an_auditor_reads_what_was_brought_in_and_changes_nothing(browse, auditor, bring_in):
    import_ = bring_in("residents", TWO)
    browser = browse(auditor)
    listed = text(browser.get("/imports/"))
    assert "表.xlsx" in listed and "Read and preview" not in listed
    page = text(browser.get(f"/imports/{import_.id}"))
    assert "王禾" in page and "Confirm: save" not in page
    for path in ("confirmation", "discarding"):
        assert browser.post(f"/imports/{import_.id}/{path}").status_code == 403
    assert browser.get(f"/imports/{import_.id}/refused.xlsx").status_code == 403
    assert send(browser, TWO).status_code == 403


def test_a_resident_and_a_teacher_see_no_imports(browse, alice, mei, bring_in):
    import_ = bring_in("residents", TWO)
    for person in (alice, mei):
        browser = browse(person)
        assert browser.get("/imports/").status_code == 403
        assert browser.get(f"/imports/{import_.id}").status_code == 403


def test_an_import_that_is_not_there_is_not_found(browse, office):
    browser = browse(office)
    assert browser.get("/imports/987654").status_code == 404
    assert browser.post("/imports/987654/confirmation").status_code == 404
    assert browser.get("/imports/templates/poems.xlsx").status_code == 404


def test_each_kind_has_a_blank_workbook_that_its_own_import_understands(browse, office):
    browser = browse(office)
    page = browser.get("/imports/templates/residents.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(page.data))
    sheet = book.worksheets[0]
    header = [cell.value.rstrip("*") for cell in sheet[1]]
    known = {
        "姓名": "王禾",
        "性别": "女",
        "身份证号": id_number(960),
        "培训专业": "全科",
        "入培时间": "2026-09-01",
    }
    for column, name in enumerate(header, start=1):
        sheet.cell(2, column, known.get(name))
    filled = io.BytesIO()
    book.save(filled)
    url = send(browser, filled.getvalue()).headers["Location"]
    browser.post(f"{url}/confirmation")
    assert residents() == 1


def test_the_file_itself_is_never_served(browse, office, bring_in):
    import_ = bring_in("residents", TWO)
    browser = browse(office)
    for url in ("/imports/", f"/imports/{import_.id}", f"/imports/{import_.id}/refused.xlsx"):
        assert TWO not in browser.get(url).data
    assert db.session.scalar(select(func.count()).select_from(ImportRow)) == 2
