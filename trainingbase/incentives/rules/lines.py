"""One amount and its reason."""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

FEN = Decimal("0.01")
MOST = Decimal(10) ** 9
"""No line is larger: more is a slip of a rule, and would not fit its column."""


def to_fen(amount: Decimal) -> Decimal:
    """Rounded half up: the only place where an amount is rounded."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def capped(amount: Decimal, cap: Decimal | None) -> Decimal:
    """Not above a cap; a deduction has none."""
    return amount if cap is None else min(amount, cap)


def shared(amount: Decimal, weights: list[Decimal]) -> list[Decimal]:
    """An amount split by weights, to the fen: the parts always sum to the whole.

    What rounding leaves over goes to the largest remainders, of equal ones to the first.
    """
    whole, weight = to_fen(amount), sum(weights, Decimal(0))
    if not weight:
        return [Decimal(0) for _one in weights]
    exact = [whole * one / weight for one in weights]
    parts = [(one // FEN) * FEN for one in exact]
    left = int((whole - sum(parts, Decimal(0))) / FEN)
    order = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for position in order[:left]:
        parts[position] += FEN
    return parts


@dataclass(frozen=True)
class Draft:
    """What a line of a run will hold: see `incentives.models.Line`.

    Exactly one of `payee_id`, `department_id` and `institution_id` is paid, said by `payee`; the
    other two say where the money counts.
    """

    payee: str
    payee_id: int | None
    rule: str
    key: str
    version_id: int
    quantity: Decimal
    unit_amount: Decimal
    amount: Decimal
    cap: Decimal | None = None
    rate_id: int | None = None
    source_id: int | None = None
    department_id: int | None = None
    institution_id: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    evidence: tuple[tuple[str, int], ...] = ()

    @property
    def identity(self) -> str:
        """The same in every computation of the month."""
        who = {"department": self.department_id, "site": self.institution_id}
        return f"{self.payee}:{who.get(self.payee, self.payee_id)}/{self.rule}/{self.key}"


@dataclass(frozen=True)
class Finding:
    """A case that no rate pays for; `kind` names the sentence that `facts` fill."""

    kind: str
    facts: dict[str, Any]
    evidence: tuple[tuple[str, int], ...] = ()
