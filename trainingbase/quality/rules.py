"""The sums of training quality: values in, values out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import sqrt


@dataclass(frozen=True)
class Place:
    """A department with its institution, each named in Chinese and perhaps in English; `short`
    is what the grid's legend calls it, where it has one name there."""

    id: int
    name: str
    name_en: str | None
    institution_id: int
    institution: str
    institution_en: str | None
    is_lead: bool
    short: str | None = None


@dataclass(frozen=True)
class Done:
    """Placements whose last day lies in a month or department: `passed` their exit assessment,
    `failed` it, ended and are not left (`unassessed`), or are `ahead`."""

    passed: int = 0
    failed: int = 0
    unassessed: int = 0
    ahead: int = 0

    @property
    def planned(self) -> int:
        return self.passed + self.failed + self.unassessed + self.ahead

    @property
    def ended(self) -> int:
        return self.passed + self.failed + self.unassessed

    @property
    def share(self) -> float | None:
        """Passed, in percent of those that ended."""
        return percent(self.passed, self.ended)

    def __add__(self, other: "Done") -> "Done":
        return Done(
            self.passed + other.passed,
            self.failed + other.failed,
            self.unassessed + other.unassessed,
            self.ahead + other.ahead,
        )


@dataclass(frozen=True)
class Asked:
    """Requests for assessments: answered `in_time` or `done_late`; open and `late`; `expired`
    unanswered; `waiting` and not due yet."""

    in_time: int = 0
    done_late: int = 0
    late: int = 0
    expired: int = 0
    waiting: int = 0

    @property
    def asked(self) -> int:
        return self.in_time + self.done_late + self.late + self.expired + self.waiting

    @property
    def done(self) -> int:
        return self.in_time + self.done_late

    @property
    def due(self) -> int:
        return self.asked - self.waiting

    @property
    def share(self) -> float | None:
        """Answered in time, in percent of those that are due or answered."""
        return percent(self.in_time, self.due)

    def __add__(self, other: "Asked") -> "Asked":
        return Asked(
            self.in_time + other.in_time,
            self.done_late + other.done_late,
            self.late + other.late,
            self.expired + other.expired,
            self.waiting + other.waiting,
        )


@dataclass(frozen=True)
class Scored:
    """How often each score was given to an item of a form."""

    code: str
    name: str
    name_en: str
    highest: Decimal
    counts: Mapping[Decimal, int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return sum(self.counts.values())

    @property
    def mean(self) -> float | None:
        return mean_of(self.counts)

    @property
    def spread(self) -> float | None:
        return spread_of(self.counts)


@dataclass(frozen=True)
class Used:
    """Months spent by residents in a department in a month, of the months there is place for."""

    used: Decimal
    places: Decimal

    @property
    def share(self) -> float | None:
        return percent(self.used, self.places)


def percent(part: Decimal | int, whole: Decimal | int) -> float | None:
    """To a tenth; None of nothing."""
    return round(float(part) * 100 / float(whole), 1) if whole else None


def mean_of(counts: Mapping[Decimal, int]) -> float | None:
    n = sum(counts.values())
    return round(sum(float(value) * times for value, times in counts.items()) / n, 2) if n else None


def spread_of(counts: Mapping[Decimal, int]) -> float | None:
    """The sample's standard deviation; None of fewer than two."""
    n = sum(counts.values())
    if n < 2:
        return None
    mean = sum(float(value) * times for value, times in counts.items()) / n
    squares = sum((float(value) - mean) ** 2 * times for value, times in counts.items())
    return round(sqrt(squares / (n - 1)), 2)


def median(numbers: Iterable[Decimal]) -> Decimal | None:
    ordered = sorted(numbers)
    if not ordered:
        return None
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2
