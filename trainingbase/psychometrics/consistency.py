"""Cronbach's alpha of complete scores."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import nan

import numpy as np
from scipy.special import fdtri

from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.scores import Table, Values

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Alpha:
    """`interval` is Feldt's (1965) at 95 %.  `standardised` is alpha of items of equal spread, nan
    where an item does not vary.  `dropped[item]` is alpha without the item, of three items or more;
    nan where nothing varies without it."""

    alpha: float
    interval: tuple[float, float]
    standardised: float
    dropped: Mapping[Hashable, float]
    people: int
    items: int
    left_out: int


def alpha_of(table: Table) -> Alpha:
    """Raises `CannotSay` where people do not differ in their sums."""
    values = table.values
    people, items = values.shape
    found = _alpha(values)
    if np.isnan(found):
        raise CannotSay("nothing_found")
    dropped = _dropped(values) if items > 2 else ()
    return Alpha(
        alpha=found,
        interval=feldt_interval(found, people, items),
        standardised=_standardised(values),
        dropped=dict(zip(table.columns, dropped, strict=False)),
        people=people,
        items=items,
        left_out=table.left_out,
    )


def feldt_interval(alpha: float, people: int, items: int) -> tuple[float, float]:
    """(1 - alpha) is to that of the population as F with (people - 1)(items - 1) and people - 1
    degrees of freedom (Feldt, Psychometrika 1965)."""
    between, within = people - 1, (people - 1) * (items - 1)
    tail = (1 - CONFIDENCE) / 2
    low = 1 - (1 - alpha) * fdtri(between, within, 1 - tail)
    high = 1 - (1 - alpha) * fdtri(between, within, tail)
    return float(low), float(high)


def _alpha(values: Values) -> float:
    items = values.shape[1]
    values = values - values.mean(axis=0)
    total = values.sum(axis=1).var(ddof=1)
    if total <= 1e-12 * values.var(axis=0, ddof=1).sum() or np.ptp(values) == 0:
        return nan
    return float(items / (items - 1) * (1 - values.var(axis=0, ddof=1).sum() / total))


def _dropped(values: Values) -> list[float]:
    """Alpha of the rest, for each item: its variance and covariances leave that of the sum."""
    items = values.shape[1] - 1
    values = values - values.mean(axis=0)
    own, sums = values.var(axis=0, ddof=1), values.sum(axis=1)
    total = sums.var(ddof=1) + own - 2 * (values.T @ sums) / (len(values) - 1)
    rest = own.sum() - own
    known = total > 1e-12 * rest.max()
    ratios = np.divide(rest, total, out=np.full_like(rest, nan), where=known)
    return [float(one) for one in items / (items - 1) * (1 - ratios)]


def _standardised(values: Values) -> float:
    spread = values.std(axis=0, ddof=1)
    if spread.min() <= 0:
        return nan
    return _alpha(values / spread)
