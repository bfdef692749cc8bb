"""Means freed of who judged: a linear mixed model with crossed random people and judges.

score = mean + person + judge (+ person with judge, where a judge scored a person more than once)
+ error, all but the mean drawn from normal distributions whose variances are estimated by
restricted maximum likelihood.  A person's adjusted mean is mean + person as best predicted (BLUP):
drawn towards the mean of all the more, the fewer scores there are (Searle, Casella, McCulloch,
Variance Components, 1992; the likelihood is profiled as in Bates et al., J Stat Softw 2015;67).
"""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from trainingbase.psychometrics.components import estimate
from trainingbase.psychometrics.designs import read_design
from trainingbase.psychometrics.mixed import (
    LARGEST,
    Cells,
    Effects,
    Ratios,
    gather,
    most_likely,
    predict,
)
from trainingbase.psychometrics.refusals import FEWEST_PEOPLE, CannotSay
from trainingbase.psychometrics.scores import Scores, Values

FEWEST_JUDGES = 3
"""Who scored two people or more: a variance between two judges is a guess."""

LARGEST_TABLE = 5_000_000
"""People times judges that are held at once."""

MOST_OF_THE_FEWER = 500
"""Of people or judges, whichever are fewer: the square of it is factored a hundred times."""


@dataclass(frozen=True)
class Adjusted:
    """One person: the `raw` mean of `scores` scores, the `adjusted` one and its `standard_error`.

    `shrinkage` is how far the adjusted mean is held to the mean of all for want of scores: 0 where
    the scores say everything, 1 where they say nothing (one less the prediction's reliability).
    """

    label: Hashable
    scores: int
    raw: float
    adjusted: float
    standard_error: float
    shrinkage: float


@dataclass(frozen=True)
class Judge:
    """`leniency` is by how much this judge scores above the others, in points."""

    label: Hashable
    scores: int
    raw: float
    leniency: float
    standard_error: float


@dataclass(frozen=True)
class Leniency:
    """Variances: between `people`, between `judges`, of people with judges (None where nobody was
    scored twice by one judge), and of the single score."""

    mean: float
    people_variance: float
    judge_variance: float
    together_variance: float | None
    error_variance: float
    people: tuple[Adjusted, ...]
    judges: tuple[Judge, ...]


def adjusted_means(
    scores: Scores,
    *,
    people: str = "p",
    judges: str = "r",
    fewest_people: int = FEWEST_PEOPLE,
) -> Leniency:
    """Of every person and judge in the scores.

    Raises `CannotSay`, also where fewer than `fewest_people` were judged by two or more.
    """
    _refuse_too_little(scores, people, judges, fewest_people)
    middle, spread = float(scores.values.mean()), float(scores.values.std())
    standard = (scores.values - middle) / spread
    names = (people, judges) if _outnumber(scores, people, judges) else (judges, people)
    first, second = (scores.levels([name]) for name in names)
    cells = gather(first, second, standard)
    ratios = most_likely(cells, _by_moments(cells))
    found = predict(cells, ratios)
    if max(ratios.first, ratios.second) > LARGEST / 10 or found.error_variance < 1e-9:
        raise CannotSay("exact")
    error = found.error_variance
    of = dict(zip(names, (found.first, found.second), strict=True))
    between = dict(zip(names, (error * ratios.first**2, error * ratios.second**2), strict=True))
    return Leniency(
        mean=middle + spread * found.mean,
        people_variance=between[people] * spread**2,
        judge_variance=between[judges] * spread**2,
        together_variance=error * ratios.both**2 * spread**2 if cells.has_repeats else None,
        error_variance=error * spread**2,
        people=_people(
            scores, people, of[people], between[people], middle + spread * found.mean, spread
        ),
        judges=_judges(scores, judges, of[judges], spread),
    )


def _outnumber(scores: Scores, these: str, those: str) -> bool:
    return scores.levels([these]).count >= scores.levels([those]).count


def _by_moments(cells: Cells) -> Ratios:
    """From the components of the cells' means, where they can be told apart."""
    means = Scores.of({"a": cells.first.tolist(), "b": cells.second.tolist()}, cells.means)
    try:
        found = estimate(means, read_design("a x b")).estimates
    except CannotSay:
        return Ratios(1.0, 1.0, 0.5)
    error = max(found["ab"], 1e-6)
    first, second = (min(max(found[name] / error, 0.01), 100.0) ** 0.5 for name in "ab")
    return Ratios(first, second, 0.5)


def _people(
    scores: Scores, name: str, found: Effects, between: float, mean: float, spread: float
) -> tuple[Adjusted, ...]:
    sizes, raw = _raw(scores, name)
    return tuple(
        Adjusted(
            label=label,
            scores=int(sizes[at]),
            raw=float(raw[at]),
            adjusted=mean + spread * float(found.values[at]),
            standard_error=spread * float(np.sqrt(found.standing_variance[at])),
            shrinkage=float(found.variance[at] / between) if between > 0 else 1.0,
        )
        for at, label in enumerate(scores.labels[name])
    )


def _judges(scores: Scores, name: str, found: Effects, spread: float) -> tuple[Judge, ...]:
    sizes, raw = _raw(scores, name)
    return tuple(
        Judge(
            label=label,
            scores=int(sizes[at]),
            raw=float(raw[at]),
            leniency=spread * float(found.values[at]),
            standard_error=spread * float(np.sqrt(found.variance[at])),
        )
        for at, label in enumerate(scores.labels[name])
    )


def _raw(scores: Scores, name: str) -> tuple[Values, Values]:
    levels = scores.levels([name])
    sizes = levels.sizes()
    return sizes, levels.sums(scores.values) / sizes


def _refuse_too_little(scores: Scores, people: str, judges: str, fewest: int) -> None:
    if len(scores) == 0:
        raise CannotSay("no_scores")
    first, second = scores.levels([people]), scores.levels([judges])
    if first.count < fewest:
        raise CannotSay("few_people", facet=people, found=first.count, needed=fewest)
    if second.count < FEWEST_JUDGES:
        raise CannotSay("few_conditions", facet=judges, found=second.count, needed=FEWEST_JUDGES)
    if scores.values.std() <= 0:
        raise CannotSay("constant")
    fewer = min(first.count, second.count)
    if first.count * second.count > LARGEST_TABLE or fewer > MOST_OF_THE_FEWER:
        raise CannotSay("too_wide", people=first.count, judges=second.count)
    both = scores.levels([people, judges])
    shared = np.bincount(both.parents(first), minlength=first.count)
    busy = np.bincount(both.parents(second), minlength=second.count)
    if (shared > 1).sum() < fewest or (busy > 1).sum() < FEWEST_JUDGES:
        raise CannotSay("few_links", raters=judges)
