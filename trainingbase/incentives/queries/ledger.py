"""A month computed from the facts, and whether the ledger still says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.incentives.models import Line, Run
from trainingbase.incentives.queries.facts import activity_kinds, facts_of, prices_in
from trainingbase.incentives.rules import Draft, Finding, Price, computed, unusable
from trainingbase.people.models import Person


def computed_month(month_on: date, *, today: date) -> tuple[list[Draft], list[Finding]]:
    """The lines of a month as the facts say now, and the cases without a rate.  Saves nothing."""
    return computed(facts_of(month_on, today=today), prices_in(month_on), activity_kinds())


def unusable_in(month_on: date) -> list[Price]:
    """Rates in force that no rule can use."""
    return unusable(prices_in(month_on), activity_kinds())


@dataclass(frozen=True)
class Difference:
    """An amount in the ledger against the one computed now; None where there is no line."""

    payee_id: int
    payee: str
    rule: str
    key: str
    facts: dict
    kept: Decimal | None
    now: Decimal | None


def differences(run: Run, *, today: date) -> list[Difference]:
    """What the facts would make of a run now.  Empty: recomputing equals the ledger."""
    kept = {(row.payee_id, row.rule, row.key): row for row in lines_of(run)}
    drafts, _findings = computed_month(run.month_on, today=today)
    now = {draft.identity: draft for draft in drafts}
    differing = [
        identity
        for identity in sorted(kept.keys() | now.keys())
        if _amount(kept.get(identity)) != _amount(now.get(identity))
    ]
    names = _names({payee_id for payee_id, _rule, _key in differing})
    return [
        Difference(
            payee_id=identity[0],
            payee=names[identity[0]],
            rule=identity[1],
            key=identity[2],
            facts=(now.get(identity) or kept[identity]).facts,
            kept=_amount(kept.get(identity)),
            now=_amount(now.get(identity)),
        )
        for identity in differing
    ]


def _amount(row: Line | Draft | None) -> Decimal | None:
    return row.amount if row is not None else None


def _names(ids: set[int]) -> dict[int, str]:
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return dict(rows.all())


def lines_of(run: Run) -> Sequence[Line]:
    return db.session.scalars(select(Line).where(Line.run_id == run.id)).all()


def approved_runs() -> Sequence[Run]:
    return db.session.scalars(
        select(Run).where(Run.approved_at.is_not(None)).order_by(Run.month_on)
    ).all()
