"""Another edition of the official form is entered as a workbook, and used from a year on."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from trainingbase import clock
from trainingbase.db import db
from trainingbase.selfassessment import queries
from trainingbase.selfassessment.models import Indicator, IndicatorPart, OfficialForm, OwnScore

HOME = "/self-assessment/"
FORMS = f"{HOME}forms"


@pytest.fixture
def e21(county):
    return db.session.query(OfficialForm).one()


@pytest.fixture
def office_browser(browse, office):
    return browse(office)


@pytest.fixture
def book(office_browser, e21):
    """The workbook of the form that is there, under another code."""
    answer = office_browser.get(f"{FORMS}/{e21.id}/export/xlsx")
    made = load_workbook(BytesIO(answer.data))
    cell(made, "Official form", "Code of the form", "E23")
    return made


def cell(book, sheet: str, row: str, value) -> None:
    line = next(one for one in book[sheet].iter_rows() if one[0].value == row)
    line[1].value = value


def sent(browser, book, key: str = "one"):
    content = BytesIO()
    book.save(content)
    data = {"form_key": key, "file": (BytesIO(content.getvalue()), "e23.xlsx")}
    return browser.post(f"{FORMS}/new", data=data, content_type="multipart/form-data")


def said(edition: OfficialForm) -> list:
    return [
        [(i.code, i.name, i.name_en, i.section, i.is_core, i.source, i.confidence,
          [(p.points, p.name, p.name_en, p.finding, p.settings) for p in i.parts])
         for i in edition.items],
        [(v.name, v.name_en, v.total, v.quality, v.core) for v in edition.verdicts],
        [(c.name, c.source, c.confidence, c.needs_department) for c in edition.conditions],
        (edition.quality_section, edition.core_met_share, edition.failed_name),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_downloaded_is_what_is_entered(office_browser, e21, book, language):
    if language == "zh":
        office_browser.post("/language", data={"language": "zh"})
        answer = office_browser.get(f"{FORMS}/{e21.id}/export/xlsx")
        book = load_workbook(BytesIO(answer.data))
        cell(book, book.sheetnames[0], "评估表代码", "E23")
    for _twice in range(2):
        page = sent(office_browser, book)
        assert page.status_code == 302, re.findall(r'<tr><th scope="row">.*', page.text)
    made = queries.edition_by_code("E23")
    assert said(made) == said(queries.edition_by_code("E21"))
    assert made.first_year is None and len(queries.editions()) == 2


def test_years_are_judged_by_the_form_that_was_begun_last(office_browser, book):
    book["Indicators"]["D2"].value = "A base of the new kind"
    book["Indicators"]["E2"].value = "A base of the new kind"
    sent(office_browser, book)
    made = queries.edition_by_code("E23")
    assert "A base of the new kind" not in office_browser.get(HOME).text
    assert "A base of the new kind" in office_browser.get(f"{HOME}?edition=E23").text
    path = f"{FORMS}/{made.id}/use"
    used = {"first_year": "2026", "version": str(made.version)}
    assert office_browser.post(path, data=used).status_code == 302
    assert "A base of the new kind" in office_browser.get(f"{HOME}?year=2026").text
    assert "A base of the new kind" not in office_browser.get(f"{HOME}?year=2025").text
    assert office_browser.post(path, data=used | {"first_year": "2025"}).status_code == 409
    assert [queries.edition_of(year).code for year in (2019, 2021, 2025, 2026, 2030)] == [
        "E21", "E21", "E21", "E23", "E23",
    ]  # fmt: skip


def test_some_form_is_always_in_use(office_browser, e21):
    data = {"first_year": "", "version": str(e21.version)}
    page = office_browser.post(f"{FORMS}/{e21.id}/use", data=data)
    assert "Some form has to be in use" in page.text
    db.session.expire_all()
    assert queries.edition_of(2026).code == "E21"


WRONG = [
    ("Indicators", "A3", "1.1.1", "A3", "stands above already"),
    ("Indicators", "D2", None, "D2", "Enter something here"),
    ("Indicators", "F2", "perhaps", "F2", "Enter yes or no"),
    ("Indicators", "H2", "L", "H2", "Enter H, M or S"),
    ("Scored parts", "A2", "9.9.9", "A2", "No indicator has this number"),
    ("Scored parts", "B2", "many", "B2", "Enter a number above 0"),
    ("Scored parts", "B2", -1, "B2", "Enter a number above 0"),
    ("Scored parts", "B2", "NaN", "B2", "Enter a number above 0"),
    ("Scored parts", "B2", "1e400", "B2", "Enter a number above 0"),
    ("Scored parts", "E2", "__import__", "E2", "Nothing is computed under this name"),
    ("Scored parts", "F2", "level=lead", "F2", "do not fit"),
    ("Scored parts", "F2", "level", "F2", "name=value"),
    ("Verdicts", "C3", 90, "C3", "best verdict comes first"),
    ("Basic conditions", "E2", "Dragons", "E2", "No standard department"),
    ("Scored parts", "B1", "Marks", "", "The column “Score” is missing"),
]


@pytest.mark.parametrize(("sheet", "at", "value", "named", "what"), WRONG)
def test_what_is_wrong_is_said_at_the_cell_and_nothing_is_kept(
    office_browser, book, sheet, at, value, named, what
):
    book[sheet][at].value = value
    page = sent(office_browser, book)
    assert page.status_code == 422
    assert f"{sheet}</th>" in page.text and f">{named or '—'}</td>" in page.text
    assert what in page.text
    assert len(queries.editions()) == 1


def test_a_sheet_that_is_missing_is_named(office_browser, book):
    del book["Verdicts"]
    assert "This sheet is missing" in sent(office_browser, book).text


def test_an_indicator_without_points_is_named(office_browser, book):
    for row in range(2, 4):
        book["Scored parts"][f"A{row}"].value = "1.1.3"
    assert "Indicator 1.1.1 has no part" in sent(office_browser, book).text


@pytest.mark.parametrize("content", [b"", b"nothing", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused_at_the_field(office_browser, e21, content):
    data = {"form_key": "k", "file": (BytesIO(content), "form.xlsx")}
    page = office_browser.post(f"{FORMS}/new", data=data, content_type="multipart/form-data")
    assert page.status_code == 422 and "field-error" in page.text


def test_a_code_is_taken_once(office_browser, book):
    cell(book, "Official form", "Code of the form", "E21")
    page = sent(office_browser, book)
    assert page.status_code == 422 and "There is a form with this code already" in page.text


def test_a_form_nobody_uses_can_be_removed(office_browser, office, e21, book):
    sent(office_browser, book)
    made = queries.edition_by_code("E23")
    path = f"{FORMS}/{made.id}/removal"
    answer = OwnScore(part_id=made.items[0].parts[0].id, year=2026, points=0, why="none",
                      said_at=clock.now(), said_by_id=office.id)  # fmt: skip
    db.session.add(answer)
    db.session.commit()
    assert "This form stays" in office_browser.post(path, follow_redirects=True).text
    db.session.delete(answer)
    db.session.commit()
    assert "The form is removed." in office_browser.post(path, follow_redirects=True).text
    assert [one.code for one in queries.editions()] == ["E21"]
    assert db.session.query(Indicator).count() == 39
    assert db.session.query(IndicatorPart).count() == sum(len(i.parts) for i in e21.items)
    page = office_browser.post(f"{FORMS}/{e21.id}/removal", follow_redirects=True)
    assert "This form stays" in page.text


@pytest.mark.parametrize("who", ["leader", "auditor"])
def test_who_reads_takes_it_home_and_changes_nothing(request, browse, e21, who):
    browser = browse(request.getfixturevalue(who))
    page = browser.get(FORMS).text
    assert "Workbook" in page and "Enter another form" not in page
    assert browser.get(f"{FORMS}/{e21.id}/export/xlsx").status_code == 200
    for path in ("new", f"{e21.id}/use", f"{e21.id}/removal"):
        assert browser.post(f"{FORMS}/{path}", data={}).status_code == 403
