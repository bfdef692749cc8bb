"""Whoever a rule pays is paid: from the rule to the payment list, the bank file and the sums."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.cast import LONG_AGO, add
from tests.incentives.october import OCTOBER, OCTOBER_IS_OVER, lock
from trainingbase.db import db
from trainingbase.incentives import actions
from trainingbase.incentives.actions import schemes
from trainingbase.incentives.models import Appraisal, BankAccount, Correction, Line, PlaceAccount
from trainingbase.incentives.queries import payouts
from trainingbase.network.models import Posting, Session

PLAIN = {
    "rates": "", "applies": "", "multiplier": "", "share": "", "splits": [], "pay": "yuan",
    "point_value": Decimal(1), "cap": None, "source_id": None, "tax_note": None,
}  # fmt: skip
PAYS = (
    # who, for what, how much of it, yuan each
    ("resident", "training", "months", 10),
    ("faculty", "activity", "times", 20),
    ("secretary", "secretary", "months", 30),
    ("department", "appraisal", "reward - deduction", 1),
    ("site", "posting", "hours", 40),
)
ACCOUNT = {"bank": "农行", "number": "6222 0212 3456 7890", "version": ""}


@pytest.fixture
def paying(county, office, mei_member, secretary, alice_resident, bob_resident, placed):
    """A rule for each who may be paid, and what each is paid for."""
    from tests.incentives import october

    october.play_october(alice_resident, bob_resident, mei_member, county, placed)
    for who, basis, quantity, amount in PAYS:
        said = PLAIN | {"basis": basis, "quantity": quantity, "amount": Decimal(amount)}
        draft = schemes.make(name=f"own {who}", name_en=f"own {who}", beneficiary=who, said=said,
                             key=who, by=office, at=OCTOBER_IS_OVER)  # fmt: skip
        schemes.put_in_force(draft, OCTOBER, version=1, by=office, at=OCTOBER_IS_OVER)
    add(Appraisal(month_on=OCTOBER, department_id=county.medicine.id, quality=Decimal(90),
                  efficiency=Decimal(80), reward=Decimal(500), deduction=Decimal(50),
                  made_at=LONG_AGO, made_by_id=office.id, whose="d"))  # fmt: skip
    posted = add(
        Posting(
            person_id=mei_member.person_id,
            department_id=county.medicine.id,
            institution_id=county.township.id,
            kind="clinic",
            hours=Decimal(4),
            starts_on=OCTOBER,
        )
    )
    for day in (8, 15):
        add(Session(posting_id=posted.id, held_on=date(2026, 10, day), hours=Decimal(4),
                    confirmed_at=OCTOBER_IS_OVER, confirmed_by_id=office.id))  # fmt: skip
    return actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)


def amounts(run):
    return {(one.kind, one.name): one.amount for one in payouts.payouts(run)}


def test_all_five_are_paid_from_the_rule_to_the_bank(
    paying, office, leader, county, alice, bob, mei, secretary, browse
):
    township, medicine = county.township, county.medicine
    assert amounts(paying) == {
        ("person", alice.name): Decimal("10.00"),
        ("person", bob.name): Decimal("10.00"),
        ("person", mei.name): Decimal("100.00"),
        ("person", secretary.name): Decimal("30.00"),
        ("department", medicine.name): Decimal("450.00"),
        ("site", township.name): Decimal("320.00"),
    }
    lock(paying)
    for who in (alice, bob, mei, secretary):
        add(BankAccount(person_id=who.id, bank="工行", number="62220212345678",
                        changed_at=OCTOBER_IS_OVER))  # fmt: skip
    browser = browse(office)
    page = browser.get(f"/incentives/{paying.id}/payouts?state=no-account").text
    assert medicine.name in page and "Enter the account" in page and "Alice" not in page
    for kind, place in (("department", medicine), ("site", township)):
        url = f"/incentives/places/{kind}/{place.id}/account"
        assert browser.post(url, data=ACCOUNT | {"holder": ""}).status_code == 422
        assert browser.post(url, data=ACCOUNT | {"holder": f"户 {kind}"}).status_code == 302
        assert browser.post(url, data=ACCOUNT | {"holder": "x"}).status_code == 409
    file = browser.post(f"/incentives/{paying.id}/bank").data.decode("utf-8-sig")
    rows = {row[0]: row[4] for row in list(csv.reader(io.StringIO(file)))[1:]}
    assert rows["户 department"] == "450.00" and rows["户 site"] == "320.00"
    assert sum(map(Decimal, rows.values())) == Decimal("920.00") == total(paying)
    assert "62220212" not in browse(leader).get(f"/incentives/{paying.id}/payouts").text


def total(run):
    return sum(db.session.scalars(select(Line.amount).where(Line.run_id == run.id)))


def test_every_basis_opens_the_rows_behind_it(paying, office, leader, county, mei, browse):
    """The days at a site, the secretary's role, the appraisal: each on the page of its line."""
    browser = browse(office)
    shown = {}
    for line in db.session.scalars(select(Line).where(Line.run_id == paying.id)):
        shown[line.scheme_version.scheme.beneficiary] = browser.get(f"/incentives/lines/{line.id}")
    assert all("The rows behind it" in page.text for page in shown.values())
    assert "/network/postings/" in shown["site"].text and "2026-10-15" in shown["site"].text
    assert "Teaching secretaries" in shown["secretary"].text
    assert "/incentives/appraisals/" in shown["department"].text
    assert "/training/activities/" in shown["faculty"].text
    assert re.search(r'href="/residents/\d+"', shown["resident"].text)
    line = db.session.scalars(select(Line).where(Line.payee_id == mei.id)).first()
    assert "/training/activities/" not in browse(leader).get(f"/incentives/lines/{line.id}").text


