"""One amount and its reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from trainingbase.incentives.rules.facts import Price

FEN = Decimal("0.01")


def to_fen(amount: Decimal) -> Decimal:
    """Rounded half up: the only place where an amount is rounded."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def capped(amount: Decimal, cap: Decimal | None) -> Decimal:
    """Not above a cap; a deduction has none."""
    return amount if cap is None else min(amount, cap)


@dataclass(frozen=True)
class Draft:
    """What a line of a run will hold: see `incentives.models.Line`."""

    payee_id: int
    rule: str
    key: str
    price: Price
    quantity: Decimal
    amount: Decimal
    facts: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[tuple[str, int], ...] = ()

    @property
    def identity(self) -> tuple[int, str, str]:
        return self.payee_id, self.rule, self.key


@dataclass(frozen=True)
class Finding:
    """A case that no rate pays for; `kind` names the sentence that `facts` fill."""

    kind: str
    facts: dict[str, Any]
    evidence: tuple[tuple[str, int], ...] = ()


def drafted(
    payee_id: int,
    rule: str,
    price: Price,
    quantity: Decimal | int,
    evidence: Iterable[tuple[str, int]],
    *,
    key: str = "",
    **facts: Any,
) -> Draft:
    quantity = Decimal(quantity)
    return Draft(
        payee_id=payee_id,
        rule=rule,
        key=key or price.item,
        price=price,
        quantity=quantity,
        amount=to_fen(capped(quantity * price.amount, price.cap)),
        facts={"item": price.item, **facts},
        evidence=tuple(sorted(set(evidence))),
    )
