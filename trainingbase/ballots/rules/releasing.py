"""When answers may be released, and what of them.

A base may ask for more than five answers of five people from three months, never for less: that
is what everybody was told who answered.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import Any

LEAST_ANSWERS = 5
LEAST_MONTHS = 3

Answers = Mapping[str, Decimal | str | None]
"""By item code; None: could not be said."""


@dataclass(frozen=True)
class Limits:
    answers: int
    months: int

    @classmethod
    def of(cls, answers: int, months: int) -> "Limits":
        return cls(max(answers, LEAST_ANSWERS), max(months, LEAST_MONTHS))


@dataclass(frozen=True)
class Figure:
    """Of one item; `counts` is how often each value was given."""

    answered: int
    mean: Decimal | None
    deviation: Decimal | None
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Overall:
    """The mean over people of what each gave to all shown items, on one scale: that of the items
    where they share one, else per cent.  `deviation` is between people."""

    answered: int
    mean: Decimal
    deviation: Decimal
    lowest: Decimal
    highest: Decimal


def may_release(*, answers: int, people: int, months: int, limits: Limits) -> bool:
    """`people` is how many have answered, each once: five answers of two would name both."""
    return min(answers, people) >= limits.answers and months >= limits.months


def is_number(item: Any) -> bool:
    return _scale(item) is not None


def _scale(item: Any) -> tuple[Decimal, Decimal] | None:
    """Of what has a mean."""
    if item.kind == "rating" and item.lowest is not None and item.highest is not None:
        return item.lowest, item.highest
    if item.kind == "score" and item.points:
        return item.lowest or Decimal(0), item.points
    return None


def figure_of(item: Any, answers: Iterable[Answers], least: int) -> Figure | None:
    """None where fewer than `least` said anything to it: within a batch no smaller group shows."""
    said = [one[item.code] for one in answers if isinstance(one.get(item.code), Decimal)]
    if len(said) < least:
        return None
    counts: dict[str, int] = {}
    for value in sorted(said):
        counts[f"{value:f}"] = counts.get(f"{value:f}", 0) + 1
    if not is_number(item):
        return Figure(len(said), None, None, counts)
    mean, deviation = mean_and_deviation(said)
    return Figure(len(said), mean, deviation, counts)


def overall_of(items: Sequence[Any], answers: Sequence[Answers], least: int) -> Overall | None:
    """Over the items that are shown, so that nobody reckons a hidden one out of it."""
    shown = [one for one in items if is_number(one) and figure_of(one, answers, least)]
    scales = {_scale(one) for one in shown}
    lowest, highest = scales.pop() if len(scales) == 1 else (Decimal(0), Decimal(100))
    means = []
    for one in answers:
        given = [
            _share(item, one[item.code])
            for item in shown
            if isinstance(one.get(item.code), Decimal)
        ]
        if given:
            means.append(lowest + (highest - lowest) * sum(given) / len(given))
    if len(means) < least:
        return None
    mean, deviation = mean_and_deviation(means)
    return Overall(len(means), mean, deviation, lowest, highest)


def _share(item: Any, value: Decimal) -> Decimal:
    lowest, highest = _scale(item)
    return (value - lowest) / (highest - lowest)


def mean_and_deviation(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """To four places; the deviation is that of a sample, 0 of a single value."""
    mean = sum(values, Decimal(0)) / len(values)
    spread = sum(((one - mean) ** 2 for one in values), Decimal(0))
    deviation = sqrt(spread / (len(values) - 1)) if len(values) > 1 else 0.0
    return round(mean, 4), round(Decimal(deviation), 4)


def texts_of(item: Any, answers: Iterable[Answers]) -> list[str]:
    """In no order; each item is shuffled by itself, so that no two texts lie side by side
    because one person wrote both."""
    texts = [one[item.code] for one in answers if isinstance(one.get(item.code), str)]
    kept = [text.strip() for text in texts if text and text.strip()]
    shuffled(kept)
    return kept


def shuffled(rows: list) -> list:
    """In place, by the machine's own randomness, which no seed repeats."""
    random.SystemRandom().shuffle(rows)
    return rows


def complementary(sizes: Mapping[Any, int], least: int) -> set[Any]:
    """Which groups of a whole must not be shown beside it: those smaller than `least`, and, where
    only one would be hidden, the next smallest too, or the difference would show it."""
    hidden = {group for group, size in sizes.items() if size < least}
    if len(hidden) == 1 and len(sizes) > 1:
        rest = {group: size for group, size in sizes.items() if group not in hidden}
        hidden.add(min(rest, key=lambda group: (rest[group], str(group))))
    return hidden
