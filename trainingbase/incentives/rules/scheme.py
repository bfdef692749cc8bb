"""A rule as data, and as it is once its expressions are understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from trainingbase.incentives.rules.language import Expression, compiled
from trainingbase.incentives.rules.operations import Wrong
from trainingbase.incentives.rules.vocabulary import BENEFICIARIES, names_of, names_of_rates

PAY = ("rate", "yuan", "points")
"""An amount from the rates, an amount in yuan, or points at a value."""
LEAVE = frozenset({"leave_days", "sick_days", "personal_days", "absence_days", "annual_days"})
FIELDS = ("rates", "applies", "quantity", "multiplier", "share")


@dataclass(frozen=True)
class Terms:
    """A version of a scheme, as it stands in the database.

    `rates` picks the rates a rule takes its amounts from; `applies` the facts it pays for;
    `quantity` how much of each; `multiplier` and `share` (0 to 1, for leave) weigh it; a line is
    made for each payee and each value of the names in `splits`.
    """

    id: int
    code: str
    name: str
    name_en: str
    beneficiary: str
    basis: str
    rates: str
    applies: str
    quantity: str
    multiplier: str
    share: str
    splits: tuple[str, ...]
    pay: str
    amount: Decimal
    point_value: Decimal
    cap: Decimal | None
    source_id: int | None


@dataclass(frozen=True)
class Scheme:
    """`rates` is None where the amount is the rule's own."""

    terms: Terms
    rates: Expression | None
    applies: Expression
    quantity: Expression
    multiplier: Expression | None
    share: Expression | None

    @property
    def counts_leave(self) -> bool:
        """Whether it looks at days of leave, so that they too stand behind its lines."""
        parts = (self.applies, self.quantity, self.multiplier, self.share)
        return any(one is not None and not LEAVE.isdisjoint(one.names) for one in parts)

    @property
    def unit_amount(self) -> Decimal:
        value = self.terms.point_value if self.terms.pay == "points" else Decimal(1)
        return self.terms.amount * value


def problems(terms: Terms) -> Mapping[str, Wrong]:
    """What is wrong with each expression, by field; nothing where the rule can be computed."""
    found: dict[str, Wrong] = {}
    for field in FIELDS:
        try:
            _part(terms, field)
        except Wrong as wrong:
            found[field] = wrong
    if terms.basis not in BENEFICIARIES.get(terms.beneficiary, ()):
        found["beneficiary"] = Wrong("never-paid")
    known = names_of(terms.basis, with_rates=terms.pay == "rate")
    for name in terms.splits:
        if name not in known:
            found["splits"] = Wrong("unknown-name", name=name, near="")
    if "quantity" not in found:
        found |= _money(terms)
    return found


def _money(terms: Terms) -> dict[str, Wrong]:
    """Points are paid at a value, yuan as they are: neither is multiplied by the other."""
    quantity = _part(terms, "quantity")
    unit = quantity.unit if quantity else ""
    if unit == "points" and terms.pay != "points":
        return {"quantity": Wrong("points-need-a-value")}
    if unit == "yuan" and (terms.pay != "yuan" or terms.amount != 1):
        return {"quantity": Wrong("yuan-are-paid-as-they-are")}
    return {}


def _part(terms: Terms, field: str) -> Expression | None:
    text = getattr(terms, field).strip()
    with_rates = terms.pay == "rate"
    if field == "rates":
        return compiled(text, names_of_rates(), wanted="flag") if with_rates else None
    if not text and field != "quantity":
        return None if field != "applies" else compiled("True", {}, wanted="flag")
    wanted = {"applies": "flag", "quantity": "amount"}.get(field, "number")
    return compiled(text, names_of(terms.basis, with_rates=with_rates), wanted=wanted)


@lru_cache(maxsize=512)
def understood(terms: Terms) -> Scheme:
    """Raises `Wrong` for what `problems` names."""
    applies, quantity = _part(terms, "applies"), _part(terms, "quantity")
    assert applies is not None and quantity is not None
    return Scheme(
        terms,
        _part(terms, "rates"),
        applies,
        quantity,
        _part(terms, "multiplier"),
        _part(terms, "share"),
    )
