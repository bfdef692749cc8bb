"""The resident's record: who changes what, and what stays to be read of it."""

import io
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from PIL import Image

from tests.cast import add, resident
from trainingbase.db import db
from trainingbase.enrolment import actions, queries
from trainingbase.enrolment.models import Contract, Credit, CreditClaim, Obligation, Resident
from trainingbase.imports import actions as imports
from trainingbase.programmes.models import Programme
from trainingbase.sheets.write import Table, csv_text

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
GOOD = "11010519491231002X"
"""The example of GB 11643: a woman, born on the last day of 1949."""


def picture() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (1200, 1600), "teal").save(content, "PNG")
    return content.getvalue()


def fields(county, **more):
    return {
        "name": "欧阳·𠮷娜",
        "id_number": GOOD,
        "sex": "",
        "cohort_id": county.cohort.id,
        "programme_id": county.programme.id,
        "starts_on": "2026-09-01",
        "last_day": "2029-08-31",
        "tutor_id": 0,
        "trainee_type": "",
    } | more


def edit_page(browser, someone):
    return browser.get(f"/residents/{someone.id}/edit")


def version_in(page):
    return re.search(r'name="version"[^>]*value="(\d+)"', page.text)[1]


def test_a_resident_is_enrolled_by_hand_once(browse, office, county):
    browser = browse(office)
    for _ in range(2):
        page = browser.post("/residents/new", data=fields(county), follow_redirects=True)
    assert "欧阳·𠮷娜" in page.text
    [made] = db.session.query(Resident)
    assert (made.sex, made.born_on, made.name) == ("女", date(1949, 12, 31), "欧阳·𠮷娜")
    assert made.ends_on == date(2029, 9, 1)
    assert browser.get("/residents?search=𠮷").text.count("欧阳·𠮷娜") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"id_number": "110105194912310021"}, "18th character does not fit"),
        ({"id_number": "110105491231002"}, "must have 18 characters"),
        ({"id_number": "1.10105E+17"}, "last digits are lost"),
        ({"id_number": "E12345678"}, "must have 18 characters"),
        ({"sex": "男"}, "a person must decide"),
        ({"last_day": "2026-08-31"}, "before the first day"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(browse, office, county, typed, said):
    page = browse(office).post("/residents/new", data=fields(county, **typed))
    assert said in page.text
    assert db.session.query(Resident).count() == 0


def test_every_change_keeps_who_old_new_and_why(browse, office, auditor, county, alice_resident):
    browser = browse(office)
    typed = fields(
        county, name="Alice", id_number=GOOD, version=version_in(edit_page(browser, alice_resident))
    )
    typed |= {"phone": "139 0000 0001", "address": "Secret Lane 7", "why": "New card"}
    browser.post(f"/residents/{alice_resident.id}/edit", data=typed)
    history = browser.get(f"/residents/{alice_resident.id}/history").text
    for told in ("110101200001010025", GOOD, "New card", "Wu", "13900000001", "Secret Lane 7"):
        assert told in history
    for_auditor = browse(auditor).get(f"/residents/{alice_resident.id}/history").text
    assert GOOD not in for_auditor and "Secret Lane" not in for_auditor
    assert "New card" in for_auditor


def test_a_change_needs_a_reason(browse, office, county, alice_resident):
    page = browse(office).post(
        f"/residents/{alice_resident.id}/edit", data=fields(county, version=1)
    )
    assert "Say why" in page.text
    assert alice_resident.id_number == "110101200001010025"


def test_the_second_of_two_editors_sees_the_difference_and_chooses(
    browse, office, county, alice_resident
):
    browser = browse(office)
    opened = version_in(edit_page(browser, alice_resident))
    typed = fields(county, name="Alice", version=opened, why="First", school="North")
    address = f"/residents/{alice_resident.id}/edit"
    browser.post(address, data=typed)
    page = browser.post(address, data=typed | {"school": "South", "why": "Second"})
    assert page.status_code == 409
    assert "yours: South" in page.text and "now: North" in page.text
    assert alice_resident.school == "North"
    again = typed | {"school": "South", "why": "Second", "version": version_in(page)}
    browser.post(address, data=again)
    assert alice_resident.school == "South"


def test_two_people_cannot_have_one_number(browse, office, county, alice_resident, bob_resident):
    page = browse(office).post(
        f"/residents/{alice_resident.id}/edit",
        data=fields(county, id_number=GOOD, version=1, why="x"),
    )
    assert page.status_code == 302
    page = browse(office).post(
        f"/residents/{bob_resident.id}/edit",
        data=fields(county, id_number=GOOD, version=1, why="x"),
    )
    assert page.status_code == 409 and "has this ID number already" in page.text


def test_residents_change_their_own_contacts_and_nothing_else(browse, alice, alice_resident, mei):
    browser = browse(alice)
    page = browser.get("/my-record/contacts")
    browser.post(
        "/my-record/contacts",
        data={
            "version": version_in(page),
            "phone": "13900000002",
            "emergency_name": "Her mother",
            "name": "Mallory",
            "photo": (io.BytesIO(picture()), "me.png"),
        },
        content_type="multipart/form-data",
    )
    assert (alice.phone, alice.name) == ("13900000002", "Alice")
    photo = browser.get(f"/residents/{alice_resident.id}/photo")
    assert photo.mimetype == "image/jpeg" and len(photo.data) < len(picture()) * 10
    assert "portrait" in browser.get("/my-record", follow_redirects=True).text
    assert browser.get(f"/residents/{alice_resident.id}/edit").status_code == 403
    assert browse(mei).get(f"/residents/{alice_resident.id}/photo").status_code == 404


def evidence():
    return (io.BytesIO(picture()), "证明.png")


def ask(browser, county, where="/my-record/credits/new", **more):
    data = {
        "standard_department_id": county.standards["Medicine"].id,
        "months": "1.5",
        "place": "City Hospital",
        "starts_on": "2025-01-01",
        "last_day": "2025-02-28",
        "evidence": evidence(),
    } | more
    return browser.post(where, data=data, content_type="multipart/form-data")


def test_earlier_training_counts_only_once_it_is_approved(
    browse, alice, bob, office, county, alice_resident
):
    browser, clerk = browse(alice), browse(office)
    key = {"form_key": "same"}
    ask(browser, county, **key)
    ask(browser, county, **key)
    [claim] = db.session.query(CreditClaim)
    assert db.session.query(Credit).count() == 0
    assert browse(bob).get(f"/credits/{claim.id}").status_code == 404
    assert browse(bob).get(f"/credits/{claim.id}/evidence").status_code == 404
    assert clerk.get(f"/credits/{claim.id}/evidence").status_code == 200
    clerk.post(f"/credits/{claim.id}/approval")
    assert (
        "already decided" in clerk.post(f"/credits/{claim.id}/approval", follow_redirects=True).text
    )
    [credit] = db.session.query(Credit)
    assert (credit.months, credit.kind) == (Decimal("1.5"), "accepted")
    assert "count now" in browser.get("/notices/").text
    clerk.post(f"/credits/{claim.id}/refusal", data={"reason": "The stamp is forged"})
    assert db.session.query(Credit).count() == 0
    assert "The stamp is forged" in browser.get("/notices/").text


def test_no_more_counts_than_the_programme_asks_for(browse, alice, office, county, alice_resident):
    browser, clerk = browse(alice), browse(office)
    for key in ("a", "b"):
        ask(browser, county, form_key=key)
    first, second = db.session.query(CreditClaim).order_by(CreditClaim.id)
    clerk.post(f"/credits/{first.id}/approval")
    page = clerk.post(f"/credits/{second.id}/approval", follow_redirects=True)
    assert "At most 0.5 months" in page.text
    assert second.approved is None


def test_evidence_that_is_no_document_is_refused(browse, alice, county, alice_resident):
    page = ask(browse(alice), county, evidence=(io.BytesIO(b"MZ\x90"), "x.pdf"))
    assert "not a file of a kind" in page.text
    page = ask(browse(alice), county, months="4")
    assert "more months than lie between" in page.text
    assert db.session.query(CreditClaim).count() == 0


def test_a_workbook_does_not_take_away_what_was_approved(office, county, alice_resident):
    claim = add(
        CreditClaim(
            resident=alice_resident, standard_department=county.standards["Medicine"],
            months=Decimal(1), place="x", starts_on=date(2025, 1, 1), ends_on=date(2025, 2, 1),
            asked_at=AT, asked_by_id=office.id, file=_stored(office),
        )
    )  # fmt: skip
    actions.decide_credit(claim, approved=True, reason=None, by=office, at=AT, path="/")
    header = ["姓名", "身份证号", "性别", "入培时间", "培训专业", "备注"]
    rows = [["Alice", "110101200001010025", "女", "2026-09", "GP33", "无"]]
    content = csv_text(Table("住培学员", header, rows))
    for _ in range(2):
        brought = imports.bring_in(
            "residents", content, "r.csv", on=date(2026, 11, 22), by=office, at=AT
        )
        imports.confirm(brought, by=office, at=AT)
    [credit] = db.session.query(Credit)
    assert credit.months == 1


def _stored(office):
    from trainingbase.files.actions import keep
    from trainingbase.files.rules import examined

    return keep(examined("x.png", picture()), by=office, at=AT)


def test_contracts_of_one_resident_do_not_overlap(
    browse, office, auditor, alice, bob, alice_resident
):
    browser = browse(office)
    address = f"/residents/{alice_resident.id}/contracts/new"
    data = {"starts_on": "2026-09-01", "last_day": "2029-08-31", "payer": "home", "payer_name": "X"}
    for key in ("one", "one"):
        browser.post(address, data=data | {"form_key": key})
    page = browser.post(address, data=data | {"form_key": "two", "starts_on": "2029-08-31"})
    assert "Another contract runs" in page.text
    [contract] = db.session.query(Contract)
    for viewer in (alice, auditor):
        assert "Home institution · X" in browse(viewer).get(f"/residents/{alice_resident.id}").text
    opened = version_in(browser.get(f"/contracts/{contract.id}/edit"))
    changed = data | {"payer": "base", "why": "The employer stopped", "version": opened}
    browser.post(f"/contracts/{contract.id}/edit", data=changed)
    stale = browser.post(f"/contracts/{contract.id}/edit", data=changed | {"payer": "other"})
    assert stale.status_code == 409
    assert "now: Training base" in stale.text
    assert "The employer stopped" in browser.get(f"/residents/{alice_resident.id}/history").text


def test_a_service_obligation_says_what_counts(browse, office, alice, mei, alice_resident):
    alice_resident.tutor_id = mei.id
    add(alice_resident)
    data = {
        "years": "6", "place": "Willow Township", "penalty_amount": "30000",
        "penalty": "Pays back", "counts": "Training does not count", "form_key": "k",
    }  # fmt: skip
    for _ in range(2):
        browse(office).post(f"/residents/{alice_resident.id}/obligations/new", data=data)
    [obligation] = db.session.query(Obligation)
    assert (obligation.years, obligation.penalty_amount) == (6, 30000)
    assert "Training does not count" in browse(alice).get(f"/residents/{alice_resident.id}").text
    assert "Pays back" not in browse(mei).get(f"/residents/{alice_resident.id}").text
    browse(office).post(
        f"/obligations/{obligation.id}/edit",
        data=data | {"version": 1, "ended_on": "2026-11-01", "ended_why": "Served", "why": "Done"},
    )
    assert "Served" in browse(office).get(f"/residents/{alice_resident.id}").text


@pytest.mark.parametrize("address", ["/credits", "/contracts", "/obligations"])
def test_these_lists_ask_no_more_for_many_than_for_few(browse, office, county, statements, address):
    browser = browse(office)

    def more(number):
        someone = resident(f"R{number}", county, f"N{number}")
        db.session.add_all(
            [
                Contract(
                    resident=someone, starts_on=date(2026, 9, 1), ends_on=date(2027, 9, 1),
                    payer="base",
                ),
                Obligation(resident=someone, years=Decimal(3), place="x", agreed_at=AT),
                CreditClaim(
                    resident=someone, standard_department=county.standards["Medicine"],
                    months=Decimal(1), place="x", starts_on=date(2025, 1, 1),
                    ends_on=date(2025, 2, 1), asked_at=AT, asked_by_id=office.id,
                    file=_stored(office),
                ),
            ]
        )  # fmt: skip
        db.session.commit()

    more(0)
    few = statements(lambda: browser.get(address))
    for number in range(1, 30):
        more(number)
    assert statements(lambda: browser.get(address)) == few
    for kind in ("csv", "xlsx"):
        assert browser.get(f"{address}/export/{kind}").status_code == 200
    assert "R7" in browser.get(f"{address}?search=R7&sort=-name").text


def test_the_last_of_two_same_forms_at_once_finds_the_first(office, county, alice_resident):
    values = {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 9, 1), "payer": "base"}
    made = [
        actions.agree_contract(alice_resident, values, file=None, by=office, at=AT, request_key="k")
        for _ in range(2)
    ]
    assert made[0] is made[1]
    assert queries.contract_by_key("k") is made[0]


