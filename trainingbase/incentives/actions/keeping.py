"""Months that were locked before the facts of a run were kept with it: kept once, afterwards."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.incentives.actions import posting
from trainingbase.incentives.models import Run, Snapshot
from trainingbase.incentives.queries import ledger
from trainingbase.incentives.queries.book import book_of
from trainingbase.incentives.queries.facts import facts_of
from trainingbase.incentives.rules import computed
from trainingbase.incentives.rules.packing import digest, packed, sealed


def keep_old_months(*, today: date, at: datetime) -> list[tuple[Run, bool]]:
    """Each such run, and whether today's facts still give it to the cent: then they are kept with
    it, as if it had been computed now.  Else its amounts are sealed as they stand, which shows any
    later change; what the facts say of it stays among the proposed corrections.

    Its money is posted, where it was not.  The trail says which was done.
    """
    return [(run, _keep(run, today=today, at=at)) for run in ledger.unkept_runs()]


def _keep(run: Run, *, today: date, at: datetime) -> bool:
    """One month, one commit, so that a command that was stopped goes on where it was."""
    hold(run, "version")
    facts, book = facts_of(run.month_on, today=today), book_of(run.month_on)
    lines = ledger.lines_of(run)
    amounts = {one.identity: one.amount for one in lines if one.rule != ledger.CORRECTION}
    now = {one.identity: one.amount for one in computed(facts, book)[0]}
    content = packed(facts, book) if now == amounts else sealed(amounts)
    db.session.add(Snapshot(run_id=run.id, content=content, digest=digest(content)))
    if not ledger.is_posted(run):
        sums: dict[int | None, Decimal] = defaultdict(Decimal)
        for one in lines:
            sums[one.source_id] += one.amount
        posting.commit_to(run, sums, at=at)
        db.session.flush()
        posting.spend(run, at=at)
    record("keep-locked-month", run, by=None, at=at, month=run.month_on, whole=now == amounts)
    db.session.commit()
    return now == amounts
