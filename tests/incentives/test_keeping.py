"""Months from before the facts of a run were kept with it: kept once, and verified like others."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from click.testing import CliRunner
from sqlalchemy import select

from tests.incentives.october import OCTOBER, OCTOBER_IS_OVER
from trainingbase.audit.models import Entry
from trainingbase.cli import figures
from trainingbase.db import db
from trainingbase.incentives import actions
from trainingbase.incentives.actions.keeping import keep_old_months
from trainingbase.incentives.models import Posting, Run, Snapshot
from trainingbase.incentives.queries import funding, ledger

TODAY = date(2026, 11, 22)


@pytest.fixture
def old_month(quiet_october, office):
    """Locked as the portal locked months at first: nothing kept, nothing posted."""
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    db.session.execute(sa.delete(Snapshot))
    db.session.execute(sa.delete(Posting))
    db.session.execute(sa.update(Run).values(approved_at=OCTOBER_IS_OVER, approved_by_id=office.id))
    db.session.commit()
    return run


@pytest.fixture
def command(app, monkeypatch):
    monkeypatch.setattr(figures, "portal", lambda: app)

    def run(name):
        db.session.rollback()
        outcome = CliRunner().invoke(getattr(figures, name))
        db.session.rollback()
        return outcome

    return run


def test_it_is_kept_with_todays_facts_where_they_still_give_it(old_month, command):
    assert "1 of them without the facts" in command("verify_ledger").output
    assert command("keep_locked_months").output == "2026-10: kept with the facts\n"
    assert command("keep_locked_months").output == ""
    verified = command("verify_ledger")
    assert (verified.exit_code, verified.output) == (
        0, "1 locked months, 0 broken, 0 corrections proposed\n"
    )  # fmt: skip
    trail = db.session.scalars(select(Entry).where(Entry.act == "keep-locked-month")).one()
    assert trail.details["whole"] is True
    spent = sum(amount for (_source, account), amount in balances().items() if account == "spent")
    assert spent == Decimal("8600.00")


def balances():
    rows = db.session.execute(
        select(Posting.source_id, Posting.account, sa.func.sum(Posting.amount)).group_by(
            Posting.source_id, Posting.account
        )
    )
    return {(source, account): amount for source, account, amount in rows}


def test_it_is_sealed_where_the_facts_changed_since(old_month, alice_resident, command):
    alice_resident.withdrawn_on = date(2026, 10, 16)
    db.session.commit()
    assert "sealed" in command("keep_locked_months").output
    verified = command("verify_ledger")
    assert verified.exit_code == 1 and "0 broken, 2 corrections proposed" in verified.output
    assert funding.burn_down(2026)


def test_a_seal_shows_what_is_changed_past_the_portal(old_month, alice_resident):
    alice_resident.withdrawn_on = date(2026, 10, 16)
    db.session.commit()
    ((run, is_whole),) = keep_old_months(today=TODAY, at=OCTOBER_IS_OVER)
    assert not is_whole and ledger.broken(run) == []
    line = ledger.lines_of(run)[0]
    kept, line_id = line.amount, line.id
    unguarded = "DROP TRIGGER locked_line_changed" + (
        "" if db.engine.dialect.name == "sqlite" else " ON incentive_lines"
    )
    db.session.execute(sa.text(unguarded))
    db.session.execute(sa.text(f"UPDATE incentive_lines SET amount = 1 WHERE id = {line_id}"))
    db.session.expire_all()
    assert any(str(kept) in one for one in ledger.broken(run))
    db.session.rollback()


def test_a_command_that_was_stopped_goes_on_where_it_was(old_month, office, monkeypatch):
    monkeypatch.setattr("trainingbase.incentives.actions.keeping.record", _stop)
    with pytest.raises(KeyboardInterrupt):
        keep_old_months(today=TODAY, at=OCTOBER_IS_OVER)
    db.session.rollback()
    monkeypatch.undo()
    assert [whole for _run, whole in keep_old_months(today=TODAY, at=OCTOBER_IS_OVER)] == [True]
    assert ledger.broken(old_month) == []


def _stop(*_said, **_more):
    raise KeyboardInterrupt