def test_leave_that_weighs_a_line_stands_behind_it(paying, office, alice_resident):
    from trainingbase.enrolment.models import Leave

    leave = add(
        Leave(
            resident_id=alice_resident.id,
            kind="personal",
            granted=True,
            decided_at=LONG_AGO,
            decided_by_id=office.id,
            starts_on=date(2026, 10, 5),
            ends_on=date(2026, 10, 8),
        )
    )
    said = PLAIN | {"basis": "training", "quantity": "months", "amount": Decimal(310),
                    "share": "1 - leave_days / month_days"}  # fmt: skip
    draft = schemes.make(name="present", name_en="present", beneficiary="resident", said=said,
                         key="present", by=office, at=OCTOBER_IS_OVER)  # fmt: skip
    schemes.put_in_force(draft, OCTOBER, version=1, by=office, at=OCTOBER_IS_OVER)
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    lines = db.session.scalars(
        select(Line).where(Line.run_id == run.id, Line.payee_id == alice_resident.person_id)
    )
    behind = {one.rule: (one.amount, ["leaves", leave.id] in one.evidence) for one in lines}
    assert behind[draft.scheme.code] == (Decimal("280.00"), True)
    assert {seen for rule, (_a, seen) in behind.items() if rule != draft.scheme.code} == {False}


def test_the_payment_list_is_searched_filtered_sorted_and_exported(paying, office, browse):
    browser = browse(office)
    url = f"/incentives/{paying.id}/payouts"
    assert browser.get(f"{url}?search=Ali").text.count('data-label="Account"') == 1
    assert browser.get(f"{url}?kind=site").text.count('data-label="Account"') == 1
    page = browser.get(f"{url}?sort=-amount").text
    assert page.index("450.00") < page.index("320.00") < page.index("100.00")
    file = browser.get(f"{url}/export/csv?kind=department").data.decode("utf-8-sig")
    assert file.count("\n") == 2 and "450" in file
    assert browser.get(f"{url}/export/xlsx?sort=state").status_code == 200
    for odd in ("?state=x", "?sort=nothing", "?page=99", "?search=%25"):
        assert browser.get(url + odd).status_code == 200
    for page in ("places", "places?account=missing", "places?kind=site", "places/export/csv"):
        assert browser.get(f"/incentives/{page}").status_code == 200
    assert browser.get("/incentives/places/person/1/account").status_code == 404
    assert browser.get("/incentives/places/site/99999/account").status_code == 404


def test_a_longer_payment_list_takes_no_more_questions(paying, office, browse, statements):
    browser, url = browse(office), f"/incentives/{paying.id}/payouts"
    browser.get(url)

    def needed():
        statements.clear()
        assert browser.get(url).status_code == 200
        return len(statements)

    few = needed()
    for number in range(60):
        from tests.cast import person

        who = person(f"Extra {number}")
        add(Line(run_id=paying.id, payee_id=who.id, rule="x", key=str(number), quantity=Decimal(1),
                 unit_amount=Decimal(1), amount=Decimal(1)))  # fmt: skip
    assert needed() == few


def test_what_a_month_takes_back_is_taken_off_the_next_ones(paying, office, alice, browse):
    """Nobody pays a bank a negative amount: what is owed stays owed until pay covers it."""
    lock(paying)
    paid = db.session.scalars(
        select(Line).where(Line.run_id == paying.id, Line.payee_id == alice.id)
    ).one()
    add(Correction(run_id=paying.id, line_id=paid.id, identity=paid.identity, number=1,
                   kind="decision", payee_id=alice.id, amount=Decimal(-25), reason="r",
                   made_at=OCTOBER_IS_OVER, made_by_id=office.id))  # fmt: skip
    seen = []
    for month in (11, 12):
        month_on = date(2026, month, 1)
        at = OCTOBER_IS_OVER.replace(year=2027, month=month - 9)
        run = actions.compute_run(month_on, by=office, at=at)
        lock(run, at=at)
        one = next(one for one in payouts.payouts(run) if one.id == alice.id)
        seen.append((one.due, one.carried, one.amount, one.state))
    assert seen == [
        (Decimal("-15.00"), Decimal(0), Decimal("-15.00"), "nothing"),
        (Decimal("10.00"), Decimal("-15.00"), Decimal("-5.00"), "nothing"),
    ]
    page = browse(alice).get("/incentives/mine/2026-12").text
    assert "Carried over from earlier months: -15.00" in page
    assert "-15.00" in browse(office).get(f"/incentives/{run.id}/payouts?search=Alice").text
    assert amounts(paying)["person", "Alice"] == Decimal("10.00")  # paid before it was owed


def test_two_who_enter_an_account_at_once_keep_one(paying, office, county, browse):
    """The second is told what the first has entered."""
    browser = browse(office)
    url = f"/incentives/places/site/{county.township.id}/account"
    first = browser.post(url, data=ACCOUNT | {"holder": "卫生院"})
    second = browser.post(url, data=ACCOUNT | {"holder": "别处"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert "卫生院" in second.text
    assert db.session.scalars(select(PlaceAccount)).one().holder == "卫生院"
