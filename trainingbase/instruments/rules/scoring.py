"""Sums and judgements about answers: values in, values out.  The one rule of scores.

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
HUNDRED = Decimal(100)

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


@dataclass(frozen=True)
class Result:
    """`total` is the points together, `reachable` the most that the items asked and observed
    could have given, `share` one as a percentage of the other; all None for a form without points.
    `vetoed` are the veto items marked, `broken` the pass rules not kept; `passed` is None where
    the form says nothing about passing."""

    total: Decimal | None
    reachable: Decimal | None
    share: Decimal | None
    vetoed: tuple[str, ...]
    broken: tuple[Mapping[str, str], ...]
    passed: bool | None


def is_asked(item: Any, given: Mapping[str, Any]) -> bool:
    """Whether an item is asked after these answers: a line still to be defined never is, and a
    conditional one only where the item it looks at was answered so."""
    if getattr(item, "missing", None):
        return False
    when = getattr(item, "shown_when", None)
    if not when:
        return True
    value = given.get(when["item"], "")
    if value is None or value == "":
        return False
    try:
        number = Decimal(str(int(value) if isinstance(value, bool) else value))
    except InvalidOperation:
        return False
    return number.is_finite() and number in {Decimal(str(one)) for one in when["in"]}


def asked(items: Iterable[Any], given: Mapping[str, Any]) -> list[Any]:
    """The items that these answers leave visible, in order.  A hidden item answers nothing, so
    what depends on it is hidden too."""
    found: list[Any] = []
    seen: dict[str, Any] = {}
    for item in items:
        if is_asked(item, seen):
            found.append(item)
            if item.code in given:
                seen[item.code] = given[item.code]
    return found


def judged(items: Iterable[Any], given: Mapping[str, Any]) -> dict[str, Decimal | str | None]:
    """The answers as they are kept; those of hidden items are dropped.  Raises `AnswersAtFault`,
    and `KeyError` for a code that the form does not have."""
    items = list(items)
    unknown = set(given) - {item.code for item in items}
    if unknown:
        raise KeyError(sorted(unknown))
    kept: dict[str, Decimal | str | None] = {}
    faults = []
    for item in asked(items, given):
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
    if item.options:
        allowed = {Decimal(str(option[0])) for option in item.options}
        return None if number in allowed else "not_an_option"
    if number < (item.lowest if item.lowest is not None else 0):
        return "too_small"
    if number > (item.highest if item.highest is not None else LARGEST):
        return "too_large"
    if item.kind in ("rating", "count", "choice", "boolean", "minutes") and number % 1:
        return "not_a_number"
    return None


def _scored(items: Iterable[Any]) -> list[Any]:
    return [item for item in items if item.kind == "score" and item.points is not None]


def _weight(item: Any) -> Decimal:
    weight = getattr(item, "weight", None)
    return Decimal(1) if weight is None else weight


def total_of(items: Iterable[Any], answers: Answers) -> Decimal | None:
    """The points together, each by its weight; None for a form without points."""
    items = list(items)
    if not _scored(items):
        return None
    counted = _scored(asked(items, answers))
    points = ((answers.get(item.code) or Decimal(0)) * _weight(item) for item in counted)
    return sum(points, Decimal(0))


def reachable_of(items: Iterable[Any], answers: Answers) -> Decimal | None:
    """The most that the items asked could give; what was not observed counts on neither side."""
    items = list(items)
    if not _scored(items):
        return None
    counted = [
        item
        for item in _scored(asked(items, answers))
        if not (item.code in answers and answers[item.code] is NOT_OBSERVED)
    ]
    return sum((item.points * _weight(item) for item in counted), Decimal(0))


def vetoed(items: Iterable[Any], answers: Answers) -> tuple[str, ...]:
    """The veto items that say yes."""
    return tuple(
        item.code
        for item in asked(items, answers)
        if getattr(item, "is_veto", False) and answers.get(item.code) == 1
    )


def result_of(
    items: Iterable[Any],
    answers: Answers,
    *,
    pass_rules: Iterable[Mapping[str, str]] | None = None,
    veto: str | None = None,
    months: Decimal = Decimal(1),
) -> Result:
    """`veto` is what a marked veto item does: fail, zero, or None where nobody has said it."""
    items = list(items)
    marked = vetoed(items, answers)
    total, reachable = total_of(items, answers), reachable_of(items, answers)
    if marked and veto == "zero" and total is not None:
        total = Decimal(0)
    share = None
    if total is not None and reachable:
        share = (total * HUNDRED / reachable).quantize(Decimal("0.01"), ROUND_HALF_UP)
    broken: list[Mapping[str, str]] = []
    if pass_rules is not None:
        broken = failed(pass_rules, answers, total=total or Decimal(0), months=months, share=share)
    if marked and veto == "fail":
        return Result(total, reachable, share, marked, tuple(broken), False)
    passed = None if pass_rules is None else not broken
    return Result(total, reachable, share, marked, tuple(broken), passed)


def months_between(starts_on: date, ends_on: date) -> Decimal:
    """To a tenth; at least a tenth."""
    months = Decimal((ends_on - starts_on).days) / DAYS_OF_A_MONTH
    return max(Decimal("0.1"), months.quantize(Decimal("0.1"), ROUND_HALF_UP))


def failed(
    pass_rules: Iterable[Mapping[str, str]],
    answers: Answers,
    *,
    total: Decimal,
    months: Decimal,
    share: Decimal | None = None,
) -> list[Mapping[str, str]]:
    """The rules of a form with a verdict that these answers break.

    `total`: at least so many points.  `share`: at least so many per cent of what could be
    reached.  `item`: this item at least so much, where it was asked and observed.  `ratio`: `done`
    is at least that share of `due`; where nothing was due it holds.  `a_month`: the item at least
    so often a month.  `none`: the item says no.
    """
    return [rule for rule in pass_rules if not _holds(rule, answers, total, months, share)]


def _holds(
    rule: Mapping[str, str],
    answers: Answers,
    total: Decimal,
    months: Decimal,
    share: Decimal | None,
) -> bool:
    def number(code: str) -> Decimal:
        value = answers.get(code)
        return value if isinstance(value, Decimal) else Decimal(0)

    kind = rule["kind"]
    if kind == "total":
        return total >= Decimal(rule["least"])
    if kind == "share":
        return share is None or share >= Decimal(rule["least"])
    if kind == "item":
        unasked = not isinstance(answers.get(rule["item"]), Decimal)
        return unasked or number(rule["item"]) >= Decimal(rule["least"])
    if kind == "ratio":
        return number(rule["done"]) >= Decimal(rule["least"]) * number(rule["due"])
    if kind == "a_month":
        return number(rule["item"]) >= Decimal(rule["least"]) * months
    if kind == "none":
        return number(rule["item"]) == 0
    raise ValueError(rule)
