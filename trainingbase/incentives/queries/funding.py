"""Where the money comes from, and how much of it is left."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, select

from trainingbase.db import db
from trainingbase.incentives.models import Budget, FundingSource, Line, Posting, Run


def cost_by_source(starts_on: date, ends_on: date, *, approved: bool) -> dict:
    """Sums of current runs of months in [starts_on, ends_on), approved or not yet, by
    (source id or None, month)."""
    state = Run.approved_at.is_not(None) if approved else Run.approved_at.is_(None)
    rows = db.session.execute(
        select(Line.source_id, Run.month_on, func.sum(Line.amount))
        .join(Line.run)
        .where(Run.replaced_at.is_(None), state, Run.month_on >= starts_on, Run.month_on < ends_on)
        .group_by(Line.source_id, Run.month_on)
    )
    return {(source_id, month_on): amount for source_id, month_on, amount in rows}


def sources() -> Sequence[FundingSource]:
    return db.session.scalars(select(FundingSource).order_by(FundingSource.id)).all()


def years() -> list[int]:
    """Years with a budget or a run."""
    budgeted = set(db.session.scalars(select(Budget.year).distinct()))
    months = db.session.scalars(select(Run.month_on).where(Run.replaced_at.is_(None)).distinct())
    return sorted(budgeted | {month_on.year for month_on in months})


@dataclass(frozen=True)
class Burn:
    """A source in a year; `source` None: what no rate names a source for, without a budget."""

    source: FundingSource | None
    budget: Decimal | None
    by_month: dict[date, Decimal]
    spent: Decimal
    waiting: Decimal  # computed, not approved

    @property
    def left(self) -> Decimal | None:
        return None if self.budget is None else self.budget - self.spent

    @property
    def forecast(self) -> Decimal | None:
        """What the whole year comes to if its other months cost what its locked ones did on the
        mean; None without a locked month."""
        if not self.by_month:
            return None
        return (self.spent * 12 / len(self.by_month)).quantize(Decimal("0.01"))

    @property
    def share(self) -> Decimal | None:
        """Spent, in percent of the budget."""
        return self.spent * 100 / self.budget if self.budget else None


def burn_down(year: int) -> list[Burn]:
    """Budget, what approved runs took each month, and what is left; four statements."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    budgets = dict(
        db.session.execute(select(Budget.source_id, Budget.amount).where(Budget.year == year)).all()
    )
    spent = cost_by_source(first, after, approved=True)
    waiting = cost_by_source(first, after, approved=False)
    months: dict[int | None, dict[date, Decimal]] = defaultdict(dict)
    for (source_id, month_on), amount in spent.items():
        months[source_id][month_on] = amount
    rows: list[FundingSource | None] = list(sources())
    if any(source_id is None for source_id, _month in [*spent, *waiting]):
        rows.append(None)
    return [
        Burn(
            source=source,
            budget=budgets.get(number) if number else None,
            by_month=months[number],
            spent=sum(months[number].values(), Decimal(0)),
            waiting=sum((a for (s, _m), a in waiting.items() if s == number), Decimal(0)),
        )
        for source in rows
        for number in [source.id if source else None]
    ]


def entries(*, source_id: int | None = None, year: int | None = None) -> Select[tuple[Posting]]:
    """Both sides of every entry, the newest first; `source_id` 0 for what names no source."""
    rows = select(Posting).order_by(Posting.id.desc())
    if year is not None:
        rows = rows.where(Posting.year == year)
    if source_id == 0:
        rows = rows.where(Posting.source_id.is_(None))
    return rows.where(Posting.source_id == source_id) if source_id else rows


def balances(year: int) -> list[tuple[FundingSource | None, dict[str, Decimal]]]:
    """What stands in each account of each source; the accounts of a source sum to nothing."""
    rows = db.session.execute(
        select(Posting.source_id, Posting.account, func.sum(Posting.amount))
        .where(Posting.year == year)
        .group_by(Posting.source_id, Posting.account)
    )
    found: dict[int | None, dict[str, Decimal]] = defaultdict(dict)
    for source_id, account, amount in rows:
        found[source_id][account] = amount
    known = {one.id: one for one in sources()}
    return [
        (known.get(number or 0), found[number])
        for number in sorted(found, key=lambda one: one or 10**9)
    ]
