"""What each role does before an inspection: the leader from the first page to rows without names,
the office from a gap to a frozen year, the coordinator's month, and the auditor who checks it all.
Each journey in one language and on one screen; together they make all four."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from pypdf import PdfReader
from sqlalchemy import select

from tests.quality.autumn import let_graduate, play_autumn, teach
from trainingbase import clock
from trainingbase.community.models import Dimension, MonthlyEntry
from trainingbase.db import db
from trainingbase.selfassessment import actions, paperwork, queries, tables
from trainingbase.selfassessment.models import Indicator, IndicatorEvidence, IndicatorTask, OwnScore

PDF = b"%PDF-1.4\n%%EOF\n"
AUTUMN = "first=2026-09&last=2026-11"


@pytest.fixture
def autumn(placed, county, alice_resident, bob_resident, mei_member):
    let_graduate(alice_resident, bob_resident)
    teach(county, mei_member.person)
    return play_autumn(placed, county, alice_resident, bob_resident, mei_member)


def save(page):
    page.locator("main form.form .form-actions button, main .form-actions button").first.click()


def fetched(page, link) -> bytes:
    answer = page.request.get(link.get_attribute("href"))
    assert answer.ok
    return answer.body()


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize(("language", "screen"), [("en", "phone")])
def test_a_leader_goes_from_three_things_to_do_to_rows_without_names(
    visit, axe, leader, county, autumn
):
    page = visit(leader)
    page.goto("/")
    page.locator("nav a[href='/quality/']:visible").first.click()
    page.goto(f"/quality/?{AUTUMN}")
    things = page.locator("main .card-box ol li")
    assert 1 <= things.count() <= 3
    axe(page)
    things.first.locator("a").click()
    expect(page.locator("main .lead")).not_to_be_empty()
    page.goto(f"/quality/indicators/placements-done?{AUTUMN}")
    page.select_option("[name=site]", str(county.lead.id))
    page.wait_for_url(f"**site={county.lead.id}**")
    page.select_option("[name=department]", str(county.medicine.id))
    page.wait_for_url(f"**department={county.medicine.id}**")
    expect(page.locator("main .lead")).to_contain_text("too few people")
    page.locator("main a[href*='/quality/rows/placements-done']").first.click()
    expect(page.locator("main")).to_contain_text("the names behind them are not shown")
    shown = page.locator("main").inner_text()
    assert not any(name in shown for name in ("Alice", "Bob", "Mei"))
    axe(page)
    page.goto(f"/quality/?{AUTUMN}")
    printed = words_of(
        fetched(page, page.locator("main a[href*='state.pdf'], a[href*='state.pdf']"))
    )
    assert "Three things to do" in printed and "Alice" not in printed


@pytest.mark.parametrize(("language", "screen"), [("zh", "desktop")])
def test_the_office_closes_a_gap_and_freezes_the_year(visit, axe, office):
    page = visit(office)
    page.goto("/self-assessment/?search=3.1.1")
    row = page.locator("main tbody tr")
    expect(row).to_contain_text("系统不计算此项")
    axe(page)
    row.locator("th a").click()
    page.locator("a[href*='/tasks/new']").click()
    page.fill("[name=what]", "召开专题会")
    page.fill("[name=due_on]", "2026-12-20")
    save(page)
    page.locator("a[href*='/evidence/new']").click()
    page.fill("[name=what]", "院长办公会纪要")
    page.fill("[name=dated_on]", "2026-11-02")
    page.fill("[name=owner]", "院办")
    files = [{"name": "纪要.pdf", "mimeType": "application/pdf", "buffer": PDF}]
    page.set_input_files("[name=file]", files=files)
    axe(page)
    save(page)
    assert fetched(page, page.locator("a[href*='/evidence/'][href$='/file']")) == PDF
    page.locator("a[href*='/answer']").first.click()
    page.fill("[name=points]", "9")
    page.fill("[name=why]", "三月、九月各一次")
    save(page)
    expect(page.locator("#points-error")).to_contain_text("1.5")
    page.fill("[name=points]", "1.5")
    save(page)
    expect(page.locator("main .lead")).to_contain_text("1.5/3")
    page.locator("form[action*='/tasks/'] button").click()
    expect(page.locator("form[action*='/tasks/']")).to_have_count(0)
    lack_a_condition(page, axe, files)
    page.goto("/self-assessment/snapshots")
    save(page)
    page.wait_for_url("**/snapshots/*")
    expect(page.locator("main")).to_contain_text("存档后未被改动")
    axe(page)
    assert db.session.scalar(select(IndicatorTask)).done_at is not None
    page.goto("/self-assessment/")
    look_through(
        load_workbook(BytesIO(fetched(page, page.locator("a[href$='/export/xlsx']")))),
        words_of(fetched(page, page.locator("a[href*='document.pdf']"))),
    )


def lack_a_condition(page, axe, files):
    page.goto("/self-assessment/")
    page.locator("a[href*='/self-assessment/conditions']").click()
    axe(page)
    page.locator("a[href*='/mark']").click()
    page.locator("[name=state][value=lacking]").check()
    save(page)
    expect(page.locator("#why-error")).to_be_visible()
    page.fill("[name=why]", "院发文件")
    page.fill("[name=dated_on]", "2026-11-02")
    page.fill("[name=owner]", "院办")
    page.set_input_files("[name=file]", files=files)
    axe(page)
    save(page)
    expect(page.locator("main tbody tr")).to_contain_text("不具备")
    assert fetched(page, page.locator("a[href*='/conditions/marks/'][href$='/file']")) == PDF


def look_through(book, printed: str) -> None:
    """Every cell of the parts, and the lines of the document, beside what is kept."""
    sheets = [list(one.iter_rows(values_only=True)) for one in book.worksheets]
    items, summary, conditions, evidence = sheets
    form = db.session.scalars(select(Indicator).order_by(Indicator.position)).all()
    parts = [(item, part) for item in form for part in item.parts]
    answers = {one.part_id: one for one in db.session.scalars(select(OwnScore))}
    assert len(items) == 1 + len(parts)
    for (item, part), row in zip(parts, items[1:], strict=True):
        assert row[0] == item.code and row[2] == item.name and row[4] == part.name
        assert Decimal(str(row[5])) == part.points
        if part.id in answers:
            assert Decimal(str(row[6])) == answers[part.id].points
            assert row[9] == answers[part.id].why
        assert item.code in printed
    score = dict(row[:2] for row in summary)["评分"]
    assert sum(Decimal(str(row[6] or 0)) for row in items[1:]) == Decimal(str(score))
    kept = db.session.scalar(select(IndicatorEvidence))
    assert evidence[1][0] == "3.1.1" and evidence[1][2] == kept.what == "院长办公会纪要"
    assert evidence[1][4] == kept.owner and evidence[1][5] == kept.file.name
    assert "院长办公会纪要" in printed
    assert conditions[1][:2] == ("独立设置全科医学科", "不具备") and "院发文件" in conditions[1]
    assert "撤销：基本条件不具备" in dict(row[:2] for row in summary)["结论"]
    assert "院发文件" in printed.replace(" ", "")


@pytest.mark.parametrize(("language", "screen"), [("zh", "phone")])
def test_a_coordinator_enters_the_month_of_the_own_site(visit, axe, coordinator, county):
    page = visit(coordinator)
    page.goto("/community/")
    page.locator("a[href='/community/sites']").first.click()
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(county.township.name)
    axe(page)
    rows.locator("a[href$='/2026-10']").click()
    visits = db.session.scalar(select(Dimension.id).where(Dimension.number == 7))
    db.session.rollback()
    page.fill(f"[name=numerator_{visits}]", "2100")
    save(page)
    expect(page.locator(f"#denominator_{visits}-error")).to_be_visible()
    axe(page)
    page.fill(f"[name=denominator_{visits}]", "2100")
    save(page)
    page.wait_for_url("**/community/sites")
    expect(page.locator("main tbody a[href$='/2026-10']")).to_contain_text("1/")
    kept = db.session.scalars(select(MonthlyEntry)).one()
    assert kept.institution_id == county.township.id and kept.numerator == 2100
    assert kept.entered_by_id == coordinator.id
    page.goto(f"/community/sites/{county.lead.id}/2026-10")
    expect(page.locator("[data-error-page]")).to_be_visible()
    page.goto("/community/?month=2026-10")
    expect(page.locator("main")).to_contain_text("2,100")


@pytest.mark.parametrize(("language", "screen"), [("en", "desktop")])
def test_an_auditor_traces_a_figure_and_a_frozen_year_and_changes_nothing(
    visit, axe, auditor, office, autumn
):
    frozen = freeze(office)
    page = visit(auditor)
    page.goto(f"/quality/indicators/placements-done?{AUTUMN}")
    page.locator("main a[href*='/quality/rows/placements-done']").first.click()
    expect(page.locator("main tbody")).to_contain_text("Alice")
    axe(page)
    page.goto("/self-assessment/?search=3.3.1")
    page.locator("main tbody th a").click()
    expect(page.locator("main")).to_contain_text("of the ended placements assessed")
    assert page.locator("main form[method=post]").count() == 0
    page.locator("main a.btn-quiet[href*='/quality/']").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto("/self-assessment/snapshots")
    assert page.locator("main form[method=post]").count() == 0
    page.locator("main tbody th a").click()
    expect(page.locator("main")).to_contain_text("Unchanged since it was frozen")
    expect(page.locator("main code.long")).to_have_text(frozen.digest)
    axe(page)
    for path in (f"/self-assessment/parts/{first_part()}/answer", "/community/sites"):
        page.goto(path)
        expect(page.locator("[data-error-page]")).to_be_visible()


def freeze(office):
    edition = queries.edition_by_code("E21")

    def made():
        one = queries.standing(edition, 2026, today=clock.today())
        return [tables.of_sum(one), tables.of_items(one.items), tables.of_evidence([])]

    return actions.freeze(
        edition, 2026, paperwork.frozen(made), total=Decimal(0), verdict="", by=office,
        at=clock.now(),
    )  # fmt: skip


def first_part() -> int:
    found = db.session.scalars(select(Indicator).where(Indicator.code == "3.1.1")).one().parts[0].id
    db.session.rollback()
    return found
