"""`trainingbase run-incentives` and `verify-ledger`."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from tests.incentives.october import OCTOBER, OCTOBER_IS_OVER, lock
from trainingbase.cli import figures
from trainingbase.db import db
from trainingbase.incentives import actions
from trainingbase.incentives.models import Run


@pytest.fixture
def command(app, monkeypatch):
    """Runs a command on the test's own database, in a session of its own."""
    monkeypatch.setattr(figures, "portal", lambda: app)

    def run(*arguments):
        db.session.rollback()
        name, *rest = arguments
        outcome = CliRunner().invoke(getattr(figures, name), rest)
        db.session.rollback()
        return outcome

    return run


def test_a_preview_keeps_nothing(quiet_october, command):
    outcome = command("run_incentives", "2026-10", "--preview", "--json")
    told = json.loads(outcome.output)
    assert (told["total"], told["payees"], len(told["lines"])) == ("8600.00", 3, 7)
    assert [one["item"] for one in told["rates_no_rule_can_use"]] == ["迟到早退"]
    assert db.session.scalar(select(func.count(Run.id))) == 0


def test_a_run_is_kept(quiet_october, command):
    outcome = command("run_incentives", "2026-10")
    assert "8600.00 yuan to 3 people (kept)" in outcome.output
    assert db.session.scalar(select(func.count(Run.id))) == 1


@pytest.mark.parametrize(
    ("month", "message"),
    [("October", "2026-10"), ("2026-13", "2026-10"), ("2027-01", "not begun")],
)
def test_a_wrong_month_is_refused_in_plain_words(county, command, month, message):
    outcome = command("run_incentives", month)
    assert outcome.exit_code != 0 and message in outcome.output


def test_an_approved_month_is_not_computed_again(quiet_october, office, command):
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    lock(run)
    assert "approved and locked" in command("run_incentives", "2026-10").output


def test_the_ledger_is_verified(quiet_october, office, alice_resident, command):
    run = actions.compute_run(OCTOBER, by=office, at=OCTOBER_IS_OVER)
    lock(run)
    outcome = command("verify_ledger")
    assert (outcome.exit_code, outcome.output) == (
        0,
        "1 locked months, 0 broken, 0 corrections proposed\n",
    )
    alice_resident.withdrawn_on = date(2026, 10, 16)
    db.session.commit()
    outcome = command("verify_ledger")
    assert outcome.exit_code == 1 and "3600.00 in the ledger, 1800.00" in outcome.output
