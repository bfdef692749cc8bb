"""What each rate in force came to in a run."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.incentives.models import Line, Rate, Run
from trainingbase.incentives.queries.ledger import unusable_in


@dataclass(frozen=True)
class RateUse:
    """A rate in force and what it came to in a run; `is_usable` unless no rule can use it."""

    rate: Rate
    is_usable: bool
    lines: int
    amount: Decimal


def rate_uses(run: Run) -> list[RateUse]:
    """Every rate in force in the month, those that nothing can use first."""
    unusable = {price.id for price in unusable_in(run.month_on)}
    sums = {
        rate_id: (lines, amount)
        for rate_id, lines, amount in db.session.execute(
            select(Line.rate_id, func.count(), func.sum(Line.amount))
            .where(Line.run_id == run.id)
            .group_by(Line.rate_id)
        )
    }
    rates = db.session.scalars(
        select(Rate)
        .where(
            Rate.starts_on <= run.month_on,
            Rate.ends_on.is_(None) | (Rate.ends_on > run.month_on),
        )
        .options(joinedload(Rate.source))
        .order_by(Rate.kind, Rate.id)
    ).all()
    uses = [
        RateUse(rate, rate.id not in unusable, *sums.get(rate.id, (0, Decimal(0))))
        for rate in rates
    ]
    return sorted(uses, key=lambda use: use.is_usable)
