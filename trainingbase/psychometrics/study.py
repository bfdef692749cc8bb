"""A G study and its D study in one: what a report shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trainingbase.psychometrics.components import Components, estimate
from trainingbase.psychometrics.designs import Design
from trainingbase.psychometrics.generalizability import (
    TARGET,
    Coefficients,
    Projection,
    coefficients,
    d_study,
    enough,
    numbers_met,
)
from trainingbase.psychometrics.scores import Scores

Note = tuple[str, Mapping[str, object]]

NUMBERS = {1: tuple(range(1, 21)), 2: (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20)}
"""Of conditions that a D study tries by itself, by how many facets vary."""

OF_MANY_FACETS = (1, 2, 4, 8)


@dataclass(frozen=True)
class Study:
    """`met` is how many conditions of each facet a person's mean rests on; `enough` says by "g" and
    by "phi" what would reach the target, None where nothing would."""

    found: Components
    fixed: tuple[str, ...]
    now: Coefficients
    met: Mapping[str, float]
    projections: Sequence[Projection]
    target: float
    enough: Mapping[str, Projection | None]

    @property
    def notes(self) -> list[Note]:
        """Keys of `words.NOTES` with their facts: what a reader must know before the numbers."""
        design, notes = self.found.design, list[Note]()
        if self.found.set_to_zero:
            notes.append(("set_to_zero", {"effects": self.found.set_to_zero}))
        if not self.found.balanced:
            notes.append(("unbalanced", {}))
        differing = [one for one in design.others if one not in self.found.alike | {*self.fixed}]
        if differing:
            notes.append(("not_alike", {"facets": differing}))
        if set(design.others) <= set(self.fixed):
            notes.append(("residual_is_error", {}))
        return notes


def study(
    scores: Scores,
    design: Design,
    *,
    fixed: Sequence[str] = (),
    choices: Mapping[str, Iterable[int]] | None = None,
    target: float = TARGET,
) -> Study:
    """`choices` are the numbers of conditions to try; a facet that is not among them keeps the
    number that was met.  Raises `CannotSay`."""
    found = estimate(scores, design)
    now = coefficients(found, fixed=fixed)
    if not choices:
        varied = [facet for facet in design.others if facet not in fixed]
        choices = dict.fromkeys(varied, NUMBERS.get(len(varied), OF_MANY_FACETS))
    return Study(
        found=found,
        fixed=tuple(fixed),
        now=now,
        met=numbers_met(found),
        projections=d_study(found, choices, fixed=fixed) if choices else [],
        target=target,
        enough={by: enough(found, fixed=fixed, target=target, by=by) for by in ("g", "phi")},
    )
