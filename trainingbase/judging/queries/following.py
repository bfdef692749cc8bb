"""Cumulative sums of residents' results, as the rules that follow them draw them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pvariance
from typing import TYPE_CHECKING, Any

from trainingbase.judging.models import WatchRule
from trainingbase.judging.queries.watching import Followed, kept_signals, series_of

if TYPE_CHECKING:
    from trainingbase.psychometrics.cusum import Chart as Sums

MOST_POINTS = 400


@dataclass(frozen=True)
class Chart:
    """A resident's series with its sums; `sums` is None where too little is known, and `why` says
    it: few (forms of the resident), no_target (nobody has set what to expect)."""

    rule: WatchRule
    values: Sequence[Followed]
    target: float | None
    deviation: float | None
    sums: "Sums | None"
    why: str | None

    @property
    def is_bad_above(self) -> bool:
        """Unsatisfactory results count upwards, ratings go down."""
        return self.rule.settings["series"] == "verdicts"

    @property
    def signal_at(self) -> int | None:
        if self.sums is None:
            return None
        wanted = "above" if self.is_bad_above else "below"
        return next((n for n, point in enumerate(self.sums.points) if point.signal == wanted), None)

    @property
    def signal(self) -> Followed | None:
        return self.values[self.signal_at] if self.signal_at is not None else None

    def sum_at(self, n: int) -> float:
        point = self.sums.points[n]
        return point.up if self.is_bad_above else point.down

    def facts(self) -> dict[str, Any]:
        """Why it fired, to be kept: texts and whole numbers, and the forms since the sum left
        zero."""
        at = self.signal_at
        began = at
        while began > 0 and self.sum_at(began - 1) > 0:
            began -= 1
        return {
            "series": self.rule.settings["series"],
            "sum": f"{self.sum_at(at):.2f}",
            "limit": f"{self.sums.h:g}",
            "k": f"{self.sums.k:g}",
            "target": f"{self.target:.2f}",
            "deviation": f"{self.deviation:.2f}",
            "forms": [one.submission_id for one in self.values[began : at + 1]],
            "since": self.values[began].observed_on.isoformat(),
        }


def charts_of(rule: WatchRule, resident_id: int | None = None) -> dict[int, Chart]:
    """By resident; what to expect of ratings is the mean of everybody's, with the spread within
    residents, unless the base has set both."""
    settings = rule.settings
    everybody = series_of(settings["series"])
    target, deviation = _expected(settings, everybody)
    restarts = _restarts(rule)
    wanted = [resident_id] if resident_id is not None else list(everybody)
    return {
        one: _chart(rule, _since(everybody.get(one, []), restarts.get(one)), target, deviation)
        for one in wanted
    }


def _expected(
    settings: Mapping[str, Any], everybody: Mapping[int, Sequence[Followed]]
) -> tuple[float | None, float | None]:
    if settings["series"] == "verdicts":
        share = float(settings["target"]) / 100
        return share, (share * (1 - share)) ** 0.5
    if settings.get("target") and settings.get("deviation"):
        return float(settings["target"]), float(settings["deviation"])
    found = [[one.value for one in some] for some in everybody.values() if len(some) > 1]
    values = [value for some in found for value in some]
    if len(values) < int(settings["fewest"]) * 2:
        return None, None
    within = fmean(pvariance(some) * len(some) / (len(some) - 1) for some in found)
    return fmean(values), within**0.5 or None


def _restarts(rule: WatchRule) -> dict[int, int]:
    """By resident the form up to which was talked about: the sums begin anew after it."""
    found = {}
    for resident_id, signals in kept_signals(rule.code).items():
        over = [one for one in signals if one.over_on is not None and one.facts.get("forms")]
        if over:
            found[resident_id] = max(one.facts["forms"][-1] for one in over)
    return found


def _since(values: Sequence[Followed], form: int | None) -> Sequence[Followed]:
    if form is None:
        return values[-MOST_POINTS:]
    at = next((n for n, one in enumerate(values) if one.submission_id == form), -1)
    return values[at + 1 :][-MOST_POINTS:]


def _chart(
    rule: WatchRule, values: Sequence[Followed], target: float | None, deviation: float | None
) -> Chart:
    from trainingbase.psychometrics.cusum import chart

    settings = rule.settings
    if target is None or not deviation:
        return Chart(rule, values, None, None, None, "no_target")
    if len(values) < int(settings["fewest"]):
        return Chart(rule, values, target, deviation, None, "few")
    sums = chart(
        [one.value for one in values],
        target=target,
        deviation=deviation,
        k=float(settings["k"]),
        h=float(settings["h"]),
    )
    return Chart(rule, values, target, deviation, sums, None)
