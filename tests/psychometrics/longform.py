"""Scores for the tests: the published ones, and made ones of any shape."""

from itertools import product
from pathlib import Path

import numpy as np

from trainingbase.psychometrics.components import estimate
from trainingbase.psychometrics.designs import read_design
from trainingbase.psychometrics.reading import LongFile
from trainingbase.psychometrics.scores import Scores

DATA = Path(__file__).parent / "data"


def published(name):
    there = LongFile(DATA / name)
    return there.scores(there.facets, name)


def components_of(scores, design):
    return estimate(scores, read_design(design))


def made(table, *names):
    """An array with an axis for each name; nan is a missing cell."""
    cells = [at for at in product(*map(range, table.shape)) if not np.isnan(table[at])]
    columns = zip(*cells, strict=True) if cells else [()] * len(names)
    return Scores.of(
        {name: list(column) for name, column in zip(names, columns, strict=True)},
        [table[at] for at in cells],
    )


def shuffled(scores, seed):
    order = np.random.default_rng(seed).permutation(len(scores))
    return Scores.of(
        {
            name: [scores.labels[name][code] for code in codes[order]]
            for name, codes in scores.facets.items()
        },
        scores.values[order],
    )
