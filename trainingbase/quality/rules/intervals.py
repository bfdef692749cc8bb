"""How far chance alone may move a figure."""

from math import erf, exp, lgamma, log, sqrt
from typing import NamedTuple

Z95, Z998 = 1.959963984540054, 3.090232306167813


class Interval(NamedTuple):
    low: float
    high: float


def wilson(good: float, n: float, z: float = Z95) -> Interval | None:
    """Of a share, in percent (Wilson 1927); None of nothing."""
    if n <= 0:
        return None
    share, square = min(max(good / n, 0.0), 1.0), z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return Interval(
        round(100 * max(0.0, middle - half), 1), round(100 * min(1.0, middle + half), 1)
    )


def of_mean(total: float, squares: float, n: float, z: float = Z95) -> Interval | None:
    """Of a mean, from the sum and the sum of squares of n scores; None of fewer than two."""
    if n < 2:
        return None
    mean = total / n
    variance = max(0.0, (squares - n * mean * mean) / (n - 1))
    half = z * sqrt(variance / n)
    return Interval(round(mean - half, 2), round(mean + half, 2))


def binomial_limits(share: float, n: int, tail: float) -> tuple[float, float]:
    """Exact control limits of a funnel, in percent: of n cases of which `share` (of 1) are good on
    the whole, the smallest and largest percentage that is not rarer than `tail` at its side.

    From the binomial distribution itself, summed where it is not nothing; between two counts the
    limit is interpolated (Spiegelhalter 2005), so that the funnel is smooth.
    """
    if n <= 0 or not 0 < share < 1:
        return (100 * share, 100 * share)
    return (
        100 * _quantile(share, n, tail) / n,
        100 * (n - _quantile(1 - share, n, tail)) / n,
    )


NEVER, AT_LEAST = 12, 30
"""So many standard deviations, and so many cases more, below the mean nothing is worth adding."""


def _quantile(share: float, n: int, tail: float) -> float:
    spread = sqrt(n * share * (1 - share))
    first = max(0, int(n * share - NEVER * spread) - AT_LEAST)
    chance = exp(
        lgamma(n + 1) - lgamma(first + 1) - lgamma(n - first + 1)
        + first * log(share) + (n - first) * log(1 - share)
    )  # fmt: skip
    odds, before = share / (1 - share), 0.0
    for count in range(first, n + 1):
        below = before + chance
        if below >= tail:
            return max(0.0, count - (below - tail) / chance)
        before = below
        chance *= odds * (n - count) / (count + 1)
    return float(n)


def differ(one: tuple[float, float], other: tuple[float, float]) -> float | None:
    """The p-value of two shares being the same, each (good, n): pooled z test, two-sided."""
    (good, n), (fine, m) = one, other
    if n <= 0 or m <= 0:
        return None
    pooled = (good + fine) / (n + m)
    spread = sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
    if not spread:
        return 1.0
    z = abs(good / n - fine / m) / spread
    return 2 * (1 - (1 + erf(z / sqrt(2))) / 2)
