"""How long people stay, where of many it is only known that they had not left yet.

The product-limit estimate (Kaplan and Meier 1958) with the interval on the log(-log) scale by
Greenwood's variance, and the logrank test of two groups (Mantel 1966): SciPy's, of right-censored
times.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

from trainingbase.psychometrics.refusals import FEWEST_PEOPLE, CannotSay

if TYPE_CHECKING:  # SciPy takes half a second to load: only who draws a curve waits for it
    from scipy.stats import CensoredData


@dataclass(frozen=True)
class Step:
    """At `time` `events` of `at_risk` left; `share` stays from then on, within [low, high] at
    95 %, where there is an interval."""

    time: float
    at_risk: int
    events: int
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Curve:
    people: int
    events: int
    steps: tuple[Step, ...]
    last: float
    times: tuple[float, ...]

    def at(self, time: float) -> Step | None:
        """The step that holds at `time`; None beyond the last known time."""
        if time > self.last:
            return None
        before = [one for one in self.steps if one.time <= time]
        start = Step(0.0, self.people, 0, 1.0, None, None)
        return before[-1] if before else start

    def at_risk(self, time: float) -> int:
        """Known of up to `time`, and there until then."""
        return _risk(self.times, time)

    @property
    def median(self) -> float | None:
        """When half have left; None where fewer did."""
        return next((one.time for one in self.steps if one.share <= 0.5), None)


def curve(times: Sequence[float], left: Sequence[bool], *, fewest: int = FEWEST_PEOPLE) -> Curve:
    """Of each person the time, and whether they left then or were only known of until then.

    Raises `CannotSay` of fewer than `fewest`.
    """
    if len(times) < fewest:
        raise CannotSay("few_followed", found=len(times), needed=fewest)
    if not all(isfinite(one) and one >= 0 for one in times):
        raise CannotSay("bad_times")
    steps: tuple[Step, ...] = ()
    if any(left):
        from scipy.stats import ecdf

        found = ecdf(_data(times, left)).sf
        with catch_warnings():
            simplefilter("ignore", RuntimeWarning)  # where it is not defined, None stands for it
            band = found.confidence_interval(confidence_level=0.95, method="log-log")
        steps = tuple(
            Step(float(time), _risk(times, time), _events(times, left, time), float(share),
                 _known(low), _known(high))
            for time, share, low, high in zip(
                found.quantiles, found.probabilities, band.low.probabilities,
                band.high.probabilities, strict=True,
            )
            if _events(times, left, time)
        )  # fmt: skip
    return Curve(len(times), sum(map(bool, left)), steps, max(times), tuple(map(float, times)))


def _data(times: Sequence[float], left: Sequence[bool]) -> "CensoredData":
    from scipy.stats import CensoredData

    return CensoredData.right_censored(list(times), [not one for one in left])


def _risk(times: Sequence[float], time: float) -> int:
    return int(sum(one >= time for one in times))


def _events(times: Sequence[float], left: Sequence[bool], time: float) -> int:
    return sum(1 for one, out in zip(times, left, strict=True) if out and one == time)


def _known(value: float) -> float | None:
    return float(value) if isfinite(value) else None


@dataclass(frozen=True)
class Difference:
    """Of two groups: the chi-square of one degree of freedom, and how likely one as large is if
    there is no difference."""

    chi_square: float
    p: float


def difference(
    first: tuple[Sequence[float], Sequence[bool]], second: tuple[Sequence[float], Sequence[bool]]
) -> Difference:
    """The logrank test.  Raises `CannotSay` where nobody left."""
    for times, _left in (first, second):
        if len(times) < FEWEST_PEOPLE:
            raise CannotSay("few_followed", found=len(times), needed=FEWEST_PEOPLE)
    if not any((*first[1], *second[1])):
        raise CannotSay("nobody_left")
    from scipy.stats import logrank

    found = logrank(_data(*first), _data(*second))
    if not isfinite(found.pvalue):
        raise CannotSay("nobody_left")
    return Difference(float(found.statistic) ** 2, float(found.pvalue))
