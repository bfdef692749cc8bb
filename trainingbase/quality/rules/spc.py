"""Statistical process control of monthly series: limits, and rules that say when a point or a run
is more than chance (Shewhart; Western Electric rules; Wheeler's XmR limits)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

FEWEST_POINTS = 6
"""Below so many points limits say nothing."""
RUN, TREND = 8, 6
BEYOND, NEAR, SHIFT, DRIFT = "beyond", "near", "shift", "drift"
"""A point outside three sigma; two of three outside two sigma on one side; eight in a row on one
side of the middle; six in a row rising or falling."""


@dataclass(frozen=True)
class Point:
    """`value` as shown; `low` and `high` are three sigma, `sigma` one; `fired` the rules that this
    point completes."""

    value: float
    middle: float
    low: float
    high: float
    sigma: float
    fired: tuple[str, ...] = ()


def p_chart(cases: Sequence[tuple[float, float]]) -> list[Point]:
    """Shares in percent of (good, n), n > 0; limits follow each month's n."""
    good, n = sum(one[0] for one in cases), sum(one[1] for one in cases)
    if not n:
        return []
    share = good / n
    bare = []
    for some, of in cases:
        sigma = 100 * sqrt(share * (1 - share) / of)
        bare.append(_point(100 * some / of, 100 * share, sigma, least=0.0, most=100.0))
    return judged(bare)


def u_chart(counts: Sequence[tuple[float, float]]) -> list[Point]:
    """Rates of (events, units), units > 0, taken as Poisson."""
    events, units = sum(one[0] for one in counts), sum(one[1] for one in counts)
    if not units:
        return []
    rate = events / units
    bare = [
        _point(some / of, rate, sqrt(rate / of), least=0.0, most=float("inf"))
        for some, of in counts
    ]
    return judged(bare)


def xmr_chart(values: Sequence[float]) -> list[Point]:
    """Single values: sigma is the mean moving range / 1.128 (d2 of two)."""
    if len(values) < 2:
        return []
    middle = sum(values) / len(values)
    moves = [abs(b - a) for a, b in pairwise(values)]
    sigma = sum(moves) / len(moves) / 1.128
    endless = float("inf")
    return judged([_point(one, middle, sigma, least=-endless, most=endless) for one in values])


def _point(value: float, middle: float, sigma: float, *, least: float, most: float) -> Point:
    return Point(
        value, middle, max(least, middle - 3 * sigma), min(most, middle + 3 * sigma), sigma
    )


def judged(points: Sequence[Point]) -> list[Point]:
    """With the rules that fire; none where there are too few points."""
    if len(points) < FEWEST_POINTS:
        return list(points)
    return [
        Point(one.value, one.middle, one.low, one.high, one.sigma, tuple(_fired(points, n)))
        for n, one in enumerate(points)
    ]


def _fired(points: Sequence[Point], n: int) -> list[str]:
    found, one = [], points[n]
    slack = 1e-9
    if one.value > one.high + slack or one.value < one.low - slack:
        found.append(BEYOND)
    last = points[max(0, n - 2) : n + 1]
    if len(last) == 3:
        for side in (1, -1):
            far = [side * (p.value - p.middle) > 2 * p.sigma + slack for p in last]
            if sum(far) >= 2 and far[-1]:
                found.append(NEAR)
    run = points[max(0, n - RUN + 1) : n + 1]
    if len(run) == RUN and len({_side(p) for p in run}) == 1 and _side(one):
        found.append(SHIFT)
    rise = [p.value for p in points[max(0, n - TREND + 1) : n + 1]]
    steps = [b - a for a, b in pairwise(rise)]
    if len(rise) == TREND and (all(s > 0 for s in steps) or all(s < 0 for s in steps)):
        found.append(DRIFT)
    return found


def _side(point: Point) -> int:
    return (point.value > point.middle) - (point.value < point.middle)
