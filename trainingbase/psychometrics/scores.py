"""Scores in long form: one value and, of every facet, the condition under which it was given."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from trainingbase.psychometrics.refusals import FEWEST_PEOPLE, CannotSay

Codes = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Levels:
    """The conditions, or combinations of them, that occur: `codes[row]` in [0, count)."""

    codes: Codes
    count: int

    def sizes(self) -> Values:
        return np.bincount(self.codes, minlength=self.count).astype(np.float64)

    def sums(self, weights: Values) -> Values:
        return np.bincount(self.codes, weights=weights, minlength=self.count).astype(np.float64)

    def parents(self, above: "Levels") -> Codes:
        """For each level here the one of `above` that it lies in."""
        found = np.empty(self.count, np.int64)
        found[self.codes] = above.codes
        return found


@dataclass(frozen=True)
class Scores:
    """`facets[name]` holds a code per value, `labels[name]` what the codes stand for."""

    values: Values
    facets: Mapping[str, Codes]
    labels: Mapping[str, tuple[Hashable, ...]]
    _levels: dict[frozenset[str], Levels] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, facets: Mapping[str, Iterable[Hashable]], values: Iterable[float]) -> "Scores":
        """Labels are numbered in the order in which they come."""
        codes, labels = {}, {}
        for name, column in facets.items():
            numbers: dict[Hashable, int] = {}
            codes[name] = np.array(
                [numbers.setdefault(label, len(numbers)) for label in column], np.int64
            )
            labels[name] = tuple(numbers)
        return cls(np.array(list(values), np.float64), codes, labels)

    def __len__(self) -> int:
        return len(self.values)

    def levels(self, names: Iterable[str]) -> Levels:
        """What occurs of the combinations of these facets."""
        wanted = frozenset(names)
        if wanted not in self._levels:
            self._levels[wanted] = self._combined(sorted(wanted))
        return self._levels[wanted]

    def _combined(self, names: Sequence[str]) -> Levels:
        if not names:
            return Levels(np.zeros(len(self), np.int64), min(len(self), 1))
        if len(names) == 1:
            return _compressed(self.facets[names[0]], len(self.labels[names[0]]), len(self))
        first, last = self.levels(names[:-1]), self.levels(names[-1:])
        return _compressed(
            first.codes * last.count + last.codes, first.count * last.count, len(self)
        )

    def repeated(self, names: Iterable[str]) -> tuple[int, int, int] | None:
        """The first two rows in one cell of these facets, and how many are too many, if any."""
        cells = self.levels(names)
        if cells.count == len(self):
            return None
        order = np.argsort(cells.codes, kind="stable")
        same = np.flatnonzero(np.diff(cells.codes[order]) == 0)
        at = same[np.argmin(order[same + 1])]
        return int(order[at]), int(order[at + 1]), len(self) - cells.count

    def cell(self, names: Iterable[str], row: int) -> str:
        """The conditions of one row: "p 3, i 7"."""
        return ", ".join(f"{name} {self.labels[name][self.facets[name][row]]}" for name in names)


def _compressed(codes: Codes, size: int, rows: int) -> Levels:
    """Numbered anew without gaps; in time linear where the table of all is not far larger."""
    if size > 4 * rows + 1_000_000:
        found, again = np.unique(codes, return_inverse=True)
        return Levels(again.astype(np.int64), len(found))
    there = np.zeros(size, bool)
    there[codes] = True
    numbers = np.cumsum(there) - 1
    return Levels(numbers[codes], int(there.sum()))


@dataclass(frozen=True)
class Table:
    """Complete scores of two crossed facets, one row per `rows` label, one column per `columns`
    label; `left_out` rows lacked a score."""

    values: Values
    rows: tuple[Hashable, ...]
    columns: tuple[Hashable, ...]
    left_out: int


def complete_table(scores: Scores, rows: str, columns: str) -> Table:
    """The rows that have every column.  Raises `CannotSay` where they are too few."""
    if len(scores) == 0:
        raise CannotSay("no_scores")
    height, width = len(scores.labels[rows]), len(scores.labels[columns])
    if width < 2:
        raise CannotSay("few_conditions", facet=columns, found=width, needed=2)
    if height < FEWEST_PEOPLE:
        raise CannotSay("few_people", facet=rows, found=height, needed=FEWEST_PEOPLE)
    whole = np.flatnonzero(np.bincount(scores.facets[rows], minlength=height) == width)
    if len(whole) < FEWEST_PEOPLE:
        raise CannotSay("few_complete", facet=rows, found=len(whole), needed=FEWEST_PEOPLE)
    place = np.full(height, -1)
    place[whole] = np.arange(len(whole))
    at = place[scores.facets[rows]]
    kept = at >= 0
    values = np.empty((len(whole), width))
    values[at[kept], scores.facets[columns][kept]] = scores.values[kept]
    if np.ptp(values) == 0:
        raise CannotSay("constant")
    labels = tuple(scores.labels[rows][one] for one in whole)
    return Table(values, labels, scores.labels[columns], height - len(whole))
