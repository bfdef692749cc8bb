"""How far chance alone may move a figure."""

from math import exp, lgamma, log, sqrt
from typing import NamedTuple

Z95, Z998 = 1.959963984540054, 3.090232306167813


class Interval(NamedTuple):
    low: float
    high: float


def wilson(good: float, n: float, z: float = Z95) -> Interval | None:
    """Of a share, in percent (Wilson 1927); None of nothing."""
    if n <= 0:
        return None
    low, high = _wilson(good, n, z)
    return Interval(round(100 * low, 1), round(100 * high, 1))


def _wilson(good: float, n: float, z: float = Z95) -> tuple[float, float]:
    share, square = min(max(good / n, 0.0), 1.0), z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, middle - half), min(1.0, middle + half)


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


def between_shares(one: tuple[float, float], other: tuple[float, float]) -> Interval | None:
    """Of the difference of two shares, each (good, n), in percentage points: from the score
    intervals of both (Newcombe 1998, method 10)."""
    (good, n), (fine, m) = one, other
    if n <= 0 or m <= 0:
        return None
    here, there = _wilson(good, n), _wilson(fine, m)
    share, mean = good / n, fine / m
    gap = share - mean
    low = gap - sqrt((share - here[0]) ** 2 + (there[1] - mean) ** 2)
    high = gap + sqrt((here[1] - share) ** 2 + (mean - there[0]) ** 2)
    return Interval(round(100 * low, 1), round(100 * high, 1))


Scores = tuple[float, float, float]
"""Sum, sum of squares, and number."""


def between_means(one: Scores, other: Scores, z: float = Z95) -> Interval | None:
    """Of the difference of two means with variances of their own; None of fewer than two."""
    if one[2] < 2 or other[2] < 2:
        return None
    gap = one[0] / one[2] - other[0] / other[2]
    half = z * sqrt(_error(one) + _error(other))
    return Interval(round(gap - half, 2), round(gap + half, 2))


def _error(scores: Scores) -> float:
    """The variance of the mean."""
    total, squares, n = scores
    return max(0.0, (squares - total * total / n) / (n - 1)) / n
