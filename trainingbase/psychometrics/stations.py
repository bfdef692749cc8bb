"""Stations and items of an examination: how hard, and how well they tell people apart."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

import numpy as np

from trainingbase.psychometrics.refusals import FEWEST_PEOPLE, CannotSay


@dataclass(frozen=True)
class StationFigures:
    """`difficulty` is the mean as a share of the highest score, `deviation` the spread of the
    scores, `discrimination` the correlation of the score with the sum of all the others (None
    where one of both does not vary)."""

    people: int
    mean: float
    deviation: float
    difficulty: float
    discrimination: float | None


def station_figures(
    scores: Mapping[Hashable, Mapping[Hashable, float]], *, highest: float = 100.0
) -> dict[Hashable, StationFigures]:
    """`scores[person][station]`; only who has a score everywhere counts.  Raises `CannotSay`."""
    stations = list(dict.fromkeys(name for given in scores.values() for name in given))
    if not stations:
        raise CannotSay("no_scores")
    whole = [given for given in scores.values() if all(name in given for name in stations)]
    if len(whole) < FEWEST_PEOPLE:
        raise CannotSay("few_candidates", found=len(whole), needed=FEWEST_PEOPLE)
    table = np.array([[given[name] for name in stations] for given in whole], float)
    sums = table.sum(axis=1)
    return {
        name: StationFigures(
            people=len(whole),
            mean=float(column.mean()),
            deviation=float(column.std(ddof=1)),
            difficulty=float(column.mean()) / highest,
            discrimination=_correlation(column, sums - column),
        )
        for name, column in zip(stations, table.T, strict=True)
    }


def _correlation(one: np.ndarray, other: np.ndarray) -> float | None:
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return None
    return float(np.corrcoef(one, other)[0, 1])
