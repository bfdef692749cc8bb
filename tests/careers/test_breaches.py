"""A breach from its reckoning to its end."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.careers.conftest import ANSWERS, NOW, PENALTY, TODAY
from tests.cast import LONG_AGO, PASSWORD, add, person, put
from trainingbase.careers.actions import bonds as rules
from trainingbase.careers.actions import breaches as actions
from trainingbase.careers.models import (
    AlreadyDecided,
    BondRule,
    Breach,
    Employment,
    Payment,
    SameTwo,
    Waiver,
)
from trainingbase.careers.queries import bonds, breaches
from trainingbase.careers.queries.bonds import case_of
from trainingbase.careers.rules.breaching import rounded
from trainingbase.db import db
from trainingbase.incentives.models import Line, Run
from trainingbase.notices.models import Notice
from trainingbase.people.models import Grant
from trainingbase.roles import Role

D = Decimal


@pytest.fixture
def broken(obligation, rule, carol_resident, county, worked, office):
    """Served one year of the three after training, then left; 180 days of 2191 in the end."""
    worked(carol_resident, county.township, date(2023, 9, 1), date(2024, 9, 1))
    return actions.declare(
        obligation, kind="left_early", noted_on=date(2024, 9, 1), due_on=None, note=None,
        file=None, by=office, at=NOW, request_key="b",
    )  # fmt: skip


@pytest.fixture
def second(county):
    return person("Zhou", Role.OFFICE)


def test_it_is_reckoned_by_the_rule_of_its_agreement(broken):
    """Three years' fees come back whole; of the penalty, half of them, the share not served."""
    assert (broken.repayment, broken.penalty) == (D(30000), D(4998))
    owed, served = broken.reckoned["owed_days"], D(broken.reckoned["served_days"])
    assert (owed, served) == (2191, D(1095 + 366))  # training lies inside the term
    assert rounded(D(15000) * (owed - served) / owed, D(1)) == broken.penalty


def test_a_later_change_of_rule_or_records_changes_no_amount(
    broken, rule, office, carol_resident, county, worked
):
    with pytest.raises(rules.InUse):
        rules.change_rule(rule, ANSWERS, [PENALTY], version=1, why="x", by=office, at=NOW)
    worked(carol_resident, county.township, date(2024, 9, 1), date(2025, 9, 1))
    db.session.refresh(broken)
    assert broken.total == D(34998)


def test_the_office_declares_with_the_sum_it_saw(
    browse, office, obligation, rule, carol_resident, county, worked
):
    worked(carol_resident, county.township, date(2023, 9, 1), date(2024, 9, 1))
    clerk = browse(office)
    address = f"/careers/obligations/{obligation.id}/breach"
    page = clerk.get(address + "?noted_on=2024-09-01").text
    assert "30,000.00" in page and "4,998" in page
    data = {"kind": "left_early", "noted_on": "2024-09-01", "form_key": "k", "asked": "34998.00"}
    other = clerk.post(address, data=data | {"asked": "1"})
    assert "costs another sum" in other.text
    for _again in range(2):
        assert clerk.post(address, data=data).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Breach)) == 1
    page = clerk.get(f"/careers/obligations/{obligation.id}").text
    assert "10,000.00 yuan × 36 months of training ÷ 12 = 30,000.00 → 30,000.00 yuan" in page


@pytest.mark.parametrize("day", ["2027-01-01", "1800-01-01", ""])
def test_a_day_that_cannot_be_is_refused(browse, office, obligation, rule, day):
    address = f"/careers/obligations/{obligation.id}/breach"
    page = browse(office).post(address, data={"kind": "other", "noted_on": day})
    assert page.status_code == 200 and "field-error" in page.text


def test_without_a_rule_nothing_is_reckoned(browse, office, obligation):
    page = browse(office).get(f"/careers/obligations/{obligation.id}/breach")
    assert "No rule says what a breach costs" in page.text
    with pytest.raises(actions.NoRule):
        actions.declare(obligation, kind="other", noted_on=TODAY, due_on=None, note=None,
                        file=None, by=office, at=NOW)  # fmt: skip


