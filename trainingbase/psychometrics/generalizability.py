"""Coefficients and D studies from variance components (Brennan, Generalizability Theory, 2001)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod, sqrt

import numpy as np

from trainingbase.psychometrics.components import Components
from trainingbase.psychometrics.designs import Design, Effect
from trainingbase.psychometrics.refusals import CannotSay, Unreadable
from trainingbase.psychometrics.scores import Values

TARGET = 0.8
"""From which a coefficient is commonly called dependable enough to decide by."""

MOST_SCORES = 2_000
"""Of one person, up to which more conditions are looked for."""


@dataclass(frozen=True)
class Coefficients:
    """`universe` is the variance of what people would get over all conditions; `relative` and
    `absolute` are the error variances of a mean when ranking people and when holding them against
    a mark."""

    universe: float
    relative: float
    absolute: float

    @property
    def g(self) -> float:
        """Generalizability coefficient, for ranking: 0 to 1."""
        return self.universe / (self.universe + self.relative)

    @property
    def phi(self) -> float:
        """Index of dependability, for decisions against a mark: 0 to 1."""
        return self.universe / (self.universe + self.absolute)

    @property
    def sem_relative(self) -> float:
        return sqrt(self.relative)

    @property
    def sem_absolute(self) -> float:
        return sqrt(self.absolute)


@dataclass(frozen=True)
class Projection:
    """What so many conditions of each random facet would give."""

    numbers: Mapping[str, int]
    coefficients: Coefficients


def coefficients(
    found: Components, *, fixed: Collection[str] = (), numbers: Mapping[str, float] | None = None
) -> Coefficients:
    """Of the mean over the conditions that were met, or over `numbers` of them (of nested facets:
    within each level of what they are nested in).

    A fixed facet is not generalised over: its conditions are all that there are.  Raises
    `CannotSay` where no component is above zero.
    """
    design = found.design
    refuse_fixed(design, fixed)
    universe = relative = absolute = 0.0
    for effect in design.effects:
        share = found.shares[effect.name] if numbers is None else _share(design, effect, numbers)
        part = found.usable(effect) * share
        is_error = _is_error(design, effect, fixed)
        if design.object not in effect.facets:
            absolute += part if is_error else 0.0
        elif is_error:
            relative += part
            absolute += part
        else:
            universe += part
    if universe + absolute <= 0:
        raise CannotSay("nothing_found")
    return Coefficients(universe, relative, absolute)


def refuse_fixed(design: Design, fixed: Collection[str]) -> None:
    for facet in fixed:
        if facet not in design.facets:
            raise Unreadable("unknown_facet", design=design.text, facet=facet)
        if facet == design.object:
            raise Unreadable("object_fixed", facet=facet)


def _share(design: Design, effect: Effect, numbers: Mapping[str, float]) -> float:
    return 1 / prod(numbers[facet] for facet in effect.facets - {design.object})


def numbers_met(found: Components) -> dict[str, float]:
    """How many conditions of each facet a person's mean rests on, as harmonic mean."""
    return {facet: found.conditions_each(facet) for facet in found.design.others}


def d_study(
    found: Components, choices: Mapping[str, Iterable[int]], *, fixed: Collection[str] = ()
) -> list[Projection]:
    """Every combination of the numbers given; a facet not named keeps the number that was met.

    Fixed facets keep theirs in any case: their conditions are all that there are.
    """
    met = numbers_met(found)
    varied = [facet for facet in found.design.others if facet in choices and facet not in fixed]
    return [
        Projection(
            dict(zip(varied, counts, strict=True)),
            coefficients(found, fixed=fixed, numbers=met | dict(zip(varied, counts, strict=True))),
        )
        for counts in product(*(choices[facet] for facet in varied))
    ]


def enough(
    found: Components, *, fixed: Collection[str] = (), target: float = TARGET, by: str = "phi"
) -> Projection | None:
    """The fewest scores of each person with which the coefficient `by` ("g" or "phi") reaches the
    target, no facet with fewer conditions than were met; None where no number does.

    Where the target is reached already, the fewest conditions of all that still reach it.
    """
    met = numbers_met(found)
    varied = [facet for facet in found.design.others if facet not in fixed]
    now = coefficients(found, fixed=fixed)
    if not varied or now.universe <= 0:
        return None
    least = {
        facet: 1 if getattr(now, by) >= target else max(1, round(met[facet])) for facet in varied
    }
    *slow, last = varied
    counts = _combinations([least[facet] for facet in slow])
    without, with_last = _errors(
        found, fixed, by, met, dict(zip(slow, counts.T, strict=True)), last
    )
    allowed = now.universe * (1 - target) / target - without
    possible = allowed > 0
    needed = np.full(len(counts), float(MOST_SCORES + 1))
    needed[possible] = np.ceil(with_last[possible] / allowed[possible] - 1e-9)
    needed = np.maximum(needed, least[last])
    scores = counts.prod(axis=1) * needed
    if scores.min() > MOST_SCORES:
        return None
    best = int(np.lexsort((without + with_last / needed, scores))[0])
    numbers = {facet: int(counts[best, at]) for at, facet in enumerate(slow)}
    numbers[last] = int(needed[best])
    return Projection(numbers, coefficients(found, fixed=fixed, numbers=met | numbers))


def _combinations(least: list[int]) -> Values:
    """Every choice of numbers from these up whose product is not too large; one row each."""
    rows = np.ones((1, 0))
    for fewest in least:
        longer = [
            np.column_stack(
                [np.repeat(row[None], most - fewest + 1, axis=0), np.arange(fewest, most + 1)]
            )
            for row in rows
            if (most := int(MOST_SCORES // row.prod())) >= fewest
        ]
        rows = np.vstack(longer) if longer else np.full((1, rows.shape[1] + 1), float(MOST_SCORES))
    return rows


def _errors(
    found: Components,
    fixed: Collection[str],
    by: str,
    met: Mapping[str, float],
    counts: Mapping[str, Values],
    last: str,
) -> tuple[Values, Values]:
    """Error variance at these counts: what does not hang on `last`, and what is divided by it."""
    design = found.design
    without = with_last = np.zeros(len(next(iter(counts.values()))) if counts else 1)
    for effect in design.effects:
        others = effect.facets - {design.object}
        if not _is_error(design, effect, fixed):
            continue
        if by == "g" and design.object not in effect.facets:
            continue
        divisors = [counts.get(facet, met[facet]) for facet in others - {last}]
        part = found.usable(effect) / np.prod(np.broadcast_arrays(1.0, *divisors), axis=0)
        if last in others:
            with_last = with_last + part
        else:
            without = without + part
    return without, with_last


def _is_error(design: Design, effect: Effect, fixed: Collection[str]) -> bool:
    """Whether it varies when other conditions are drawn.  The last effect holds the error of the
    single score too, and stays one when everything is fixed."""
    return not effect.facets - {design.object} <= set(fixed) or effect == design.effects[-1]
