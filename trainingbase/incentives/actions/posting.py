"""Entries in the accounts of the funding sources.  The caller commits."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.incentives.models import Budget, Posting, Run

Amounts = Mapping[int | None, Decimal]
"""By source; None for what names none."""


def _move(
    entry: str, amounts: Amounts, *, year: int, out_of: str, into: str, at: datetime,
    run: Run | None = None,
) -> None:  # fmt: skip
    """One entry, balanced: what leaves one account comes into the other."""
    for source_id, amount in sorted(amounts.items(), key=lambda one: one[0] or 0):
        if amount:
            db.session.add_all(
                Posting(entry=entry, source_id=source_id, year=year, account=account,
                        amount=signed, run_id=run.id if run else None, posted_at=at)
                for account, signed in ((out_of, -amount), (into, amount))
            )  # fmt: skip


def post_budgets(*, at: datetime) -> None:
    """Appropriations, as the budgets stand: a changed budget is posted by the difference."""
    posted = {
        (source_id, year): amount
        for source_id, year, amount in db.session.execute(
            select(Posting.source_id, Posting.year, func.sum(Posting.amount))
            .where(Posting.account == "available", Posting.run_id.is_(None))
            .group_by(Posting.source_id, Posting.year)
        )
    }
    entries = db.session.scalar(
        select(func.count(Posting.entry.distinct())).where(Posting.run_id.is_(None))
    )
    for budget in db.session.scalars(select(Budget).order_by(Budget.id)):
        change = budget.amount - posted.get((budget.source_id, budget.year), Decimal(0))
        if change:
            entries = (entries or 0) + 1
            _move(f"budget-{entries}", {budget.source_id: change}, year=budget.year,
                  out_of="appropriation", into="available", at=at)  # fmt: skip


def commit_to(run: Run, amounts: Amounts, *, at: datetime) -> None:
    """A computed run holds its money back."""
    _move(f"run-{run.id}-commit", amounts, year=run.month_on.year, out_of="available",
          into="committed", at=at, run=run)  # fmt: skip


def release(run: Run, *, at: datetime) -> None:
    """A run that was replaced gives it back."""
    _move(f"run-{run.id}-release", _committed(run), year=run.month_on.year,
          out_of="committed", into="available", at=at, run=run)  # fmt: skip


def spend(run: Run, *, at: datetime) -> None:
    """A locked run has spent it."""
    _move(f"run-{run.id}-spend", _committed(run), year=run.month_on.year,
          out_of="committed", into="spent", at=at, run=run)  # fmt: skip


def _committed(run: Run) -> Amounts:
    rows = db.session.execute(
        select(Posting.source_id, func.sum(Posting.amount))
        .where(Posting.run_id == run.id, Posting.account == "committed")
        .group_by(Posting.source_id)
    )
    return dict(rows.all())
