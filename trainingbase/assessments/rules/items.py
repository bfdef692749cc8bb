"""Statistics of one item of a form, from how often each value was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

MEASURED = ("rating", "score", "count", "minutes", "boolean")
"""Kinds whose values are numbers that a mean says something about."""
ON_A_SCALE = ("rating", "score")
"""Kinds that are compared with the rest of the form."""


@dataclass(frozen=True)
class Spread:
    """`n` answers with a value, `not_observed` without; `bars` are (value, how often) in order.
    `mean` and `deviation` (of the sample) are None where there is nothing to reckon them of; `top`
    is the share of answers at the upper end."""

    n: int
    not_observed: int
    bars: Sequence[tuple[Decimal, int]]
    mean: float | None
    deviation: float | None
    top: float | None

    @property
    def unobserved_share(self) -> float:
        return self.not_observed / (self.n + self.not_observed) if self.n else 1.0

    @property
    def tallest(self) -> int:
        return max((count for _value, count in self.bars), default=0)


def spread_of(
    counts: Mapping[Decimal | None, int], *, kind: str, highest: Decimal | None
) -> Spread:
    bars = sorted((value, count) for value, count in counts.items() if value is not None)
    n = sum(count for _value, count in bars)
    mean = deviation = top = None
    if n and kind in MEASURED:
        mean = float(sum(value * count for value, count in bars)) / n
        squares = sum(count * (float(value) - mean) ** 2 for value, count in bars)
        deviation = sqrt(squares / (n - 1)) if n > 1 else None
        end = Decimal(1) if kind == "boolean" else highest
        if end is not None:
            top = sum(count for value, count in bars if value >= end) / n
    return Spread(n, counts.get(None, 0), bars, mean, deviation, top)


def correlation(n: int, x: float, xx: float, y: float, yy: float, xy: float) -> float | None:
    """Of two columns from their sums, squares and products; None where one does not vary."""
    if n < 3:
        return None
    varies_x, varies_y = n * xx - x * x, n * yy - y * y
    if varies_x <= 1e-9 * n or varies_y <= 1e-9 * n:
        return None
    return max(-1.0, min(1.0, (n * xy - x * y) / sqrt(varies_x * varies_y)))
