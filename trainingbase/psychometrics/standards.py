"""Where to pass: Angoff, borderline group, borderline regression."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from trainingbase.psychometrics.agreement import agreement_of
from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.scores import Scores, Values, complete_table

FEWEST_JUDGES = 3
FEWEST_BORDERLINE = 5
FEWEST_CANDIDATES = 8


@dataclass(frozen=True)
class Angoff:
    """`cut` is the mean of the judges' sums, in points of `items` items, `percent` of the most
    there is; `deviation` is the spread of the judges' sums, `standard_error` that of the cut
    over other judges.  `agreement` is ICC(2,k) of the judges over items, None where they are too
    few to say.
    `spread[item]` is the widest difference between two judges: what to talk about; `means[item]`
    and `deviations[item]` are those of the judges' estimates of it."""

    cut: float
    percent: float
    sums: Mapping[Hashable, float]
    deviation: float
    standard_error: float
    agreement: float | None
    spread: Mapping[Hashable, float]
    means: Mapping[Hashable, float]
    deviations: Mapping[Hashable, float]
    items: int


@dataclass(frozen=True)
class BorderlineGroup:
    """Mean (`cut`) and median of those judged borderline, and the standard error of the mean."""

    cut: float
    median: float
    standard_error: float
    borderline: int
    candidates: int


@dataclass(frozen=True)
class BorderlineRegression:
    """score = intercept + slope × global rating; `cut` is its value at the borderline rating.

    `standard_error` is that of the line there, `residual` the deviation of scores from the line,
    `r_squared` the share of variance that the rating explains.
    """

    cut: float
    intercept: float
    slope: float
    r_squared: float
    residual: float
    standard_error: float
    candidates: int


def angoff(estimates: Mapping[Hashable, Mapping[Hashable, float]], *, most: float = 1.0) -> Angoff:
    """`estimates[judge][item]`: how a just passing candidate would do on it, 0 to `most`.

    Every judge must have judged every item.  Raises `CannotSay`.
    """
    if len(estimates) < FEWEST_JUDGES:
        raise CannotSay("few_judges", found=len(estimates), needed=FEWEST_JUDGES)
    items = list(next(iter(estimates.values())))
    for judge, given in estimates.items():
        if set(given) != set(items):
            raise CannotSay("unequal_items", judge=judge)
        if not all(0 <= value <= most for value in given.values()):
            raise CannotSay("outside", judge=judge, most=most)
    if not items:
        raise CannotSay("no_scores")
    table = np.array([[given[item] for item in items] for given in estimates.values()], float)
    sums = table.sum(axis=1)
    deviation = float(sums.std(ddof=1))
    return Angoff(
        cut=float(sums.mean()),
        percent=100 * float(sums.mean()) / (most * len(items)),
        sums=dict(zip(estimates, sums.tolist(), strict=True)),
        deviation=deviation,
        standard_error=deviation / float(np.sqrt(len(sums))),
        agreement=_agreement(estimates),
        spread=dict(zip(items, np.ptp(table, axis=0).tolist(), strict=True)),
        means=dict(zip(items, table.mean(axis=0).tolist(), strict=True)),
        deviations=dict(zip(items, table.std(axis=0, ddof=1).tolist(), strict=True)),
        items=len(items),
    )


def _agreement(estimates: Mapping[Hashable, Mapping[Hashable, float]]) -> float | None:
    rows = [
        (item, judge, value) for judge, given in estimates.items() for item, value in given.items()
    ]
    items, judges, values = zip(*rows, strict=True)
    try:
        found = agreement_of(complete_table(Scores.of({"i": items, "j": judges}, values), "i", "j"))
    except CannotSay:
        return None
    return None if np.isnan(found.values["2,k"]) else found.values["2,k"]


def borderline_group(
    scores: Sequence[float], ratings: Sequence[float], *, borderline: float
) -> BorderlineGroup:
    """Of candidates with a score and a global rating each.  Raises `CannotSay`."""
    values = _pairs(scores, ratings)[0]
    group = values[np.asarray(ratings, float) == borderline]
    if len(group) < FEWEST_BORDERLINE:
        raise CannotSay("few_borderline", found=len(group), needed=FEWEST_BORDERLINE)
    return BorderlineGroup(
        cut=float(group.mean()),
        median=float(np.median(group)),
        standard_error=float(group.std(ddof=1) / np.sqrt(len(group))),
        borderline=len(group),
        candidates=len(values),
    )


def borderline_regression(
    scores: Sequence[float], ratings: Sequence[float], *, borderline: float
) -> BorderlineRegression:
    """By least squares of score on global rating.  Raises `CannotSay`, also where scores do not
    rise with the rating."""
    y, x = _pairs(scores, ratings)
    if len(y) < FEWEST_CANDIDATES:
        raise CannotSay("few_candidates", found=len(y), needed=FEWEST_CANDIDATES)
    if np.ptp(x) == 0:
        raise CannotSay("one_global")
    away = x - x.mean()
    slope = float((away * y).sum() / (away**2).sum())
    if slope <= 0:
        raise CannotSay("contradicting")
    intercept = float(y.mean() - slope * x.mean())
    left = float(((y - intercept - slope * x) ** 2).sum())
    residual = float(np.sqrt(left / (len(y) - 2)))
    leverage = 1 / len(y) + (borderline - x.mean()) ** 2 / (away**2).sum()
    return BorderlineRegression(
        cut=intercept + slope * borderline,
        intercept=intercept,
        slope=slope,
        r_squared=1 - left / float(((y - y.mean()) ** 2).sum()),
        residual=residual,
        standard_error=residual * float(np.sqrt(leverage)),
        candidates=len(y),
    )


def _pairs(scores: Sequence[float], ratings: Sequence[float]) -> tuple[Values, Values]:
    if len(scores) != len(ratings):
        raise ValueError("as many scores as ratings are needed")
    return np.asarray(scores, float), np.asarray(ratings, float)
