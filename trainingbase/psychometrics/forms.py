"""How far people's means over forms can be trusted, when judges and numbers of forms differ.

Each person (p) has forms (f) from judges (r): p, r and what is left, of single forms and of persons
with judges together, are the components; forms are too thinly spread to part the last two.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from trainingbase.psychometrics.components import Components, estimate
from trainingbase.psychometrics.designs import read_design
from trainingbase.psychometrics.generalizability import TARGET, coefficients
from trainingbase.psychometrics.refusals import CannotSay
from trainingbase.psychometrics.scores import Scores

FEWEST_JUDGES = 3
MOST_MORE = 200
"""Forms a person, up to which more are looked for."""

DESIGN = replace(read_design("f:(p x r)"), pooled=frozenset({"pr"}))


@dataclass(frozen=True)
class Trust:
    """`phi` is the dependability of one person's mean, `standard_error` that of the mean in points.

    It rests on `forms` forms from `judges` judges, as harmonic means over people.  `more` forms,
    each from one more judge, would bring phi to the target: 0 where it is there, None where no
    number would.
    """

    phi: float
    standard_error: float
    forms: float
    judges: float
    people: int
    more: int | None


def trust_in_means(
    people: Sequence[Hashable],
    judges: Sequence[Hashable],
    values: Sequence[float],
    *,
    fewest_people: int,
    target: float = TARGET,
) -> Trust:
    """Of forms, each with its person, judge and value.

    Raises `CannotSay` where fewer than `fewest_people` have two forms, where judges are fewer than
    three, or where judges and people cannot be told apart.
    """
    scores = Scores.of({"p": people, "r": judges, "f": range(len(values))}, values)
    _refuse_too_little(scores, fewest_people)
    found = estimate(scores, DESIGN)
    now = coefficients(found)
    return Trust(
        phi=now.phi,
        standard_error=sqrt(now.absolute),
        forms=1 / found.shares["f:pr"],
        judges=1 / found.shares["r"],
        people=found.conditions["p"],
        more=_more(found, target),
    )


def _more(found: Components, target: float) -> int | None:
    """Forms from new judges, added to what a person has: their weights in the mean are equal."""
    person, judge, form = (found.usable(effect) for effect in DESIGN.effects)
    forms, same_judge = 1 / found.shares["f:pr"], found.shares["r"]
    for more in range(MOST_MORE + 1):
        whole = forms + more
        error = judge * (forms**2 * same_judge + more) / whole**2 + form / whole
        if person > 0 and person >= target * (person + error) - 1e-12:
            return more
    return None


def _refuse_too_little(scores: Scores, fewest_people: int) -> None:
    twice = int((scores.levels(["p"]).sizes() > 1).sum())
    if twice < fewest_people:
        raise CannotSay("few_people", facet="p", found=twice, needed=fewest_people)
    judges = scores.levels(["r"]).count
    if judges < FEWEST_JUDGES:
        raise CannotSay("few_conditions", facet="r", found=judges, needed=FEWEST_JUDGES)
