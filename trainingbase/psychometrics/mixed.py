"""Restricted maximum likelihood for score = mean + first + second (+ both) + error.

Two crossed random factors.  Variances enter as `Ratios`: standard deviations in units of that of
the error.  Scores of one cell are gathered first; then the mixed model equations are reduced by the
first factor, whose block is diagonal, so that only a matrix as wide as the second is factored.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.linalg import cho_solve, cholesky, solve_triangular
from scipy.optimize import minimize

from trainingbase.psychometrics.scores import Codes, Levels, Values

LARGEST = 1e4
"""A ratio above which the model is said to leave no error."""

STARTS = ((1.0, 1.0, 0.5), (0.3, 0.3, 0.1))
"""Where the search begins, beside where moments point to."""

CHEAP = 10_000_000
"""Products per evaluation up to which it begins at each of them."""


@dataclass(frozen=True)
class Ratios:
    """Standard deviation of each factor over that of the error; `both` is 0 where no cell has two
    scores."""

    first: float
    second: float
    both: float


@dataclass(frozen=True)
class Cells:
    """Scores gathered by cell: where they lie, how many, their means, and what varies within."""

    first: Codes
    second: Codes
    shape: tuple[int, int]
    sizes: Values
    means: Values
    within: float
    scores: int

    @property
    def has_repeats(self) -> bool:
        return self.scores > len(self.sizes)


@dataclass(frozen=True)
class Effects:
    """Of each level: `values`, the variance of their error, and that of mean + effect together."""

    values: Values
    variance: Values
    standing_variance: Values


@dataclass(frozen=True)
class Prediction:
    """In units of the scores: the mean, and what was predicted of each factor."""

    mean: float
    error_variance: float
    first: Effects
    second: Effects


def gather(first: Levels, second: Levels, values: Values) -> Cells:
    flat = first.codes * second.count + second.codes
    there, again = np.unique(flat, return_inverse=True)
    sizes = np.bincount(again).astype(np.float64)
    means = np.bincount(again, weights=values) / sizes
    return Cells(
        first=there // second.count,
        second=there % second.count,
        shape=(first.count, second.count),
        sizes=sizes,
        means=means,
        within=float(((values - means[again]) ** 2).sum()),
        scores=len(values),
    )


@dataclass(frozen=True)
class Reduced:
    """The equations at some ratios: `diagonal` of the first factor, its `border` with the second,
    the mean and the scores (in that order), and the `core` of those three after reduction."""

    diagonal: Values
    border: Values
    core: Values
    log_determinant: float


def reduced(cells: Cells, ratios: Ratios) -> Reduced:
    weights = 1 / (ratios.both**2 + 1 / cells.sizes)
    flat = cells.first * cells.shape[1] + cells.second
    table = np.bincount(flat, weights, cells.shape[0] * cells.shape[1]).reshape(cells.shape)
    scored = weights * cells.means
    first_scored = np.bincount(cells.first, scored, cells.shape[0])
    second_scored = np.bincount(cells.second, scored, cells.shape[1])
    first_weight, second_weight = table.sum(axis=1), table.sum(axis=0)
    diagonal = 1 + ratios.first**2 * first_weight
    border = ratios.first * np.column_stack([ratios.second * table, first_weight, first_scored])
    wide = cells.shape[1]
    core = np.empty((wide + 2, wide + 2))
    core[:wide, :wide] = np.diag(1 + ratios.second**2 * second_weight)
    core[wide, :wide] = core[:wide, wide] = ratios.second * second_weight
    core[wide + 1, :wide] = core[:wide, wide + 1] = ratios.second * second_scored
    core[wide, wide] = weights.sum()
    core[wide + 1, wide] = core[wide, wide + 1] = scored.sum()
    core[wide + 1, wide + 1] = (scored * cells.means).sum()
    core -= border.T @ (border / diagonal[:, None])
    own = float(np.log1p(cells.sizes * ratios.both**2).sum() + np.log(diagonal).sum())
    return Reduced(diagonal, border, core, own)


def deviance(cells: Cells, ratios: Ratios) -> float:
    """Minus twice the restricted log likelihood, up to a constant, at the best error variance."""
    at = reduced(cells, ratios)
    factor = cholesky(at.core[:-1, :-1], lower=True)
    explained = solve_triangular(factor, at.core[:-1, -1], lower=True)
    left = _left(cells, at, float(explained @ explained))
    determinant = at.log_determinant + 2 * float(np.log(np.diag(factor)).sum())
    return determinant + (cells.scores - 1) * float(np.log(left))


def _left(cells: Cells, at: Reduced, explained: float) -> float:
    return max(float(at.core[-1, -1]) - explained + cells.within, 1e-300)


def most_likely(cells: Cells, start: Ratios) -> Ratios:
    """The ratios of greatest restricted likelihood, looked for from `start`; zero where nothing
    speaks for a factor."""
    starts = [(start.first, start.second, start.both)]
    if cells.shape[0] * cells.shape[1] ** 2 <= CHEAP:
        starts += STARTS
    free = 3 if cells.has_repeats else 2

    def at(sizes: Values) -> float:
        ratios = _ratios(sizes)
        if max(ratios.first, ratios.second, ratios.both) > LARGEST:
            return np.inf
        return deviance(cells, ratios)

    found = min(
        (
            minimize(
                at,
                np.array(start[:free]),
                method="Nelder-Mead",
                options={"xatol": 1e-6, "fatol": 1e-9, "maxiter": 1_000},
            )
            for start in starts
        ),
        key=lambda one: float(one.fun),
    )
    best, least = np.abs(found.x), float(found.fun)
    for kept in product((True, False), repeat=free):
        trial = best * kept
        if (value := at(trial)) <= least + 1e-7:
            best, least = trial, min(value, least)
    return _ratios(best)


def _ratios(sizes: Values) -> Ratios:
    first, second, *both = (abs(float(one)) for one in sizes)
    return Ratios(first, second, both[0] if both else 0.0)


def predict(cells: Cells, ratios: Ratios) -> Prediction:
    """Best linear unbiased predictions, variances being what they were estimated to be."""
    at = reduced(cells, ratios)
    factor = cholesky(at.core[:-1, :-1], lower=True)
    inverse = cho_solve((factor, True), np.eye(len(factor)))
    solved = inverse @ at.core[:-1, -1]
    left = _left(cells, at, float(at.core[:-1, -1] @ solved))
    error = left / (cells.scores - 1)
    effects = (at.border[:, -1] - at.border[:, :-1] @ solved) / at.diagonal
    links = at.border[:, :-1] / at.diagonal[:, None]
    turned = links @ inverse
    own = 1 / at.diagonal + (turned * links).sum(axis=1)
    first_variance = error * ratios.first**2 * own
    second_variance = error * ratios.second**2 * np.diag(inverse)[:-1]
    of_mean = error * inverse[-1, -1]
    return Prediction(
        mean=float(solved[-1]),
        error_variance=error,
        first=Effects(
            ratios.first * effects,
            first_variance,
            first_variance + of_mean - 2 * error * ratios.first * turned[:, -1],
        ),
        second=Effects(
            ratios.second * solved[:-1],
            second_variance,
            second_variance + of_mean + 2 * error * ratios.second * inverse[:-1, -1],
        ),
    )
