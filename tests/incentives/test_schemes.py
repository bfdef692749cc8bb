"""Rules of the base's own: made, checked, tried, put in force, ended."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests.incentives.october import OCTOBER, OCTOBER_IS_OVER, lock
from trainingbase.db import db
from trainingbase.incentives import actions
from trainingbase.incentives.actions import schemes
from trainingbase.incentives.models import InForce, Line, Scheme, Version
from trainingbase.incentives.queries import ledger, trying

TODAY = date(2026, 11, 22)
SAID = {
    "basis": "placement", "rates": "", "applies": "is_primary_care", "quantity": "months",
    "multiplier": "", "share": "", "splits": [], "pay": "points", "amount": Decimal(3),
    "point_value": Decimal("2.5"), "cap": None, "source_id": None, "tax_note": None,
}  # fmt: skip
TYPED = {
    "name": "下基层补贴", "name_en": "Rural bonus", "beneficiary": "resident", "form_key": "k1",
    "basis": "placement", "applies": "is_primary_care", "quantity": "months", "pay": "yuan",
    "amount": "100", "point_value": "1", "source_id": "0",
}  # fmt: skip


@pytest.fixture
def draft(quiet_october, office):
    return schemes.make(name="下基层", name_en="Rural", beneficiary="resident", said=SAID,
                        key="key", by=office, at=OCTOBER_IS_OVER)  # fmt: skip


def in_force(draft, office, month_on=OCTOBER):
    schemes.put_in_force(draft, month_on, version=draft.version, by=office, at=OCTOBER_IS_OVER)


def test_a_rule_pays_from_its_month_on(draft, office, bob):
    assert not [d for d in ledger.computed_month(OCTOBER, today=TODAY)[0] if d.rule == "own"]
    in_force(draft, office)
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    line = db.session.scalars(select(Line).where(Line.version_id == draft.id)).one()
    assert (line.run_id, line.payee_id, line.amount) == (run.id, bob.id, Decimal("3.75"))
    assert ledger.computed_month(date(2026, 9, 1), today=TODAY)[0] != []
    schemes.end(draft, date(2026, 11, 1), version=draft.version, by=office, at=OCTOBER_IS_OVER)
    later = ledger.computed_month(date(2026, 11, 1), today=TODAY)[0]
    assert draft.scheme.code not in {one.rule for one in later}


def test_the_same_form_sent_twice_makes_one(draft, office):
    again = schemes.make(name="x", name_en="x", beneficiary="resident", said=SAID, key="key",
                         by=office, at=OCTOBER_IS_OVER)  # fmt: skip
    assert again.id == draft.id


@pytest.mark.parametrize(
    ("field", "text", "kind"),
    [
        ("applies", "is_primry_care", "unknown-name"),
        ("quantity", "months + days", "units"),
        ("multiplier", "leave_days / leave_days", "zero"),
        ("applies", "months", "wanted"),
        ("splits", ["nothing"], "unknown-name"),
        ("basis", "secretary", "never-paid"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(draft, office, field, text, kind):
    with pytest.raises(schemes.Refused) as refused:
        schemes.edit(draft, SAID | {field: text}, version=draft.version, by=office,
                     at=OCTOBER_IS_OVER)  # fmt: skip
    assert kind in {one.kind for one in refused.value.problems.values()}


def test_what_is_in_force_is_never_changed(draft, office):
    in_force(draft, office)
    with pytest.raises(InForce):
        schemes.edit(draft, SAID, version=draft.version, by=office, at=OCTOBER_IS_OVER)
    db.session.rollback()
    draft.amount = Decimal(99)
    with pytest.raises(InForce):
        db.session.commit()
    db.session.rollback()
    with pytest.raises(Exception, match="locked"):
        db.session.execute(Version.__table__.update().values(amount=Decimal(99)))
    db.session.rollback()


def test_a_new_version_takes_the_place_of_the_old(draft, office):
    in_force(draft, office)
    newer = schemes.draft_anew(draft.scheme, by=office, at=OCTOBER_IS_OVER)
    with pytest.raises(schemes.DraftedAlready):
        schemes.draft_anew(draft.scheme, by=office, at=OCTOBER_IS_OVER)
    with pytest.raises(schemes.NotAfter):
        in_force(newer, office)
    db.session.rollback()
    in_force(newer, office, date(2026, 11, 1))
    assert draft.ends_on == date(2026, 11, 1)


def test_a_locked_month_keeps_its_rules(draft, office):
    lock(actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER))
    with pytest.raises(schemes.MonthLocked):
        in_force(draft, office)


def test_a_draft_is_tried_on_a_past_month(draft, office, bob):
    trial = trying.tried(trying_terms(draft), OCTOBER, today=TODAY)
    assert [(trial.names[d.identity], d.amount) for d in trial.drafts] == [("Bob", Decimal("3.75"))]
    assert ("基层实践补贴", "Primary-care allowance", 1) in trial.overlaps
    assert not trial.never_applies
    schemes.edit(draft, SAID | {"applies": 'level == "village"'}, version=draft.version,
                 by=office, at=OCTOBER_IS_OVER)  # fmt: skip
    assert trying.tried(trying_terms(draft), OCTOBER, today=TODAY).never_applies
    assert db.session.scalar(select(func.count(Line.id))) == 0


def trying_terms(draft):
    from trainingbase.incentives.queries.book import terms_of

    return terms_of(draft)


def test_departments_and_sites_are_paid_as_themselves(draft, office, county, browse):
    site = schemes.make(
        name="基地", name_en="Site month", beneficiary="site", key="s", by=office,
        said=SAID | {"pay": "yuan", "amount": Decimal(50)}, at=OCTOBER_IS_OVER,
    )  # fmt: skip
    in_force(site, office)
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    line = db.session.scalars(select(Line).where(Line.version_id == site.id)).one()
    assert (line.payee_id, line.institution_id, line.amount) == (
        None, county.township.id, Decimal("25.00")
    )  # fmt: skip
    browser = browse(office)
    for view in ("", "/payees", f"?search={county.township.name}"):
        assert county.township.name in browser.get(f"/incentives/{run.id}{view}").text


def test_the_office_makes_tries_and_enforces_a_rule(quiet_october, office, browse):
    browser = browse(office)
    page = browser.post("/incentives/rules/new", data=TYPED | {"applies": "is_primry_care"})
    assert page.status_code == 422 and "Did you mean “is_primary_care”?" in page.text
    page = browser.post("/incentives/rules/new", data=TYPED, follow_redirects=True)
    assert "The draft is kept" in page.text
    scheme = db.session.scalars(select(Scheme).where(Scheme.name_en == "Rural bonus")).one()
    number = scheme.versions[0].id
    page = browser.get(f"/incentives/rules/{number}?month=2026-10").text
    assert "0.5 × 100.00 = 50.00" in page and "Another rule pays" in page
    page = browser.post(
        f"/incentives/rules/{number}/force", data={"month": "2026-10", "version": "1"},
        follow_redirects=True,
    )  # fmt: skip
    assert "in force from" in page.text
    assert browser.get(f"/incentives/rules/{number}/draft").status_code == 404
    for language in ("zh", "en"):
        office.language = language
        db.session.commit()
        for url in ("rules", "rules/new", f"rules/{number}", "rules/export/csv", "what-if"):
            assert browser.get(f"/incentives/{url}").status_code == 200


def test_a_stale_draft_is_not_saved_over(draft, office, browse):
    url = f"/incentives/rules/{draft.id}/draft"
    browser = browse(office)
    typed = {k: v for k, v in TYPED.items() if k not in ("name", "name_en", "beneficiary")}
    assert browser.post(url, data=typed | {"version": "1"}).status_code == 302
    page = browser.post(url, data=typed | {"version": "1", "amount": "7"})
    assert page.status_code == 409 and "changed this meanwhile" in page.text


def test_what_if_says_who_gains_and_keeps_nothing(draft, office, browse, statements):
    browser = browse(office)
    rate = ledger.book_of(OCTOBER).prices[2]  # the allowance in townships
    page = browser.get(f"/incentives/what-if?what=rate-{rate.id}&amount=1000&month=2026-10").text
    assert "Bob" in page and "100.00" in page and "1,200.00" in page
    page = browser.get(f"/incentives/what-if?what=draft-{draft.id}&month=2026-10").text
    assert "Bob" in page and "3.75" in page
    assert not [one for one in statements if one.startswith(("INSERT INTO incentive", "UPDATE"))]
    for odd in ("what=rate-x&amount=1", "what=rule-999", "what=rate-1&amount=x", "month=x"):
        assert browser.get(f"/incentives/what-if?{odd}").status_code == 200
