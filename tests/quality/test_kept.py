"""Monthly figures that are kept, and that every screen, export and report says the same."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from flask_babel import force_locale
from sqlalchemy import select, update

from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.notices.models import Notice
from trainingbase.quality import actions
from trainingbase.quality.figures import VIEWS, Asking
from trainingbase.quality.figures.finding import finding
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.models import Count, MonthlyFigure
from trainingbase.quality.queries.counted import Book
from trainingbase.quality.scope import Scope, places

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
AUTUMN = Scope(date(2026, 9, 1), date(2026, 12, 1))


def keep():
    return actions.count_anew(today=TODAY, at=NOW)


def test_what_is_kept_is_what_the_rows_give(autumn, graduates, taught, county):
    live = {key: _everything(key) for key in INDICATORS}
    assert keep() > 0
    assert set(Book(TODAY).kept) == set(INDICATORS)
    for key in INDICATORS:
        assert _everything(key) == live[key], key
    assert actions.verify(at=NOW) == {}
    assert {one.differences for one in db.session.scalars(select(Count))} == {0}


def _everything(key):
    book, one = Book(TODAY), INDICATORS[key]
    scopes = (AUTUMN, Scope(AUTUMN.starts_on, AUTUMN.ends_on, cohort_id=1, department_id=1))
    return [
        (book.sums(one, scope, by), dict(book.series(one, scope, by)), book.hidden(one, scope))
        for scope in scopes
        for by in (None, *one.splits)
    ]


def test_counting_again_takes_in_what_has_changed(autumn):
    keep()
    one = INDICATORS["placements-done"]
    autumn["ahead"].cancelled_at = NOW
    db.session.commit()
    assert Book(TODAY).sum(one, AUTUMN).parts["ahead"] == 1
    keep()
    assert "ahead" not in Book(TODAY).sum(one, AUTUMN).parts


def test_a_difference_is_loud(autumn, office):
    keep()
    wrong = update(MonthlyFigure).where(
        MonthlyFigure.indicator == "placements-done", MonthlyFigure.part == "passed",
        MonthlyFigure.level == "base",
    )  # fmt: skip
    db.session.execute(wrong.values(amount=Decimal(7)))
    db.session.commit()
    said = []
    assert actions.verify(at=NOW, warn=said.append) == {"placements-done": 2}
    assert "placements-done: 2 differ" in said[0]
    notice = db.session.scalars(select(Notice).where(Notice.kind == "figures-differ")).one()
    assert notice.person_id == office.id
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry.act == "find-figures-differ"


def test_the_state_takes_few_statements_however_many_indicators(
    autumn, graduates, taught, leader, browse, statements
):
    keep()
    browser = browse(leader)
    browser.get("/quality/")
    statements.clear()
    assert browser.get("/quality/").status_code == 200
    assert len(statements) <= 40, len(statements)


@pytest.mark.parametrize("is_kept", [False, True])
def test_every_screen_export_and_report_says_the_same(
    autumn, graduates, taught, office, browse, is_kept
):
    """Of every indicator, with the same filter: the list, its export, the state, its own page and
    that of each view, their JSON and CSV, the workbook, and the sum of the rows."""
    if is_kept:
        keep()
    browser, query = browse(office), "first=2026-09&last=2026-11"
    asking = Asking(AUTUMN, places(), TODAY)
    with force_locale("en"):
        expected = {key: _said(finding(one, asking)) for key, one in INDICATORS.items()}
    listed = unescape(browser.get(f"/quality/indicators?{query}").text)
    state = unescape(browser.get(f"/quality/?{query}").text)
    book = openpyxl.load_workbook(
        BytesIO(browser.get(f"/quality/indicators/export/xlsx?{query}").data)
    )
    exported = {row[0]: row[4] for row in book.active.iter_rows(min_row=2, values_only=True)}
    for key, (one, name, value, sentence, parts) in expected.items():
        for page in (listed, state):
            row = re.search(rf'row"><a href="/quality/indicators/{key}\?.*?</tr>', page, re.DOTALL)
            assert row and value in row[0], (key, page is listed)
        assert exported[name] == one.now.value, key
        own = unescape(browser.get(f"/quality/indicators/{key}?{query}").text)
        assert sentence in own
        told = browser.get(f"/quality/indicators/{key}/months/figure.json?{query}").json
        assert told["title"] == sentence
        _rows_agree(browser, key, query, one, parts)


def _said(one):
    parts = {str(label): name for name, label in one.indicator.parts.items()}
    return one, str(one.indicator.name), one.value, one.sentence, parts


def _rows_agree(browser, key, query, one, shown):
    """The rows add up to the numerator and the denominator (a stock: those of its last month)."""
    text = browser.get(f"/quality/rows/{key}/export/csv?{query}").data.decode("utf-8-sig")
    table = [line.strip('"').split('","') for line in text.splitlines()[1:]]
    if one.indicator.stock:
        last = max((row[1] for row in table), default="")
        table = [row for row in table if row[1] == last]
    parts: dict[str, Decimal] = {}
    for row in table:
        parts[row[4]] = parts.get(row[4], Decimal(0)) + Decimal(row[5].lstrip("'"))
    found = {shown.get(label, label): amount for label, amount in parts.items()}
    if one.indicator.parts and one.indicator.unit != "mean":
        assert one.indicator.of(found).value == one.now.value, key


def test_every_view_of_the_workbook_is_the_one_on_the_page(autumn, graduates, office, browse):
    browser, query = browse(office), "first=2026-09&last=2026-11"
    for key in ("placements-done", "assessments-in-time"):
        for view in VIEWS[key]:
            told = browser.get(f"/quality/indicators/{key}/{view}/figure.json?{query}").json
            data = browser.get(f"/quality/indicators/{key}/{view}/numbers.xlsx?{query}").data
            sheet = openpyxl.load_workbook(BytesIO(data)).active
            rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
            assert rows == told["rows"], (key, view)
