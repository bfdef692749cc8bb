"""The list of obligations, their rules, milestones, and the certificate."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from tests.careers.conftest import ANSWERS, FEES, NOW, TODAY
from tests.cast import LONG_AGO, PASSWORD, add, resident
from trainingbase.careers.actions import bonds as actions
from trainingbase.careers.actions import milestones
from trainingbase.careers.models import BondRule
from trainingbase.careers.queries import bonds as queries
from trainingbase.db import db
from trainingbase.enrolment.models import Obligation
from trainingbase.notices.models import Notice
from trainingbase.signatures.models import Signature


def case(obligation, today=TODAY):
    return queries.case_of(obligation.id, today=today)


def test_without_a_rule_nothing_counts(obligation, carol_resident, county, worked):
    worked(carol_resident, county.township, date(2023, 9, 1))
    assert case(obligation).state == "no_rule"
    assert case(obligation).found.served_days == 0


def test_the_rule_is_the_one_of_the_day_of_the_agreement(obligation, rule, office):
    assert case(obligation).rule is rule
    newer = {**ANSWERS, "name": "Newer", "starts_on": date(2021, 1, 1)}
    later = actions.make_rule(newer, [FEES], by=office, at=NOW)
    anybody = actions.make_rule({**ANSWERS, "name": "All", "trainee_type": None}, [], by=office,
                                at=NOW)  # fmt: skip
    assert case(obligation).rule is rule, "agreed in 2020, and for this trainee type"
    actions.choose_rule(obligation, later, by=office, at=NOW)
    assert case(obligation).rule is later and case(obligation).is_chosen
    actions.choose_rule(obligation, None, by=office, at=NOW)
    actions.retire_rule(rule, retired=True, by=office, at=NOW)
    assert case(obligation).rule is anybody


def test_the_person_sees_the_balance_and_its_rows(
    browse, carol, obligation, rule, carol_resident, county, worked
):
    worked(carol_resident, county.township, date(2024, 9, 1), share=Decimal("0.5"))
    page = browse(carol).get(f"/careers/obligations/{obligation.id}").text
    found = case(obligation).found
    assert found.served_days == 1095 + Decimal(812) / 2
    assert "1,501 of 2,191 days served" in page
    assert "training, counts by the rule" in page and "Willow Township" in page
    assert "68.5 %" in browse(carol).get("/careers/mine").text
    assert "After the training" in browse(carol).get(f"/residents/{carol_resident.id}").text


def test_who_is_late_is_on_the_list_and_told_once(
    browse, carol, office, obligation, rule, carol_resident
):
    for _again in range(2):
        milestones.tell_of_milestones(today=TODAY, at=NOW)
    kinds = [one.kind for one in db.session.scalars(select(Notice).order_by(Notice.id))]
    assert sorted(kinds) == ["bond-late", "bond-late-of", "bond-milestone"]
    page = browse(office).get("/careers/obligations?state=late").text
    assert "Carol" in page and "since" in page
    assert "Carol" not in browse(office).get("/careers/obligations?state=serving").text


def test_the_certificate_is_signed_and_holds(
    browse, carol, office, obligation, rule, carol_resident, county, worked
):
    worked(carol_resident, county.township, date(2023, 9, 1))
    assert case(obligation).state == "fulfilled"
    clerk, address = browse(office), f"/careers/obligations/{obligation.id}"
    assert clerk.get(f"{address}/certificate.pdf").status_code == 404
    wrong = clerk.post(f"{address}/certificate", data={"password": "wrong"})
    assert wrong.status_code == 422 and "Nothing was signed" in wrong.text
    for _again in range(2):
        clerk.post(f"{address}/certificate", data={"password": PASSWORD})
    signed = db.session.scalars(select(Signature)).one()
    for language in ("zh", "en"):
        paper = browse(carol).get(f"{address}/certificate.pdf?language={language}")
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.data)).pages)
        assert "Carol" in text and signed.digest[:8] in text.replace("\n", "")
    assert "Valid" in browse(office).get(f"/signatures/verify/{signed.digest}").text


def test_nobody_certifies_what_is_not_served(browse, office, obligation, rule):
    page = browse(office).post(
        f"/careers/obligations/{obligation.id}/certificate", data={"password": PASSWORD},
        follow_redirects=True,
    )  # fmt: skip
    assert "There is still service owed" in page.text
    assert db.session.scalar(select(func.count()).select_from(Signature)) == 0


FORM = {
    "name": "Rule", "source": "Agreement", "starts_on": "2020-01-01", "levels": "township",
    "begin_days": "60", "gap_days": "30", "step": "0.01", "part_time": "share", "form_key": "r",
    "name_1": "Fees", "kind_1": "repayment", "amount_1": "1000", "per_1": "training_month",
    "by_unserved_1": "y",
}  # fmt: skip


def test_the_base_enters_its_own_rule_and_changes_it(browse, office):
    clerk = browse(office)
    for _again in range(2):
        assert clerk.post("/careers/rules/new", data=FORM).status_code == 302
    rule = db.session.scalars(select(BondRule)).one()
    assert [(one.amount, one.by_unserved) for one in rule.items] == [(Decimal(1000), True)]
    address = f"/careers/rules/{rule.id}/change"
    data = {**FORM, "amount_1": "2000", "why": "misread", "version": rule.version}
    assert clerk.post(address, data=data).status_code == 302
    stale = clerk.post(address, data=data | {"amount_1": "3000"})
    assert stale.status_code == 409
    assert "misread" in clerk.get(f"/careers/rules/{rule.id}").text
    assert "Fees" in clerk.get(address).text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"levels": []}, "Say which places count"),
        ({"amount_1": ""}, "needs a name and a number"),
        ({"amount_1": "-1"}, "from 0 to 10 million"),
        ({"ends_on": "2019-01-01"}, "before the first day"),
        ({"gap_days": "99999"}, "field-error"),
        ({"name": "  "}, "Give a name"),
        ({"institution_ids": "987"}, "field-error"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_at_its_field(browse, office, changed, said):
    page = browse(office).post("/careers/rules/new", data=FORM | changed)
    assert page.status_code == 422 and said in page.text


def test_the_list_takes_as_many_statements_for_many_as_for_few(
    browse, office, county, rule, worked, statements
):
    def promised(n):
        one = resident(f"R{n}", county, f"11010119950101{n:04d}")
        one.trainee_type = "rural"
        one.starts_on, one.ends_on = date(2020, 9, 1), date(2023, 9, 1)
        one.finished_on = date(2023, 8, 31)
        db.session.commit()
        add(Obligation(resident_id=one.id, years=Decimal(6), place="x",
                       agreed_at=LONG_AGO.replace(year=2020)))  # fmt: skip
        worked(one, county.township, date(2023, 9, 1))

    promised(1)
    clerk = browse(office)
    clerk.get("/careers/obligations")
    few = statements(lambda: clerk.get("/careers/obligations"))
    for n in range(2, 12):
        promised(n)
    assert statements(lambda: clerk.get("/careers/obligations")) == few
    assert clerk.get("/careers/obligations/export/xlsx").status_code == 200
