"""How evenly something is spread: the Lorenz curve and the Gini coefficient, with an interval."""

from collections.abc import Sequence
from itertools import pairwise
from random import Random
from typing import NamedTuple

RESAMPLES = 1000
FEWEST = 3
"""Below so many holders nothing is said."""


class Gini(NamedTuple):
    """`value` 0 is even, 1 is everything in one place; the interval holds 95 of 100 resamples."""

    value: float
    low: float
    high: float


def lorenz(holdings: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points from (0, 0) to (1, 1) of (weight, amount) pairs: the share of the weight that has the
    least for its weight, and the share of the amount it holds."""
    weight, amount = sum(w for w, _a in holdings), sum(a for _w, a in holdings)
    points, below, held = [(0.0, 0.0)], 0.0, 0.0
    if weight <= 0 or amount <= 0:
        return points
    for w, a in sorted(holdings, key=lambda one: one[1] / one[0]):
        below, held = below + w, held + a
        points.append((below / weight, held / amount))
    return points


def gini(holdings: Sequence[tuple[float, float]]) -> float | None:
    """1 less twice the area under the curve; None where nothing is held."""
    points = lorenz(holdings)
    if len(points) < 2:
        return None
    area = sum((x2 - x1) * (y1 + y2) / 2 for (x1, y1), (x2, y2) in pairwise(points))
    return max(0.0, 1 - 2 * area)


def with_interval(holdings: Sequence[tuple[float, float]], *, seed: int = 1) -> Gini | None:
    """Bootstrap over the holders: percentiles 2.5 and 97.5 of 1,000 resamples, the same in every
    run.  None of too few, or where nothing is held."""
    known = [one for one in holdings if one[0] > 0]
    whole = gini(known)
    if whole is None or len(known) < FEWEST:
        return None
    chance, found = Random(seed), []  # noqa: S311 (resampling, no secret)
    while len(found) < RESAMPLES:
        one = gini(chance.choices(known, k=len(known)))
        found.append(0.0 if one is None else one)
    found.sort()
    low, high = found[int(RESAMPLES * 0.025)], found[int(RESAMPLES * 0.975) - 1]
    return Gini(round(whole, 3), round(low, 3), round(high, 3))
