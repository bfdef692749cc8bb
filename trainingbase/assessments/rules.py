"""Sums and judgements about answers: values in, values out.

Answers are by item code: a Decimal for a number, a choice (its option's value) or a boolean
(1 or 0), a str for a text, `NOT_OBSERVED`; what was not answered is left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

NOT_OBSERVED = None
LARGEST = Decimal(9999)
DAYS_OF_A_MONTH = Decimal(365) / 12

Answers = Mapping[str, Decimal | str | None]


@dataclass(frozen=True)
class Fault:
    """`why` is missing, not_a_number, not_an_option, too_small, too_large or always_observed."""

    code: str
    why: str


class AnswersAtFault(Exception):
    """Some answers are missing or impossible; `faults` says which."""

    def __init__(self, faults: list[Fault]):
        super().__init__(faults)
        self.faults = faults


def judged(items: Iterable[Any], given: Mapping[str, Any]) -> dict[str, Decimal | str | None]:
    """The answers as they are kept.  Raises `AnswersAtFault`, and `KeyError` for a code that the
    form does not have."""
    items = list(items)
    unknown = set(given) - {item.code for item in items}
    if unknown:
        raise KeyError(sorted(unknown))
    kept: dict[str, Decimal | str | None] = {}
    faults = []
    for item in items:
        if item.code not in given or given[item.code] == "":
            if item.is_required:
                faults.append(Fault(item.code, "missing"))
            continue
        value, fault = _judged(item, given[item.code])
        if fault:
            faults.append(Fault(item.code, fault))
        else:
            kept[item.code] = value
    if faults:
        raise AnswersAtFault(faults)
    return kept


def _judged(item: Any, value: Any) -> tuple[Decimal | str | None, str | None]:
    if value is NOT_OBSERVED:
        return None, None if item.may_be_unobserved else "always_observed"
    if item.kind == "text":
        return str(value), None
    try:
        number = Decimal(str(value if not isinstance(value, bool) else int(value)))
    except InvalidOperation:
        return None, "not_a_number"
    if not number.is_finite():
        return None, "not_a_number"
    return number, _out_of_range(item, number)


def _out_of_range(item: Any, number: Decimal) -> str | None:
    if item.options and number not in {Decimal(str(option[0])) for option in item.options}:
        return "not_an_option"
    if item.kind in ("rating", "count", "choice", "boolean", "minutes") and number % 1:
        return "not_an_option" if item.options else "not_a_number"
    if number < (item.lowest if item.lowest is not None else 0):
        return "too_small"
    if number > (item.highest if item.highest is not None else LARGEST):
        return "too_large"
    return None


def total_of(items: Iterable[Any], answers: Answers) -> Decimal | None:
    """The points together; None for a form without points."""
    scored = [item for item in items if item.kind == "score" and item.points is not None]
    if not scored:
        return None
    return sum((answers.get(item.code) or Decimal(0) for item in scored), Decimal(0))


def months_between(starts_on: date, ends_on: date) -> Decimal:
    """To a tenth; at least a tenth."""
    months = Decimal((ends_on - starts_on).days) / DAYS_OF_A_MONTH
    return max(Decimal("0.1"), months.quantize(Decimal("0.1"), ROUND_HALF_UP))


def failed(
    pass_rules: Iterable[Mapping[str, str]], answers: Answers, *, total: Decimal, months: Decimal
) -> list[Mapping[str, str]]:
    """The rules of a form with a verdict that these answers break.

    `total`: at least so many points.  `ratio`: `done` is at least that share of `due`; where
    nothing was due it holds.  `a_month`: the item at least so often a month.  `none`: the item
    says no.
    """
    return [rule for rule in pass_rules if not _holds(rule, answers, total, months)]


def _holds(rule: Mapping[str, str], answers: Answers, total: Decimal, months: Decimal) -> bool:
    def number(code: str) -> Decimal:
        value = answers.get(code)
        return value if isinstance(value, Decimal) else Decimal(0)

    if rule["kind"] == "total":
        return total >= Decimal(rule["least"])
    if rule["kind"] == "ratio":
        return number(rule["done"]) >= Decimal(rule["least"]) * number(rule["due"])
    if rule["kind"] == "a_month":
        return number(rule["item"]) >= Decimal(rule["least"]) * months
    if rule["kind"] == "none":
        return number(rule["item"]) == 0
    raise ValueError(rule)


def midway(starts_on: date, ends_on: date) -> date:
    return starts_on + (ends_on - starts_on) / 2
