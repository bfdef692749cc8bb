"""Who passes an OSCE.  The one rule: the board, the release and the appeal all ask it.

An examiner's overall judgement is 1 fail, 2 borderline, 3 pass, 4 good, 5 excellent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

BORDERLINE = 2
RATINGS = (1, 2, 3, 4, 5)
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Rule:
    """Of a station: its part in the total, its cut in percent (None while none is frozen), and
    whether nobody passes without it."""

    station: int
    weight: Decimal
    cut: Decimal | None
    must_pass: bool


@dataclass(frozen=True)
class Marked:
    """What one examiner gave; the last amendment counts."""

    score: Decimal
    rating: int
    vetoed: bool = False


@dataclass(frozen=True)
class AtStation:
    """`score` is None where nobody marked; `passed` is None without a cut or a score."""

    station: int
    score: Decimal | None
    rating: Decimal | None
    cut: Decimal | None
    passed: bool | None
    vetoed: bool = False
    was: Decimal | None = None


@dataclass(frozen=True)
class Result:
    """`total` and `cut` in percent, None while a station is missing; `why` are the reasons for
    not passing: total, stations, must_pass, absent."""

    stations: tuple[AtStation, ...]
    total: Decimal | None
    cut: Decimal | None
    passed_stations: int
    passed: bool | None
    why: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        return all(one.score is not None for one in self.stations)


def mean(values: Sequence[Decimal | int]) -> Decimal | None:
    """To a hundredth."""
    if not values:
        return None
    exact = sum((Decimal(one) for one in values), Decimal(0)) / len(values)
    return exact.quantize(HUNDREDTH, ROUND_HALF_UP)


def at_station(rule: Rule, marks: Sequence[Marked], corrected: Decimal | None = None) -> AtStation:
    """The mean of all who marked; a veto of one of them fails the station, unless its score was
    put right afterwards."""
    given = mean([one.score for one in marks])
    score = corrected if corrected is not None else given
    vetoed = corrected is None and any(one.vetoed for one in marks)
    passed = None
    if score is not None and rule.cut is not None:
        passed = score >= rule.cut and not vetoed
    return AtStation(
        station=rule.station,
        score=score,
        rating=mean([one.rating for one in marks]),
        cut=rule.cut,
        passed=passed,
        vetoed=vetoed,
        was=given if corrected is not None else None,
    )


def weighted(values: Iterable[tuple[Decimal | None, Decimal]]) -> Decimal | None:
    """The mean of values by their weights, None where one is missing or there is none."""
    pairs = list(values)
    if not pairs or any(value is None for value, _weight in pairs):
        return None
    weights = sum((weight for _value, weight in pairs), Decimal(0))
    total = sum((value * weight for value, weight in pairs if value is not None), Decimal(0))
    return (total / weights).quantize(HUNDREDTH, ROUND_HALF_UP)


def result_of(
    rules: Sequence[Rule],
    marks: Mapping[int, Sequence[Marked]],
    *,
    least_stations: int | None,
    corrected: Mapping[int, Decimal] | None = None,
    is_absent: bool = False,
) -> Result:
    """Of one candidate; `marks` and `corrected` by station.  Passing is judged once every station
    has its score and its cut: the total reaches the weighted mean of the cuts, and what must be
    passed is passed, and so are enough stations."""
    put_right = corrected or {}
    found = tuple(
        at_station(rule, marks.get(rule.station, ()), put_right.get(rule.station)) for rule in rules
    )
    weights = [rule.weight for rule in rules]
    total = weighted(zip((one.score for one in found), weights, strict=True))
    cut = weighted(zip((rule.cut for rule in rules), weights, strict=True))
    passed_stations = sum(one.passed is True for one in found)
    if is_absent:
        return Result(found, None, cut, passed_stations, None, ("absent",))
    if total is None or cut is None:
        return Result(found, total, cut, passed_stations, None, ())
    why = []
    if total < cut:
        why.append("total")
    if least_stations is not None and passed_stations < least_stations:
        why.append("stations")
    needed = {rule.station for rule in rules if rule.must_pass}
    if any(one.station in needed and not one.passed for one in found):
        why.append("must_pass")
    return Result(found, total, cut, passed_stations, not why, tuple(why))
