"""Bad input and faults: what is missing is said, what cannot be is refused, nothing is paid
twice."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from tests.cast import add, person
from tests.conftest import SETTINGS
from tests.incentives.october import OCTOBER, OCTOBER_IS_OVER, lecture, lock
from trainingbase.app import create_app
from trainingbase.db import db
from trainingbase.enrolment.actions import terms
from trainingbase.incentives import actions
from trainingbase.incentives.models import AlreadyApproved, Budget, Line, Rate, Run
from trainingbase.incentives.queries import ledger, payouts
from trainingbase.incentives.rules.months import middles_within, months_within
from trainingbase.people.models import Person
from trainingbase.roles import Role

D = Decimal
TODAY = date(2026, 11, 22)


@pytest.fixture
def october(quiet_october, office):
    return actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)


def kinds(run):
    return {one["kind"] for one in run.findings}


def test_a_month_without_rates_pays_nobody_and_says_of_whom(quiet_october, office):
    db.session.execute(sa.update(Rate).values(ends_on=OCTOBER))
    db.session.commit()
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    assert ledger.lines_of(run) == []
    assert {"no-stipend", "no-allowance", "no-activity-rate"} <= kinds(run)
    assert ledger.broken(run) == []


def test_somebody_without_a_type_is_not_paid_but_named(quiet_october, office, alice_resident):
    alice_resident.trainee_type = None
    db.session.commit()
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    paid = [one for one in ledger.lines_of(run) if one.payee_id == alice_resident.person_id]
    unclear = [one for one in run.findings if one["kind"] == "trainee-unclear"]
    assert paid == []
    assert [one["evidence"] for one in unclear] == [[["residents", alice_resident.id]]]
    assert unclear[0]["facts"]["missing"] == "trainee_type"


def test_contracts_that_overlap_are_refused_and_never_pay_twice(
    quiet_october, office, alice_resident
):
    said = {"payer": "base", "starts_on": date(2026, 9, 1), "ends_on": date(2027, 9, 1)}
    terms.agree_contract(alice_resident, said, file=None, by=office, at=OCTOBER_IS_OVER)
    later = said | {"starts_on": date(2027, 8, 31), "ends_on": date(2028, 9, 1)}
    with pytest.raises(terms.Overlaps):
        terms.agree_contract(alice_resident, later, file=None, by=office, at=OCTOBER_IS_OVER)
    db.session.rollback()
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    stipends = [
        one.amount
        for one in ledger.lines_of(run)
        if one.payee_id == alice_resident.person_id and one.rule == "stipend"
    ]
    assert stipends == [D("3600.00")]


def test_a_budget_below_nothing_is_refused(sources):
    db.session.add(Budget(source=sources["社会资本"], year=2026, amount=D("-0.01")))
    with pytest.raises(sa.exc.IntegrityError):
        db.session.commit()
    db.session.rollback()


def test_two_approvals_are_of_two_people(october, office, leader):
    """Whoever holds both roles gives one of the two approvals."""
    both = person("Both", Role.OFFICE, Role.LEADER)
    assert actions.approve_run(october, by=both, at=OCTOBER_IS_OVER) is False
    with pytest.raises(actions.SamePerson):
        actions.approve_run(october, by=both, at=OCTOBER_IS_OVER)
    db.session.rollback()
    assert not db.session.get_one(Run, october.id).is_approved
    with pytest.raises(AlreadyApproved):  # by the office, a second time
        actions.approve_run(october, by=office, at=OCTOBER_IS_OVER)
    db.session.rollback()
    assert actions.approve_run(october, by=leader, at=OCTOBER_IS_OVER) is True


def test_the_leader_does_not_come_before_the_office(october, leader):
    with pytest.raises(actions.OfficeFirst):
        actions.approve_run(october, by=leader, at=OCTOBER_IS_OVER)


def test_a_clock_that_was_set_back_changes_no_amount_and_no_order(october, office, alice):
    """What was locked first is carried into what was locked then, whatever the clock said."""
    add(Line(run_id=october.id, payee_id=alice.id, rule="x", key="x", quantity=D(1),
             unit_amount=D(-4000), amount=D(-4000)))  # fmt: skip
    lock(october)
    back = OCTOBER_IS_OVER - timedelta(days=2)
    september = actions.compute_run(date(2026, 9, 1), by=office, at=back)
    lock(september, at=back)
    assert september.approved_at < october.approved_at
    assert payouts.carried_into(september)["person", alice.id] == D("-400.00")
    assert payouts.carried_into(october) == {}
    assert ledger.broken(september) == [] == ledger.differences(september, today=TODAY)


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC), 9),
        (datetime(2026, 9, 30, 16, 0, tzinfo=UTC), 10),
        (datetime(2026, 10, 31, 15, 59, 59, tzinfo=UTC), 10),
        (datetime(2026, 10, 31, 16, 0, tzinfo=UTC), 11),
    ],
)
def test_a_month_begins_and_ends_at_midnight_of_the_base(office, alice, moment, month):
    """Not at that of the server, whose clock may stand elsewhere."""
    from trainingbase.incentives.queries import doings
    from trainingbase.research.models import Work

    add(Work(person_id=alice.id, kind="paper", title="T", role="first", done_on=date(2026, 9, 1),
             entered_at=moment, entered_by_id=alice.id, handed_in_at=moment, points=D(1),
             approved=True, decided_at=moment, decided_by_id=office.id))  # fmt: skip
    found = {one: len(list(doings.papers(date(2026, one, 1)))) for one in (9, 10, 11)}
    assert found == {9: 0, 10: 0, 11: 0} | {month: 1}


def test_a_leap_february_is_one_month_like_any_other(quiet_october, office, alice_resident):
    """Its twenty-ninth day counts, and whoever ends on it is paid the whole month."""
    february = date(2028, 2, 1)
    assert list(middles_within(february, date(2028, 3, 1), february)) == list(
        middles_within(date(2028, 1, 15), None, february)
    )
    halves = (date(2028, 2, 15), date(2028, 2, 16))
    for day in halves:
        parts = [months_within(february, day, february), months_within(day, None, february)]
        assert sum(parts) == 1
    alice_resident.starts_on, alice_resident.ends_on = date(2026, 9, 1), date(2028, 3, 1)
    lecture(person("Guest"), date(2028, 2, 29))
    db.session.commit()
    run = actions.compute_run(february, by=office, at=datetime(2028, 3, 2, tzinfo=UTC))
    amounts = {one.rule: one.amount for one in ledger.lines_of(run)
               if one.payee_id == alice_resident.person_id or one.rule == "activity"}  # fmt: skip
    assert (amounts["stipend"], amounts["activity"]) == (D("3900.00"), D("100.00"))


def test_a_portal_that_was_restored_from_a_backup_pays_the_same_once(
    october, office, leader, database
):
    """The backup was made after the first approval; the lock and the payment came later, and are
    lost.  Done again they come out to the cent as the bank has them."""
    actions.approve_run(october, by=office, at=OCTOBER_IS_OVER)
    number, leads = october.id, leader.id
    url = db.engine.url.render_as_string(hide_password=False)
    db.session.remove()
    db.engine.dispose()
    backup = database.server.create(url)
    run = db.session.get_one(Run, number)
    actions.approve_run(run, by=db.session.get_one(Person, leads), at=OCTOBER_IS_OVER)
    paid = {(one.kind, one.id): one.amount for one in payouts.payouts(run)}
    db.session.remove()
    restored = create_app(DATABASE_URL=backup, **SETTINGS)
    with restored.app_context():
        run = db.session.get_one(Run, number)
        assert not run.is_approved and len(run.approvals) == 1
        drafts, _found = ledger.computed_month(OCTOBER, today=TODAY)
        assert ledger.compared(run, drafts) == [] == ledger.broken(run)
        again = actions.compute_run(OCTOBER, by=None, at=OCTOBER_IS_OVER)
        assert db.session.get_one(Run, number).replaced_at is not None
        lock(again)
        assert {(one.kind, one.id): one.amount for one in payouts.payouts(again)} == paid
        assert [ledger.broken(one) for one in ledger.approved_runs()] == [[]]
        assert actions.compute_run(date(2026, 11, 1), by=None, at=OCTOBER_IS_OVER).lines
        db.session.remove()
        db.engine.dispose()
    database.drop(backup)