def test_a_waiver_needs_a_second_person(browse, broken, office, second, leader, carol, alice):
    clerk, address = browse(office), f"/careers/obligations/{broken.obligation_id}"
    data = {"amount": "4998", "why": "Illness", "form_key": "w"}
    for _again in range(2):
        assert clerk.post(f"{address}/waiver", data=data).status_code == 302
    waiver = db.session.scalars(select(Waiver)).one()
    own = clerk.post(f"{address}/waiver/decision", data={"granted": "yes", "version": 1})
    assert own.status_code == 422 and "somebody else decides" in own.text
    with pytest.raises(SameTwo):
        actions.decide_waiver(waiver, granted=True, reason=None, version=1, by=office, at=NOW)
    assert "Carol" in browse(leader).get("/careers/waivers").text
    done = browse(leader).post(
        f"{address}/waiver/decision", data={"granted": "yes", "version": waiver.version}
    )
    assert done.status_code == 302
    db.session.refresh(broken)
    assert (broken.waived, broken.open_amount) == (D(4998), D(30000))
    kinds = set(db.session.scalars(select(Notice.kind)))
    assert {"bond-broken", "waiver-asked", "waiver-decided"} <= kinds
    with pytest.raises(AlreadyDecided):
        actions.decide_waiver(waiver, granted=False, reason="x", version=2, by=second, at=NOW)
    assert browse(alice).get(address).status_code == 404
    assert "34,998.00" in browse(carol).get(address).text


def test_who_came_to_work_in_the_office_decides_nothing_of_their_own(browse, broken, carol, office):
    add(Grant(person_id=carol.id, role=Role.OFFICE, granted_at=LONG_AGO))
    actions.propose_waiver(broken, D(4998), "Illness", file=None, by=office, at=NOW)
    own, address = browse(carol), f"/careers/obligations/{broken.obligation_id}"
    data = {"granted": "yes", "version": 1, "amount": "1", "paid_on": "2026-11-01", "why": "x"}
    for act in ("waiver/decision", "payment", "breach/cancellation", "certificate", "rule"):
        page = own.post(f"{address}/{act}", data=data, follow_redirects=True)
        assert "somebody else of the office" in page.text, act
    db.session.refresh(broken)
    assert broken.open_amount == broken.total and broken.waiver_waiting is not None
    assert "Carol（" not in own.get("/careers/employment/new").text
    [served] = db.session.scalars(select(Employment))
    assert own.get(f"/careers/employment/{served.id}").status_code == 200
    assert own.get(f"/careers/employment/{served.id}/change").status_code == 404
    decision = own.post(f"/careers/employment/{served.id}/decision", data=data)
    assert decision.status_code == 404


def test_the_leader_sees_a_case_only_once_it_is_put_to_them(browse, broken, leader, office):
    address = f"/careers/obligations/{broken.obligation_id}"
    assert browse(leader).get(address).status_code == 404
    actions.propose_waiver(broken, D(1), "why", file=None, by=office, at=NOW)
    assert browse(leader).get(address).status_code == 200


def test_no_more_is_waived_or_paid_than_is_open(browse, broken, office, second):
    with pytest.raises(actions.TooMuch):
        actions.propose_waiver(broken, D(34999), "why", file=None, by=office, at=NOW)
    waiver = actions.propose_waiver(broken, D(30000), "why", file=None, by=office, at=NOW)
    actions.receive(broken, D(30000), TODAY, "R1", by=office, at=NOW, request_key="p")
    with pytest.raises(actions.TooMuch):
        actions.decide_waiver(waiver, granted=True, reason=None, version=1, by=second, at=NOW)
    address = f"/careers/obligations/{broken.obligation_id}/payment"
    page = browse(office).post(address, data={"amount": "5000", "paid_on": "2026-11-01"})
    assert "No more than 4,998.00 yuan are open" in page.text
    for odd in ("0", "-1", "NaN", "1e30", "0.001"):
        page = browse(office).post(address, data={"amount": odd, "paid_on": "2026-11-01"})
        assert page.status_code == 200 and "field-error" in page.text


def test_payments_settle_it_and_are_reversed(browse, broken, office, carol):
    address = f"/careers/obligations/{broken.obligation_id}"
    clerk = browse(office)
    data = {"amount": "34998", "paid_on": "2026-11-01", "receipt": "R7", "form_key": "p"}
    for _again in range(2):
        assert clerk.post(f"{address}/payment", data=data).status_code == 302
    (paid,) = db.session.scalars(select(Payment)).all()
    assert bonds.case_of(broken.obligation_id, today=TODAY).state == "settled"
    with pytest.raises(AlreadyDecided):
        actions.cancel(breaches.breach_by_id(broken.id), why="x", by=office, at=NOW)
    clerk.post(f"{address}/payments/{paid.id}/reversal", data={"why": "another person's"})
    assert bonds.case_of(broken.obligation_id, today=TODAY).state == "broken"
    assert clerk.get("/careers/obligations/payments/2026/csv").data.count(b"R7") == 1
    taken_back = clerk.post(f"{address}/breach/cancellation", data={"why": "She served"})
    assert taken_back.status_code == 302
    assert bonds.case_of(broken.obligation_id, today=TODAY).state == "late"
    assert "She served" in clerk.get(address).text


