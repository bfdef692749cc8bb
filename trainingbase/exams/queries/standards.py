"""What each method says of each station, or why it can say nothing.

NumPy is loaded where something is reckoned, not where the portal starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from trainingbase.exams.models import Osce, Panel
from trainingbase.exams.queries import marks, panels, scores
from trainingbase.exams.rules.results import BORDERLINE, RATINGS
from trainingbase.psychometrics.refusals import CannotSay

if TYPE_CHECKING:
    from trainingbase.psychometrics.standards import Angoff
    from trainingbase.psychometrics.stations import StationFigures

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Said:
    """`refused` is why nothing is said; the rest is in percent."""

    cut: float | None = None
    standard_error: float | None = None
    candidates: int | None = None
    found: Any = None
    refused: CannotSay | None = None

    @property
    def rounded(self) -> Decimal | None:
        return None if self.cut is None else Decimal(str(self.cut)).quantize(HUNDREDTH)

    @property
    def rounded_error(self) -> Decimal | None:
        error = self.standard_error
        return None if error is None else Decimal(str(error)).quantize(HUNDREDTH)


@dataclass
class OfStation:
    """`pairs` are (overall rating, score) of every mark that counts."""

    pairs: list[tuple[int, float]] = field(default_factory=list)
    said: dict[str, Said] = field(default_factory=dict)


def of_session(session: Osce, panel: Panel | None) -> dict[int, OfStation]:
    """By station that counts."""
    found = {one.id: OfStation() for one in session.stations if one.dropped_because is None}
    for mark in marks.marks_of(session):
        if mark.slot.station_id in found:
            counted = scores.as_marked(mark)
            found[mark.slot.station_id].pairs.append((counted.rating, float(counted.score)))
    judged = judged_by(panel)
    by_station = _stations_of(panel)
    for station_id, one in found.items():
        ratings = [rating for rating, _score in one.pairs]
        given = [score for _rating, score in one.pairs]
        one.said["angoff"] = _angoff(judged, by_station.get(station_id))
        one.said["group"] = _group(given, ratings)
        one.said["regression"] = _regression(given, ratings)
    return found


def judged_by(panel: Panel | None) -> Angoff | CannotSay:
    """The last round everybody sees."""
    from trainingbase.psychometrics import standards

    if panel is None or not panels.last_closed(panel):
        return CannotSay("few_judges", found=0, needed=standards.FEWEST_JUDGES)
    return judged_in(panel, panels.last_closed(panel))


def judged_in(panel: Panel, round_: int) -> Angoff | CannotSay:
    from trainingbase.psychometrics import standards

    try:
        return standards.angoff(panels.table_of(panel, round_), most=100.0)
    except CannotSay as refused:
        return refused


def _stations_of(panel: Panel | None) -> dict[int, int]:
    lines = panel.lines if panel is not None else []
    return {one.station_id: one.id for one in lines if one.station_id is not None}


def _angoff(judged: Angoff | CannotSay, line: int | None) -> Said:
    if isinstance(judged, CannotSay):
        return Said(refused=judged)
    if line is None:
        return Said(refused=CannotSay("no_scores"))
    judges = len(judged.sums)
    error = judged.deviations[line] / judges**0.5
    return Said(judged.means[line], error, judges, judged)


def _group(given: list[float], ratings: list[int]) -> Said:
    from trainingbase.psychometrics import standards

    try:
        found = standards.borderline_group(given, ratings, borderline=BORDERLINE)
    except CannotSay as refused:
        return Said(refused=refused)
    return Said(found.cut, found.standard_error, found.borderline, found)


def _regression(given: list[float], ratings: list[int]) -> Said:
    from trainingbase.psychometrics import standards

    try:
        found = standards.borderline_regression(given, ratings, borderline=BORDERLINE)
    except CannotSay as refused:
        return Said(refused=refused)
    if not 0 <= found.cut <= 100 or BORDERLINE not in range(min(ratings), max(ratings) + 1):
        return Said(refused=CannotSay("few_borderline", found=0, needed=1))
    return Said(found.cut, found.standard_error, found.candidates, found)


@dataclass(frozen=True)
class Statistics:
    """`alpha` over stations and `dropped` without each; refused where there is too little."""

    stations: Mapping[int, StationFigures]
    alpha: float | None
    interval: tuple[float, float] | None
    dropped: Mapping[int, float]
    refused: CannotSay | None


def statistics(session: Osce, found: list[scores.Scored]) -> Statistics:
    from trainingbase.psychometrics.consistency import alpha_of
    from trainingbase.psychometrics.stations import station_figures

    given = {
        one.candidate.id: {
            each.station: float(each.score)
            for each in one.result.stations
            if each.score is not None
        }
        for one in found
        if one.candidate.absent_because is None
    }
    try:
        figures = station_figures({key: value for key, value in given.items() if value})
    except CannotSay as refused:
        return Statistics({}, None, None, {}, refused)
    try:
        alpha = alpha_of(_table(given))
    except CannotSay as refused:
        return Statistics(figures, None, None, {}, refused)
    return Statistics(figures, alpha.alpha, alpha.interval, alpha.dropped, None)


def _table(given: Mapping[int, Mapping[int, float]]):
    from trainingbase.psychometrics.scores import Scores, complete_table

    rows = [(who, station, score) for who, all_ in given.items() for station, score in all_.items()]
    people, stations, values = zip(*rows, strict=True)
    return complete_table(Scores.of({"p": people, "i": stations}, values), "p", "i")


def spread_of(one: OfStation) -> dict[int, int]:
    """How many got each overall rating."""
    return {rating: sum(r == rating for r, _s in one.pairs) for rating in RATINGS}
