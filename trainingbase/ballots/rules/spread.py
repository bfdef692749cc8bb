"""How far means of subjects can be told apart, from sizes, means and deviations alone.

One-way random effects with unequal numbers (analogous ANOVA): people nested in subjects.  Whole
answers are not kept, so nothing else could be reckoned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

FEWEST_SUBJECTS = 5
"""Under these the spread between subjects is a guess, and nothing is said."""
TARGET = 0.8
MOST_MORE = 200


@dataclass(frozen=True)
class Spread:
    """Of one subject's batch."""

    answers: int
    mean: float
    deviation: float


@dataclass(frozen=True)
class Components:
    """Variance between subjects (0 where it came out negative), and between people within."""

    between: float
    within: float
    subjects: int
    was_negative: bool


@dataclass(frozen=True)
class Trust:
    """`phi` of one subject's mean; `more` answers would bring it to 0.8: 0 where it is there,
    None where no number in reach would."""

    phi: float
    more: int | None
    subjects: int


def standard_error(answers: int, deviation: float) -> float:
    return deviation / sqrt(answers)


def components(spreads: Sequence[Spread]) -> Components | None:
    """None where there are too few subjects to say anything."""
    used = [one for one in spreads if one.answers > 1]
    if len(used) < FEWEST_SUBJECTS:
        return None
    total, groups = sum(one.answers for one in used), len(used)
    grand = sum(one.answers * one.mean for one in used) / total
    among = sum(one.answers * (one.mean - grand) ** 2 for one in used) / (groups - 1)
    within = sum((one.answers - 1) * one.deviation**2 for one in used) / (total - groups)
    size = (total - sum(one.answers**2 for one in used) / total) / (groups - 1)
    between = (among - within) / size
    return Components(max(0.0, between), within, groups, between < 0)


def trust(found: Components, answers: int) -> Trust:
    whole = found.between + found.within / answers
    phi = found.between / whole if whole > 0 else 0.0
    if phi >= TARGET - 1e-12:
        return Trust(phi, 0, found.subjects)
    if found.between <= 0:
        return Trust(phi, None, found.subjects)
    needed = ceil(found.within * TARGET / ((1 - TARGET) * found.between) - 1e-9)
    more = max(1, needed - answers)
    return Trust(phi, more if more <= MOST_MORE else None, found.subjects)
