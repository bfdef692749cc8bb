"""Variance components by the analogous ANOVA procedure, Henderson's Method 1.

Every effect's sum of squares about zero, T(a) = sum over its levels of (sum of scores)² / number,
is set equal to its expectation, a sum of the components with known coefficients (Brennan,
Generalizability Theory, 2001, chapter 7).  In balanced data that is the analysis of variance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from trainingbase.psychometrics.designs import Design, Effect
from trainingbase.psychometrics.refusals import FEWEST_CONDITIONS, FEWEST_PEOPLE, CannotSay
from trainingbase.psychometrics.scores import Scores, Values


@dataclass(frozen=True)
class Components:
    """What a G study found.

    `estimates` are by the name of the effect, as estimated: negative ones too.  `shares[name]` is,
    on average over the people measured, the sum of squared weights of the effect's levels in a
    person's mean: 1/n where n conditions count alike, the reciprocal of their harmonic mean where
    numbers differ.
    """

    design: Design
    estimates: Mapping[str, float]
    shares: Mapping[str, float]
    scores: int
    conditions: Mapping[str, int]
    balanced: bool
    alike: frozenset[str]

    def usable(self, effect: Effect) -> float:
        """The estimate, and zero where it is negative."""
        return max(0.0, self.estimates[effect.name])

    @property
    def set_to_zero(self) -> tuple[str, ...]:
        return tuple(name for name, value in self.estimates.items() if value < 0)

    def conditions_each(self, facet: str) -> float:
        """How many conditions of the facet a person's mean rests on (within each level of the
        facets it is nested in)."""
        design = self.design
        above = design.within[facet] | {design.object}
        return self._share_of(above) / self._share_of(above | {facet})

    def _share_of(self, facets: frozenset[str]) -> float:
        for effect in self.design.effects:
            if effect.facets | {self.design.object} == facets:
                return self.shares[effect.name]
        return 1.0


def estimate(scores: Scores, design: Design) -> Components:
    """Raises `CannotSay`, also where a cell has two scores."""
    _refuse_too_little(scores, design)
    values = scores.values - scores.values.mean()
    spread = float(np.abs(values).max())
    values = values / spread
    effects = design.effects
    squares = np.array([_squares(scores, one, values) for one in effects])
    expected = np.array([[_coefficient(scores, b, a) for b in effects] for a in effects])
    total = len(scores)
    weights = expected / total - np.array([_overall(scores, one) for one in effects]) / total
    _refuse_inseparable(scores, design, weights)
    found = np.linalg.solve(weights, squares / total) * spread**2
    found[np.abs(found) < 1e-12 * spread**2] = 0.0
    return Components(
        design=design,
        estimates={one.name: float(value) for one, value in zip(effects, found, strict=True)},
        shares={one.name: _share(scores, one, design) for one in effects},
        scores=total,
        conditions={
            facet: scores.levels(design.within[facet] | {facet}).count for facet in design.facets
        },
        balanced=_is_balanced(scores, design),
        alike=frozenset(facet for facet in design.others if _is_met_by_all(scores, design, facet)),
    )


def _squares(scores: Scores, effect: Effect, values: Values) -> float:
    levels = scores.levels(effect.facets)
    return float((levels.sums(values) ** 2 / levels.sizes()).sum())


def _coefficient(scores: Scores, of: Effect, within: Effect) -> float:
    """Of the component `of` in the expectation of the squares of `within`."""
    if of.facets <= within.facets:
        return float(len(scores))
    above = scores.levels(within.facets)
    both = scores.levels(of.facets | within.facets)
    return float((both.sizes() ** 2 / above.sizes()[both.parents(above)]).sum())


def _overall(scores: Scores, effect: Effect) -> float:
    """The coefficient in the expectation of total² / number, which the mean has taken out."""
    return float((scores.levels(effect.facets).sizes() ** 2).sum() / len(scores))


def _share(scores: Scores, effect: Effect, design: Design) -> float:
    people = scores.levels([design.object])
    both = scores.levels(effect.facets | {design.object})
    parts = both.sizes() / people.sizes()[both.parents(people)]
    return float((parts**2).sum() / people.count)


def _is_balanced(scores: Scores, design: Design) -> bool:
    """Whether every effect's levels hold equally many scores, and no combination is missing."""
    sets = [one.facets for one in design.effects]
    if any(np.ptp(scores.levels(one).sizes()) for one in sets):
        return False
    return all(
        scores.levels(one | other).count * scores.levels(one & other).count
        == scores.levels(one).count * scores.levels(other).count
        for one, other in combinations(sets, 2)
    )


def _is_met_by_all(scores: Scores, design: Design, facet: str) -> bool:
    """Whether everybody has every condition of the facet; its own ones, if nested in people."""
    above = design.within[facet] | {facet}
    if design.object in above:
        return True
    people = scores.levels([design.object]).count
    return scores.levels(above | {design.object}).count == people * scores.levels(above).count


def _refuse_too_little(scores: Scores, design: Design) -> None:
    if len(scores) == 0:
        raise CannotSay("no_scores")
    people = scores.levels([design.object]).count
    if people < FEWEST_PEOPLE:
        raise CannotSay("few_people", facet=design.object, found=people, needed=FEWEST_PEOPLE)
    for facet in design.others:
        if design.within[facet]:
            continue
        found = scores.levels([facet]).count
        if found < FEWEST_CONDITIONS:
            raise CannotSay("few_conditions", facet=facet, found=found, needed=FEWEST_CONDITIONS)
    if np.ptp(scores.values) == 0:
        raise CannotSay("constant")
    again = scores.repeated(design.facets)
    if again:
        first, second, count = again
        raise CannotSay(
            "duplicates",
            first=first + 1,
            second=second + 1,
            cell=scores.cell(design.facets, first),
            count=count,
        )


def _refuse_inseparable(scores: Scores, design: Design, weights: Values) -> None:
    counts = {one.facets: scores.levels(one.facets).count for one in design.effects}
    for one in design.effects:
        for other in design.effects:
            if other.facets < one.facets and counts[one.facets] == counts[other.facets]:
                raise CannotSay("not_separable", one=one.name, other=other.name)
    if np.linalg.matrix_rank(weights, tol=1e-9) < len(weights):
        raise CannotSay("not_separable", one=design.effects[-1].name, other=design.effects[0].name)
