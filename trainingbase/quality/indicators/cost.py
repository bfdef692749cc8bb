"""What the incentives cost, by source."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.incentives.models import Line, Run
from trainingbase.incentives.queries import funding
from trainingbase.incentives.words import source_name
from trainingbase.quality.indicators.indicator import MONEY, Indicator
from trainingbase.quality.rules.facts import Fact

PAID = "paid:"


def facts(starts_on: date, ends_on: date, today: date) -> Iterator[Fact]:
    """Lines of approved runs, in the month of the run."""
    rows = db.session.execute(
        select(Run.month_on, Line.payee_id, Line.source_id, func.sum(Line.amount))
        .join(Line.run)
        .where(
            Run.replaced_at.is_(None),
            Run.approved_at.is_not(None),
            Run.month_on >= starts_on,
            Run.month_on < ends_on,
        )
        .group_by(Run.month_on, Line.payee_id, Line.source_id)
        .order_by(Run.month_on, Line.payee_id, Line.source_id)
    )
    for month_on, payee_id, source_id, amount in rows:
        yield Fact(month_on, None, None, payee_id, f"{PAID}{source_id or 0}", Decimal(amount))


def names() -> Mapping[str, str]:
    """Of the sources; 0 is none."""
    named = {str(one.id): source_name(one) for one in funding.sources()}
    return {**named, "0": source_name(None)}


INDICATOR = Indicator(
    key="cost",
    group="money",
    name=_l("Incentive cost by source"),
    definition=_l("Lines of approved runs of incentives, in yuan, by the month they are paid for."),
    numerator=_l("yuan of approved runs"),
    facts=facts,
    parts={},
    names=names,
    top=(PAID,),
    unit=MONEY,
    unit_name=_l("yuan"),
    splits=(),
    high=None,
)
