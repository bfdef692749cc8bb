"""The six intraclass correlations of Shrout and Fleiss (Psychological Bulletin 1979;86:420).

In `1,·` every target has judges of its own, in `2,·` the judges are drawn from many, in `3,·` they
are all that there are; `·,1` is one judge, `·,k` the mean of the k there were.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan

from scipy.special import fdtri

from trainingbase.psychometrics.scores import Table

UPPER = 0.975
Interval = tuple[float, float]


@dataclass(frozen=True)
class Agreement:
    """`values` and their 95 % `intervals` by "1,1" to "3,k"; nan where the data define none."""

    values: Mapping[str, float]
    intervals: Mapping[str, Interval]
    targets: int
    judges: int
    left_out: int


@dataclass(frozen=True)
class Squares:
    """Mean squares: between targets, within them, between judges, and what is left."""

    between: float
    within: float
    judges: float
    error: float
    n: int
    k: int


def agreement_of(table: Table) -> Agreement:
    """Rows of the table are targets, columns are judges."""
    ms = _squares(table)
    singles = {
        "1,1": _ratio(ms.between - ms.within, ms.between + (ms.k - 1) * ms.within),
        "2,1": _ratio(
            ms.between - ms.error,
            ms.between + (ms.k - 1) * ms.error + ms.k * (ms.judges - ms.error) / ms.n,
        ),
        "3,1": _ratio(ms.between - ms.error, ms.between + (ms.k - 1) * ms.error),
    }
    means = {
        "1,k": _ratio(ms.between - ms.within, ms.between),
        "2,k": _ratio(ms.between - ms.error, ms.between + (ms.judges - ms.error) / ms.n),
        "3,k": _ratio(ms.between - ms.error, ms.between),
    }
    intervals = {
        "1,1": _one_way(ms),
        "2,1": _two_way_random(ms, singles["2,1"]),
        "3,1": _two_way_fixed(ms),
    }
    of_means = {
        name.replace(",1", ",k"): (_stepped(low, ms.k), _stepped(high, ms.k))
        for name, (low, high) in intervals.items()
    }
    return Agreement(singles | means, intervals | of_means, ms.n, ms.k, table.left_out)


def _squares(table: Table) -> Squares:
    values = table.values - table.values.mean()
    n, k = values.shape
    rows, columns = values.mean(axis=1), values.mean(axis=0)
    total = float((values**2).sum())
    between, judges = float(k * (rows**2).sum()), float(n * (columns**2).sum())
    within = float(((values - rows[:, None]) ** 2).sum())
    error = float(((values - rows[:, None] - columns) ** 2).sum())

    def mean_square(squares: float, degrees: int) -> float:
        return 0.0 if squares < 1e-13 * total else squares / degrees

    return Squares(
        between=mean_square(between, n - 1),
        within=mean_square(within, n * (k - 1)),
        judges=mean_square(judges, k - 1),
        error=mean_square(error, (n - 1) * (k - 1)),
        n=n,
        k=k,
    )


def _ratio(above: float, below: float) -> float:
    return above / below if below > 0 else nan


def _stepped(single: float, k: int) -> float:
    """Spearman and Brown: the mean of k, from one."""
    below = 1 + (k - 1) * single
    return k * single / below if below > 1e-12 else nan


def _f(above: float, below: float) -> float:
    return float(fdtri(above, below, UPPER))


def _one_way(ms: Squares) -> Interval:
    return _limits(ms, ms.within, ms.n * (ms.k - 1))


def _two_way_fixed(ms: Squares) -> Interval:
    return _limits(ms, ms.error, (ms.n - 1) * (ms.k - 1))


def _limits(ms: Squares, error: float, degrees: int) -> Interval:
    down = error * _f(ms.n - 1, degrees)
    up = ms.between * _f(degrees, ms.n - 1)
    return (
        _ratio(ms.between - down, ms.between + (ms.k - 1) * down),
        _ratio(up - error, up + (ms.k - 1) * error),
    )


def _two_way_random(ms: Squares, single: float) -> Interval:
    """With Satterthwaite's degrees of freedom, as Shrout and Fleiss give it."""
    n, k = ms.n, ms.k
    if isnan(single):
        return nan, nan
    if ms.error == 0 and ms.judges == 0:
        return 1.0, 1.0
    judges = k * single * ms.judges
    error = (n * (1 + (k - 1) * single) - k * single) * ms.error
    degrees = _ratio((judges + error) ** 2, judges**2 / (k - 1) + error**2 / ((n - 1) * (k - 1)))
    if not degrees > 0:
        return nan, nan
    down, up = _f(n - 1, degrees), _f(degrees, n - 1)
    others = k * ms.judges + (k * n - k - n) * ms.error
    return (
        _ratio(n * (ms.between - down * ms.error), down * others + n * ms.between),
        _ratio(n * (up * ms.between - ms.error), others + n * up * ms.between),
    )
