"""What a breach costs, line by line, by a rule that the base entered.

An amount is `amount` times what it is asked for, then times the share that was not served where
the rule says so, then rounded half up to the rule's step.  Percentages are of the whole repayment
before any share was taken off.  Nothing here has an amount of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

KINDS = ("repayment", "penalty")
PER = ("whole", "training_month", "training_year", "owed_year", "paid", "percent")
"""Once, each month or year of training done, each year owed, per cent of what runs paid the
resident, per cent of the repayment."""


@dataclass(frozen=True)
class Item:
    kind: str
    name: str
    name_en: str | None
    amount: Decimal
    per: str
    by_unserved: bool = False


@dataclass(frozen=True)
class Case:
    """The facts of one breach: months of training as runs count them, stipend that approved runs
    paid, years owed, and days owed and served."""

    training_months: Decimal
    paid: Decimal
    years: Decimal
    owed_days: int
    served_days: Decimal

    @property
    def unserved_days(self) -> Decimal:
        return self.owed_days - self.served_days


@dataclass(frozen=True)
class Line:
    """`gross` before the share was taken, `amount` what is asked."""

    item: Item
    quantity: Decimal
    gross: Decimal
    amount: Decimal


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """To a whole number of steps, half up."""
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def reckoned(items: Sequence[Item], case: Case, step: Decimal) -> list[Line]:
    """Repayment first: what is a percentage of it needs it whole."""
    ordered = sorted(items, key=lambda one: (KINDS.index(one.kind), one.per == "percent"))
    lines: list[Line] = []
    repayment = Decimal(0)
    for one in ordered:
        quantity = _quantity(one, case, repayment)
        gross = one.amount * quantity
        if one.kind == "repayment":
            repayment += gross
        share = case.unserved_days / case.owed_days if one.by_unserved else Decimal(1)
        lines.append(Line(one, quantity, gross, rounded(gross * share, step)))
    return lines


def _quantity(item: Item, case: Case, repayment: Decimal) -> Decimal:
    return {
        "whole": Decimal(1),
        "training_month": case.training_months,
        "training_year": case.training_months / 12,
        "owed_year": case.years,
        "paid": case.paid / 100,
        "percent": repayment / 100,
    }[item.per]


def total(lines: Sequence[Line], kind: str) -> Decimal:
    return sum((one.amount for one in lines if one.item.kind == kind), Decimal(0))
