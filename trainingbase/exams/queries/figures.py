"""Pass rates at the first attempt beside the province's, with how far they can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from trainingbase.assessments.queries import exams
from trainingbase.psychometrics.intervals import wilson

PARTS = {
    "graduation": ("theory", "skills", "both"),
    "licence": ("licence",),
}


@dataclass(frozen=True)
class Rate:
    """In percent.  `against` is below, above or within: where the province lies beside the
    interval; None where it reports nothing."""

    kind: str
    year: int
    part: str
    passed: int
    of: int
    rate: float | None
    low: float | None
    high: float | None
    province: float | None
    against: str | None


@dataclass(frozen=True)
class Means:
    """Of an annual test, by part: mean of all who sat, and the province's."""

    year: int
    part: str
    sat: int
    absent: int
    mean: Decimal | None
    province: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        return None if self.mean is None or self.province is None else self.mean - self.province


def rates(*, fewest: int = 0) -> Sequence[Rate]:
    """The newest year first, of at least `fewest` people."""
    found = []
    for one in exams.figures(fewest=fewest):
        counts = {
            "theory": one.theory_first,
            "skills": one.skills_first,
            "both": one.first_passed,
            "licence": one.first_passed,
        }
        for part in PARTS.get(one.kind, ()):
            found.append(_rate(one, part, counts[part]))
    return found


def _rate(one: exams.Figures, part: str, passed: int) -> Rate:
    reported = one.province.get(part)
    province = None if reported is None else 100 * float(reported)
    if not one.first:
        return Rate(one.kind, one.year, part, 0, 0, None, None, None, province, None)
    low, high = (100 * bound for bound in wilson(passed, one.first))
    against = None
    if province is not None:
        against = "below" if high < province else "above" if low > province else "within"
    rate = 100 * passed / one.first
    return Rate(one.kind, one.year, part, passed, one.first, rate, low, high, province, against)


def means(*, fewest: int = 0) -> Sequence[Means]:
    """The newest year first, of at least `fewest` people."""
    found = []
    for one in exams.figures(fewest=fewest):
        if one.kind != "annual":
            continue
        for part, mean in (("theory", one.theory), ("skills", one.skills)):
            found.append(Means(one.year, part, one.sat, one.absent, mean, one.province.get(part)))
    return found