def test_an_approval_is_taken_back_also_where_its_months_are_gone_already(
    browse, alice, office, county, alice_resident
):
    ask(browse(alice), county)
    [claim] = db.session.query(CreditClaim)
    clerk = browse(office)
    clerk.post(f"/credits/{claim.id}/approval")
    db.session.delete(db.session.query(Credit).one())  # as a change of programme does
    db.session.commit()
    page = clerk.post(f"/credits/{claim.id}/refusal", data={"reason": "The stamp is forged"})
    assert page.status_code == 302
    assert claim.approved is False and db.session.query(Credit).count() == 0


def test_a_masked_number_cannot_be_guessed_digit_by_digit(
    browse, office, auditor, mei, county, alice_resident
):
    alice_resident.tutor_id = mei.id
    db.session.commit()
    for page in ("/residents?search=", "/search?q="):
        for reader in (auditor, mei):
            assert "Alice" in browse(reader).get(f"{page}0025").text
            assert ">Alice<" not in browse(reader).get(f"{page}10025").text
        assert "Alice" in browse(office).get(f"{page}10025").text


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_nobody_new_begins_on_a_draft_or_a_retired_version(browse, office, county, state):
    other = Programme(code="GP33-2", name="GP 33", name_en="GP 33", months=Decimal(33))
    if state == "retired":
        other.in_force_at = other.retired_at = AT
    add(other)
    clerk = browse(office)
    assert "(GP33)" in clerk.get("/intakes/new").text
    assert "(GP33-2)" not in clerk.get("/intakes/new").text
    page = clerk.post("/residents/new", data=fields(county, programme_id=other.id))
    assert page.status_code == 200 and db.session.query(Resident).count() == 0
