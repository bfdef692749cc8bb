"""Locked is for ever; nothing is paid twice, however often it is started or by how many."""

import os
import signal
import threading
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select

from tests.cast import add
from tests.incentives.october import OCTOBER, OCTOBER_IS_OVER, lock
from trainingbase.db import db
from trainingbase.incentives import actions
from trainingbase.incentives.actions import after
from trainingbase.incentives.models import (
    Correction,
    Line,
    Locked,
    PaidFor,
    Posting,
    Question,
    Replaced,
    Run,
    Snapshot,
)
from trainingbase.incentives.queries import ledger
from trainingbase.people.models import Grant, Person
from trainingbase.roles import Role

TODAY = date(2026, 11, 22)
NOVEMBER = date(2026, 11, 1)
LATER = OCTOBER_IS_OVER.replace(month=12)


@pytest.fixture
def locked(quiet_october, office, leader):
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    lock(run)
    return run


def line_of(run, name, rule):
    return next(o for o in ledger.lines_of(run) if o.paid_name == name and o.rule == rule)


STATEMENTS = (
    "UPDATE incentive_lines SET amount = 1",
    "DELETE FROM incentive_lines",
    "UPDATE incentive_runs SET approved_at = NULL, approved_by_id = NULL",
    "DELETE FROM incentive_approvals",
    "UPDATE incentive_snapshots SET digest = ''",
    "DELETE FROM incentive_snapshots",
    "DELETE FROM incentive_postings",
    "UPDATE incentive_postings SET amount = 0",
    'INSERT INTO incentive_lines (run_id, identity, rule, "key", quantity, unit_amount, amount, '
    "facts, evidence) SELECT run_id, 'x', rule, \"key\", quantity, unit_amount, amount, facts, "
    "evidence FROM incentive_lines",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_itself_refuses(locked, statement):
    with pytest.raises(sa.exc.DBAPIError, match="locked"):
        db.session.execute(sa.text(statement))
    db.session.rollback()


def test_the_portal_refuses_as_well(locked):
    line = ledger.lines_of(locked)[0]
    line.amount = Decimal(1)
    with pytest.raises(Locked):
        db.session.commit()
    db.session.rollback()
    db.session.delete(ledger.lines_of(locked)[0])
    with pytest.raises(Locked):
        db.session.commit()
    db.session.rollback()


def test_entries_balance_and_follow_the_money(locked, office):
    def accounts():
        rows = db.session.execute(
            select(Posting.account, func.sum(Posting.amount)).group_by(Posting.account)
        )
        return {account: amount for account, amount in rows if amount}

    assert accounts() == {
        "appropriation": Decimal("-100000.00"),
        "available": Decimal("91400.00"),
        "spent": Decimal("8600.00"),
    }
    run = actions.compute_run(NOVEMBER, by=office, at=LATER)
    held = accounts()["committed"]
    again = actions.compute_run(NOVEMBER, by=office, at=LATER)
    assert accounts()["committed"] == held == sum(one.amount for one in again.lines)
    assert sum(accounts().values()) == 0
    assert [ledger.broken(one) for one in (locked, run, again)] == [[], [], []]


def test_run_then_abort_then_run_is_run(quiet_october, office, monkeypatch):
    once = {(o.identity, o.amount) for o in ledger.computed_month(OCTOBER, today=TODAY)[0]}
    monkeypatch.setattr("trainingbase.incentives.actions.runs.record", _stop)
    for _again in range(2):
        with pytest.raises(KeyboardInterrupt):
            actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
        db.session.rollback()
    monkeypatch.undo()
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    assert {(one.identity, one.amount) for one in ledger.lines_of(run)} == once
    assert db.session.scalar(select(func.count(Run.id))) == 1


def _stop(*_said, **_more):
    raise KeyboardInterrupt


def _compute_and_die(app, stop_at):
    """In a process of its own, which is killed at a statement on its way; how it ended."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        with app.app_context():
            db.engine.dispose(close=False)  # the parent's connections stay the parent's

            def die(_connection, _cursor, statement, *_more):
                if stop_at in statement:
                    os.kill(os.getpid(), signal.SIGKILL)

            sa.event.listen(db.engine, "after_cursor_execute", die)
            actions.compute_run(OCTOBER, by=None, at=OCTOBER_IS_OVER)
    finally:
        os._exit(1)


@pytest.mark.parametrize(
    "stop_at",
    ["SELECT suspensions", "INTO incentive_runs", "INTO incentive_lines", "INTO audit_entries"],
)
def test_a_worker_killed_on_the_way_leaves_nothing_behind(quiet_october, office, app, stop_at):
    first = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    number = first.id
    db.session.commit()
    db.session.remove()
    db.engine.dispose()
    assert _compute_and_die(app, stop_at) == -signal.SIGKILL
    assert db.session.scalar(select(func.count(Run.id))) == 1
    assert ledger.broken(db.session.get(Run, number)) == []
    again = actions.compute_run(OCTOBER, by=None, at=OCTOBER_IS_OVER)
    paid = select(func.sum(Line.amount)).join(Line.run).where(Run.replaced_at.is_(None))
    assert db.session.scalar(paid) == Decimal("8600.00") == sum(o.amount for o in again.lines)


def test_two_people_who_start_a_run_at_once_make_one(quiet_october, app):
    said = []

    def start():
        with app.app_context():
            try:
                actions.compute_run(OCTOBER, by=None, at=OCTOBER_IS_OVER)
                said.append("made")
            except actions.ComputedMeanwhile:
                said.append("meanwhile")
            finally:
                db.session.remove()

    db.session.commit()
    db.session.remove()
    threads = [threading.Thread(target=start) for _one in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    current = select(func.count(Run.id)).where(Run.replaced_at.is_(None))
    assert len(said) == 2 and "made" in said
    assert db.session.scalar(current) == 1


def test_the_ledger_recomputes_to_itself_whatever_changes(locked, alice_resident):
    assert ledger.broken(locked) == []
    alice_resident.withdrawn_on = date(2026, 10, 16)
    db.session.commit()
    assert ledger.broken(locked) == []
    assert len(ledger.differences(locked, today=TODAY)) == 2


def test_a_fact_that_a_locked_month_paid_for_is_not_deleted(locked):
    from trainingbase.training.models import Activity

    paid = db.session.scalars(select(Activity).where(Activity.held_on == date(2026, 10, 5))).one()
    unpaid = db.session.scalars(select(Activity).where(Activity.cancelled_at.is_not(None))).one()
    db.session.delete(unpaid)
    db.session.commit()
    db.session.delete(paid)
    with pytest.raises(PaidFor):
        db.session.commit()
    db.session.rollback()
    assert ledger.differences(locked, today=TODAY) == []


def test_a_fact_that_was_taken_out_past_the_portal_is_shown(locked, office, browse):
    from trainingbase.training.models import Activity

    db.session.execute(sa.delete(Activity))
    db.session.commit()
    (difference,) = ledger.differences(locked, today=TODAY)
    assert (difference.kept, difference.now) == (Decimal("400.00"), None)
    page = browse(office).get(f"/incentives/lines/{line_of(locked, 'Mei', 'activity').id}").text
    assert "rows are no longer there: 5" in page


def test_two_records_of_one_person_may_be_merged_after_the_lock(locked, alice_resident):
    """Whose a line is may change, and the ledger stays right."""
    kept, gone = add(Person(name="Alice of old")), alice_resident.person
    for line in ledger.lines_of(locked):
        if line.payee_id == gone.id:
            line.payee_id = kept.id
    alice_resident.person_id = kept.id
    db.session.commit()
    assert ledger.broken(locked) == [] == ledger.differences(locked, today=TODAY)


def test_a_changed_fact_is_corrected_once_in_a_later_run(locked, office, alice_resident):
    alice_resident.withdrawn_on = date(2026, 10, 16)
    db.session.commit()
    assert after.correct(locked, None, today=TODAY, by=office, at=OCTOBER_IS_OVER) == 2
    with pytest.raises(after.NothingToCorrect):
        after.correct(locked, None, today=TODAY, by=office, at=OCTOBER_IS_OVER)
    run = actions.compute_run(NOVEMBER, by=office, at=LATER)
    run = actions.compute_run(NOVEMBER, by=office, at=LATER)
    corrections = [one for one in ledger.lines_of(run) if one.rule == "correction"]
    assert {(o.paid_name, o.amount) for o in corrections} == {
        ("Alice", Decimal("-1800.00")),
        ("Mei", Decimal("-25.00")),
    }
    alice_line = line_of(locked, "Alice", "stipend")
    assert alice_line.id in {one.corrects_id for one in corrections}
    lock(run, at=LATER)
    december = actions.compute_run(date(2026, 12, 1), by=office, at=LATER)
    assert not [one for one in ledger.lines_of(december) if one.rule == "correction"]
    assert ledger.differences(locked, today=TODAY) == []
    assert ledger.broken(run) == []
    with pytest.raises(after.Settled):
        after.drop(db.session.scalars(select(Correction)).first(), by=office, at=LATER)


def test_a_month_whose_correction_another_month_paid_is_not_locked(locked, office, alice_resident):
    alice_resident.withdrawn_on = date(2026, 10, 16)
    db.session.commit()
    after.correct(locked, None, today=TODAY, by=office, at=OCTOBER_IS_OVER)
    september = actions.compute_run(date(2026, 9, 1), by=office, at=LATER)
    november = actions.compute_run(NOVEMBER, by=office, at=LATER)
    lock(september, at=LATER)
    with pytest.raises(Replaced):
        lock(november, at=LATER)
    db.session.rollback()
    lock(actions.compute_run(NOVEMBER, by=office, at=LATER), at=LATER)
    paid = select(func.sum(Line.amount)).join(Line.run)
    paid = paid.where(Line.rule == "correction", Run.approved_at.is_not(None))
    assert db.session.scalar(paid) == Decimal("-1825.00")


def test_a_question_upheld_becomes_a_correction(locked, office, alice, bob, browse):
    line = line_of(locked, "Alice", "stipend")
    hers, theirs, wus = browse(alice), browse(bob), browse(office)
    assert (
        theirs.post(f"/incentives/lines/{line.id}/question", data={"text": "x"}).status_code == 404
    )
    empty = hers.post(f"/incentives/lines/{line.id}/question", data={"text": " "})
    assert empty.status_code == 422
    asked = {"text": "Year 2?"}
    url = f"/incentives/lines/{line.id}/question"
    page = hers.post(url, data=asked, follow_redirects=True).text
    assert "has your question" in page
    assert "waits for its answer" in hers.post(url, data=asked, follow_redirects=True).text
    number = db.session.scalar(select(Question.id))
    assert "Year 2?" in wus.get("/incentives/questions").text
    answer = {"text": "You are right.", "amount": "300"}
    url = f"/incentives/questions/{number}"
    assert "The answer is given" in wus.post(url, data=answer, follow_redirects=True).text
    wus.post(url, data=answer)
    assert db.session.scalar(select(func.count(Correction.id))) == 1
    assert "You are right." in hers.get(f"/incentives/lines/{line.id}").text
    assert theirs.get(url).status_code == 403
    assert "300.00" in wus.get("/incentives/corrections").text
    assert wus.get("/incentives/corrections/export/csv").status_code == 200
    run = actions.compute_run(NOVEMBER, by=office, at=LATER)
    assert any(o.amount == 300 and o.corrects_id == line.id for o in ledger.lines_of(run))
    assert ledger.differences(locked, today=TODAY) == []


def test_nobody_decides_what_they_are_paid_themselves(locked, alice, county, browse):
    line = line_of(locked, "Alice", "stipend")
    question = after.ask(line, "More?", by=alice, at=LATER)
    add(Grant(person_id=alice.id, role=Role.OFFICE, granted_at=LATER))
    hers, url = browse(alice), f"/incentives/questions/{question.id}"
    refused = hers.post(url, data={"text": "Of course.", "amount": "100000"})
    assert refused.status_code == 422 and "decided by somebody else" in refused.text
    assert db.session.scalar(select(func.count(Correction.id))) == 0
    praised = {
        "month": "2026-10", "person_id": str(alice.id), "department_id": str(county.medicine.id),
        "quality": "90", "efficiency": "90", "reward": "5000", "deduction": "0",
    }  # fmt: skip
    refused = hers.post("/incentives/appraisals/new", data=praised)
    assert refused.status_code == 422 and "decided by somebody else" in refused.text


def test_the_office_corrects_a_locked_month(locked, office, alice_resident, browse):
    alice_resident.withdrawn_on = date(2026, 10, 16)
    db.session.commit()
    browser = browse(office)
    page = browser.get(f"/incentives/{locked.id}/verification").text
    assert "-1,800.00" in page or "−1,800.00" in page
    page = browser.post(f"/incentives/{locked.id}/corrections", follow_redirects=True).text
    assert "Corrections for the next run: 2." in page
    number = db.session.scalar(select(func.min(Correction.id)))
    page = browser.post(f"/incentives/corrections/{number}/dropping", follow_redirects=True).text
    assert "The correction is dropped" in page
    assert len(ledger.differences(locked, today=TODAY)) == 1
    assert db.session.scalar(select(func.count(Snapshot.run_id))) == 1
