"""Cumulative sums: an early sign that results have moved from where they should be.

Two-sided, standardised: up = max(0, up + z - k), down = max(0, down - z - k) with z = (x - target)
/ deviation; a signal where either exceeds h (Montgomery, Introduction to Statistical Quality
Control, chapter 9).  k is half the shift worth finding, in standard deviations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from scipy.special import ndtr

from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.scores import Values

SHIFTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
STATES = 48
"""Points of the chain between 0 and h; more change no printed figure."""


@dataclass(frozen=True)
class Point:
    """After one value: both sums, and which limit is exceeded ("above", "below" or None)."""

    value: float
    z: float
    up: float
    down: float
    signal: str | None


@dataclass(frozen=True)
class Chart:
    """`signal_at` is the first value that gave a signal, `began` the one with which its sum left
    zero: where to look for what happened.  Both count from 0; None without a signal."""

    points: tuple[Point, ...]
    k: float
    h: float
    signal_at: int | None
    began: int | None

    @property
    def signal(self) -> str | None:
        return None if self.signal_at is None else self.points[self.signal_at].signal


@dataclass(frozen=True)
class RunLength:
    """Values until a signal, on average, when the mean has moved by `shift` deviations."""

    shift: float
    mean: float


def chart(
    values: Sequence[float], *, target: float, deviation: float, k: float = 0.5, h: float = 4.0
) -> Chart:
    """Of values in the order of time.  The sums are not set back by a signal.

    Raises `CannotSay` without values or spread.
    """
    if not values:
        raise CannotSay("no_scores")
    if not (isfinite(deviation) and deviation > 0):
        raise CannotSay("no_spread")
    points: list[Point] = []
    up = down = 0.0
    rising = falling = 0
    signal_at = began = None
    for at, value in enumerate(values):
        z = (value - target) / deviation
        rising, falling = (rising if up else at), (falling if down else at)
        up, down = max(0.0, up + z - k), max(0.0, down - z - k)
        signal = "above" if up > h else "below" if down > h else None
        if signal and signal_at is None:
            signal_at, began = at, rising if signal == "above" else falling
        points.append(Point(float(value), z, up, down, signal))
    return Chart(tuple(points), k, h, signal_at, began)


def run_lengths(
    *, k: float = 0.5, h: float = 4.0, shifts: Sequence[float] = SHIFTS
) -> tuple[RunLength, ...]:
    """Average run lengths of the two-sided chart for normal values, from sums of zero."""
    return tuple(RunLength(shift, run_length(shift, k=k, h=h)) for shift in shifts)


def run_length(shift: float, *, k: float = 0.5, h: float = 4.0) -> float:
    """Both sides together: the reciprocals of one-sided run lengths add up (Kemp 1961)."""
    above, below = _one_sided(shift, k, h), _one_sided(-shift, k, h)
    return 1 / (1 / above + 1 / below)


def _one_sided(shift: float, k: float, h: float) -> float:
    """Of a Markov chain with an atom at 0 and states at the Gauss-Legendre points of [0, h]
    (Brook and Evans 1972; Goel and Wu 1971): run length = 1 + transitions @ run length."""
    nodes, weights = np.polynomial.legendre.leggauss(STATES)
    states = np.concatenate([[0.0], h * (nodes + 1) / 2])
    steps = states[None, 1:] - states[:, None] + k - shift
    chain = np.empty((STATES + 1, STATES + 1))
    chain[:, 0] = ndtr(k - shift - states)
    chain[:, 1:] = _density(steps) * weights * h / 2
    try:
        lengths = np.linalg.solve(np.eye(STATES + 1) - chain, np.ones(STATES + 1))
    except np.linalg.LinAlgError:  # a reference value so high that the sum never leaves zero
        return LONGEST
    return float(lengths[0]) if 0 < lengths[0] < LONGEST else LONGEST


LONGEST = 1e12
"""Beyond what the arithmetic can tell from never."""


def _density(z: Values) -> Values:
    return np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
