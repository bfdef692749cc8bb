"""Whether what is due was held: by department, kind and period."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from trainingbase.training.rules.periods import DAYS, Period, days_of, periods_ending_in

KEPT, MISSED, OPEN, NOT_DUE = "kept", "missed", "open", "not_due"
RANK = {"department": 3, "standard": 2, "primary": 1, "clinical": 1}


@dataclass(frozen=True)
class Rule:
    """So many `times` in each `period`."""

    scope: str
    times: int
    period: str
    standard: str | None = None
    department_id: int | None = None

    @property
    def a_week(self) -> float:
        return self.times * 7 / DAYS.get(self.period, 30)


@dataclass(frozen=True)
class Place:
    """What a rule asks of a department: whose it is, and what it stands for."""

    id: int
    is_primary: bool
    standards: Sequence[str]


def rule_for(place: Place, rules: Iterable[Rule]) -> Rule | None:
    """The one that says most exactly whom it means; of two as exact the one that asks more.
    None where nothing is due."""
    meant = [one for one in rules if _means(one, place)]
    found = max(meant, key=lambda one: (RANK[one.scope], one.a_week), default=None)
    return found if found is not None and found.times else None


def _means(rule: Rule, place: Place) -> bool:
    if rule.scope == "department":
        return rule.department_id == place.id
    if rule.scope == "standard":
        return any((rule.standard or "") in name for name in place.standards)
    return (rule.scope == "primary") == place.is_primary


@dataclass(frozen=True)
class Due:
    """One kind at one department in one period."""

    department_id: int
    kind: str
    period: Period
    times: int
    held: int
    state: str


def judged(
    place: Place,
    kind: str,
    rule: Rule,
    *,
    span: Period,
    today: date,
    held: Mapping[date, int],
    stays: Sequence[Period],
    is_working: Callable[[date], bool],
) -> list[Due]:
    """Each period that ends within `span`.  `held` counts by day; `stays` are when residents
    were there: while nobody is, and in a period without a working day, nothing is due."""
    found = []
    for period in periods_ending_in(rule.period, *span):
        days = days_of(period)
        count = sum(held.get(day, 0) for day in days)
        if count >= rule.times:
            state = KEPT
        elif not any(a < period[1] and b > period[0] for a, b in stays) or not any(
            is_working(day) for day in days
        ):
            state = NOT_DUE
        else:
            state = OPEN if period[1] > today else MISSED
        found.append(Due(place.id, kind, period, rule.times, count, state))
    return found


def worst(states: Iterable[str]) -> str:
    """Of one cell: missed before open before kept; not due where nothing was."""
    found = set(states)
    return next((one for one in (MISSED, OPEN, KEPT) if one in found), NOT_DUE)


def fortnights(year: int) -> list[Period]:
    """Those whose last day lies in the year."""
    return periods_ending_in("fortnight", date(year, 1, 1), date(year + 1, 1, 1))


def last_day(period: Period) -> date:
    return period[1] - timedelta(days=1)
