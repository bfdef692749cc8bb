"""Comparing months, paying them, appraisals and what the programme asks."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import select

from tests.cast import add
from tests.incentives.october import OCTOBER, OCTOBER_IS_OVER, lock
from trainingbase.audit.models import Entry
from trainingbase.db import db
from trainingbase.demo import rewarding
from trainingbase.incentives import actions
from trainingbase.incentives.models import Appraisal, BankAccount, Budget, FundingSource
from trainingbase.incentives.queries import appraising, comparing, payouts

ACCOUNT = {"bank": "工商银行", "number": "6222 0212 3456 7890"}
APPRAISED = {
    "month": "2026-10", "person_id": "0", "quality": "90", "efficiency": "80", "reward": "500",
    "deduction": "0", "teaching_points": "6", "total_points": "100", "form_key": "a",
}  # fmt: skip


@pytest.fixture
def october(quiet_october, office, leader):
    return actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)


def test_differences_to_the_month_before_are_explained_by_person(october, office, browse):
    september = actions.compute_run(date(2026, 9, 1), by=office, at=OCTOBER_IS_OVER)
    before, found = comparing.shifts(october)
    assert before.id == september.id
    mei = next(one for one in found if one.payee == "Mei")
    assert (mei.before, mei.now) == (Decimal("350.00"), Decimal("900.00"))
    assert {step.line.rule for step in mei.steps} == {"activity", "clinical-teaching"}
    assert "Alice" not in {one.payee for one in found}
    browser = browse(office)
    page = browser.get(f"/incentives/{october.id}/changes").text
    assert "550.00" in page and "Because" in page
    assert browser.get(f"/incentives/{october.id}/changes/export/csv").status_code == 200
    assert "is not computed" in browser.get(f"/incentives/{september.id}/changes").text


def test_a_run_warns_of_its_budget_and_of_changed_facts(october, office, alice_resident, browse):
    browser = browse(office)
    assert "exceeded" not in browser.get(f"/incentives/{october.id}").text
    db.session.scalars(select(Budget)).one().amount = Decimal(8000)
    alice_resident.withdrawn_on = date(2026, 10, 16)
    db.session.commit()
    page = browser.get(f"/incentives/{october.id}").text
    assert "exceeded" in page and "No budget is known for the year" in page
    assert "Lines that would come out otherwise now: 2" in page


def test_a_payslip_says_what_is_paid_and_where(october, alice, bob, browse):
    browser = browse(alice)
    assert browser.get("/incentives/mine/2026-10").status_code == 404
    lock(october)
    assert "No bank account is known" in browser.get("/incentives/mine/2026-10").text
    page = browser.post("/incentives/bank-account", data=ACCOUNT | {"number": "12x"})
    assert page.status_code == 422 and "8 to 30 digits" in page.text
    browser.post("/incentives/bank-account", data=ACCOUNT)
    page = browser.get("/incentives/mine/2026-10").text
    assert "3,600.00" in page and "7890" in page and "622202" not in page
    again = browser.post("/incentives/bank-account", data=ACCOUNT | {"version": "9"})
    assert again.status_code == 409
    assert browser.get("/incentives/mine/2026-13").status_code == 404
    trail = db.session.scalars(select(Entry).where(Entry.act == "change-bank-account")).all()
    assert "622202" not in str([one.details for one in trail])
    assert "6222" not in browse(bob).get("/incentives/bank-account").text


def test_the_bank_file_holds_what_the_bank_needs_and_no_more(october, office, alice, mei, browse):
    for person, name in ((alice, "=工行"), (mei, "农行")):
        add(BankAccount(person_id=person.id, bank=name, number="62220212345678",
                        changed_at=OCTOBER_IS_OVER))  # fmt: skip
    browser = browse(office)
    url = f"/incentives/{october.id}/bank"
    assert "Only a locked month is paid" in browser.post(url, follow_redirects=True).text
    lock(october)
    page = browser.get(f"/incentives/{october.id}/payouts").text
    assert "no bank account is known" in page and "62220212345678" not in page
    columns = {f"{one.field}_header": one.header for one in payouts.columns()}
    columns |= {f"{one.field}_position": str(one.position) for one in payouts.columns()}
    saved = columns | {"staff_number_header": "", "amount_position": "0", "name_position": "1"}
    assert browser.post("/incentives/bank-columns", data=saved).status_code == 302
    rows = list(csv.reader(io.StringIO(browser.post(url).data.decode("utf-8-sig"))))
    assert rows[0] == ["金额", "姓名", "开户行", "账号", "备注"]
    assert [row[:2] for row in rows[1:]] == [["3600.00", "Alice"], ["900.00", "Mei"]]
    assert rows[1][2] != "=工行" and "110101" not in str(rows)
    acts = db.session.scalars(select(Entry.act)).all()
    assert "take-bank-file" in acts


def test_every_sheet_of_the_payroll_comes_to_the_same_total(october, office, browse):
    page = browse(office).get(f"/incentives/{october.id}/payroll/xlsx")
    book = openpyxl.load_workbook(io.BytesIO(page.data))
    totals = {list(sheet.values)[-1][-1] for sheet in book}
    assert len(book.sheetnames) == 4 and totals == {8600}


def test_an_appraisal_is_kept_once_and_teaching_is_measured(october, office, county, browse):
    browser = browse(office)
    typed = APPRAISED | {"department_id": str(county.medicine.id)}
    wrong = browser.post("/incentives/appraisals/new", data=typed | {"teaching_points": "200"})
    assert wrong.status_code == 422
    for _twice in range(2):
        assert browser.post("/incentives/appraisals/new", data=typed).status_code == 302
    again = browser.post("/incentives/appraisals/new", data=typed | {"form_key": "b"})
    assert again.status_code == 422 and "already" in again.text
    one = db.session.scalars(select(Appraisal)).one()
    url = f"/incentives/appraisals/{one.id}"
    edited = typed | {"version": "1", "teaching_points": "9"}
    assert browser.post(url, data=edited).status_code == 302
    assert browser.post(url, data=edited).status_code == 409
    (share,) = appraising.teaching_shares(2026)
    assert (share.share, share.target, share.is_met) == (9, 8, True)
    for page in ("appraisals", "appraisals?month=2026-10", "appraisals/export/xlsx", "programme"):
        assert browser.get(f"/incentives/{page}").status_code == 200


def test_the_split_of_the_subsidy_is_measured_against_its_target(october, office, browse):
    lock(october)
    source = db.session.scalars(select(FundingSource).where(FundingSource.name == "政府财政")).one()
    split = appraising.subsidy_split(source.id, 2026)
    assert (split.part, split.whole) == (Decimal("7600.00"), Decimal("8100.00"))
    assert split.is_met
    browser = browse(office)
    page = browser.get(f"/incentives/programme?source={source.id}&year=2026").text
    assert "93.8 %" in page and "7,600.00" in page
    page = browser.get("/incentives/accounts?year=2026").text
    assert "Spent" in page and "8,100.00" in page
    for odd in ("accounts?year=x", "accounts/export/csv", "programme?source=99&year=1"):
        assert browser.get(f"/incentives/{odd}").status_code == 200
    page = browser.get("/incentives/funding").text
    assert "97,200.00" in page  # twelve months like October


def test_the_demonstration_fills_the_pages(october, office, alice_resident, browse):
    lock(october)
    rewarding.play(alice_resident, office=office, at=OCTOBER_IS_OVER, say=lambda _text: None)
    browser = browse(office)
    assert "Points for good teaching" in browser.get("/incentives/rules").text
    assert "上月的金额" in browser.get("/incentives/questions").text
    assert len(appraising.teaching_shares(2026)) == 3