def test_a_payment_of_another_breach_is_no_page(browse, broken, office):
    address = f"/careers/obligations/{broken.obligation_id}/payments/987/reversal"
    assert browse(office).post(address, data={"why": "x"}).status_code == 404


def test_who_has_served_all_has_nothing_to_break(
    obligation, rule, carol_resident, county, worked, office
):
    worked(carol_resident, county.township, date(2023, 9, 1))
    found = bonds.case_of(obligation.id, today=date(2026, 9, 1))
    assert found.state == "fulfilled"
    with pytest.raises(actions.NothingOwed):
        actions.declare(obligation, kind="other", noted_on=date(2026, 9, 1), due_on=None,
                        note=None, file=None, by=office, at=NOW)  # fmt: skip


def test_a_share_of_the_stipend_that_was_paid_comes_back(carol, carol_resident, obligation, office):
    """Of approved runs alone, whatever was computed and replaced."""
    when = datetime(2023, 1, 9, tzinfo=NOW.tzinfo)
    for month in (1, 2, 3):
        run = put(Run(month_on=date(2023, month, 1), computed_at=when, computed_by_id=office.id))
        put(
            Line(run_id=run.id, payee_id=carol.id, rule="stipend", key=str(month),
                 quantity=D(1), unit_amount=D("3000.50"), amount=D("3000.50"))
        )  # fmt: skip
        if month < 3:
            run.approved_at, run.approved_by_id = when, office.id
    db.session.commit()
    half = {"kind": "repayment", "name": "x", "name_en": None, "amount": D(50), "per": "paid",
            "by_unserved": False}  # fmt: skip
    rules.make_rule(ANSWERS, [half], by=office, at=NOW)
    made = actions.declare(obligation, kind="other", noted_on=date(2024, 1, 1), due_on=None,
                           note=None, file=None, by=office, at=NOW)  # fmt: skip
    assert made.repayment == D("3001")  # half of 6001.00, to the yuan
    assert D(made.reckoned["paid"]) == D("6001.00")


def test_a_rule_that_decided_something_is_never_changed(broken, rule, office):
    """Whatever way one goes: by the form, by the row, by one of its parts."""
    assert rule.used_at == NOW
    for spoil in (
        lambda: setattr(rule, "step", D("0.01")),
        lambda: setattr(rule.items[0], "amount", D(1)),
        lambda: rule.items.pop(),
        lambda: setattr(rule, "used_at", None),
    ):
        with pytest.raises(rules.InUse):
            spoil()
            db.session.commit()
        db.session.rollback()
    assert (rule.step, [one.amount for one in rule.items]) == (D(1), [D(10000), D(50)])


def test_a_new_version_takes_its_place_from_a_day_on(
    browse, broken, rule, office, county, carol_resident
):
    clerk = browse(office)
    assert "New version" in clerk.get(f"/careers/rules/{rule.id}").text
    assert clerk.get(f"/careers/rules/{rule.id}/change").status_code == 404
    address = f"/careers/rules/new?follows={rule.id}"
    page = clerk.get(address).text
    assert 'value="10000' in page and 'value="2020-01-01"' not in page
    typed = {
        "name": "六年服务期", "source": "Agreement, paragraph 8", "trainee_type": "rural",
        "levels": "township", "begin_days": "60", "gap_days": "30", "step": "1",
        "part_time": "share", "form_key": "v2", "starts_on": "2020-01-01",
        "name_1": "培养费", "kind_1": "repayment", "amount_1": "1", "per_1": "whole",
    }  # fmt: skip
    refused = clerk.post(address, data=typed)
    assert refused.status_code == 422 and "whose place it takes" in refused.text
    for _twice in range(2):
        made = clerk.post(address, data=typed | {"starts_on": "2020-06-01"})
        assert made.status_code == 302
    newer = db.session.scalars(select(BondRule).where(BondRule.id != rule.id)).one()
    assert rule.ends_on == newer.starts_on == date(2020, 6, 1)
    found = case_of(broken.obligation_id, today=TODAY)
    assert found.rule is rule, "what was decided stays under its rule"
    assert found.breach.total == D(34998)
    assert clerk.get("/careers/rules/new?follows=99999").status_code == 404
    assert clerk.get(f"/careers/rules/new?follows={10**20}").status_code == 200


def test_service_that_is_certified_freezes_its_rule(obligation, rule, carol_resident, county,
                                                    worked, office, browse):  # fmt: skip
    worked(carol_resident, county.township, date(2023, 9, 1))
    assert rule.used_at is None
    browse(office).post(
        f"/careers/obligations/{obligation.id}/certificate", data={"password": PASSWORD}
    )
    db.session.refresh(rule)
    assert rule.used_at is not None
