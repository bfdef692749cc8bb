"""What the base grants of a kind of leave, and why an application is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from trainingbase.leave.rules.counting import (
    Span,
    days_in_year,
    event,
    within,
    years_of,
)
from trainingbase.sites.rules.calendar import Calendar

STEPS = ("supervisor", "secretary", "tutor", "office")
"""In the order in which they are asked."""


@dataclass(frozen=True)
class KindRule:
    """What the base has decided about one kind.  A number of days that is None is no limit; a
    step that is None is never asked, one of n days is asked for leave of n days or more."""

    kind: str
    by_residents: bool = True
    paid: bool = False
    working_days: bool = False
    attachment_from_days: int | None = None
    most_days_a_year: int | None = None
    most_days_an_event: int | None = None
    extends: bool = False
    extends_after_days: int = 0
    in_total: bool = True
    supervisor_from_days: int | None = None
    secretary_from_days: int | None = None
    tutor_from_days: int | None = None
    office_from_days: int | None = None

    def steps(self, days: int) -> list[str]:
        """Who is asked for so many days; the office where nobody else is."""
        asked = {step: getattr(self, f"{step}_from_days") for step in STEPS}
        return [step for step in STEPS if asked[step] is not None and asked[step] <= days] or [
            "office"
        ]


@dataclass(frozen=True)
class Limits:
    """`late_days`: how long after its first day a resident may still ask; `longest_days` at
    once; `exam_later_days` of leave in the training: more put the graduation exam off."""

    late_days: int
    longest_days: int
    exam_later_days: int


@dataclass(frozen=True)
class Standing:
    """A resident as an application finds them; `left_on` is the first day out of training of who
    has left or will, `spans` are their other leave that stands."""

    starts_on: date | None
    ends_on: date | None
    left_on: date | None = None
    spans: Sequence[Span] = ()
    calendar: Calendar = field(default_factory=lambda: Calendar({}))


@dataclass(frozen=True)
class Wanted:
    """Leave asked for; `ends_on` is exclusive.  The office may record what residents may not
    ask for, and long after."""

    kind: str
    starts_on: date
    ends_on: date
    by_office: bool = False


@dataclass(frozen=True)
class Refusal:
    """`where` is the field: kind, first, last or papers; `because` a key of `words.REFUSALS`."""

    where: str
    because: str
    facts: dict


@dataclass(frozen=True)
class Allowance:
    """Days of a calendar year: had before, asked for now, and the most, if there is one."""

    year: int
    had: int
    asked: int
    most: int | None

    @property
    def left(self) -> int | None:
        return None if self.most is None else self.most - self.had - self.asked


def allowances(wanted: Wanted, rule: KindRule, standing: Standing) -> list[Allowance]:
    found = []
    for year in years_of(wanted.starts_on, wanted.ends_on):
        had = days_in_year(
            standing.spans, wanted.kind, year, standing.calendar, working=rule.working_days
        )
        first, end = within(year, wanted.starts_on, wanted.ends_on)
        asked = standing.calendar.days(first, end, working=rule.working_days)
        found.append(Allowance(year, had, asked, rule.most_days_a_year))
    return found


def event_days(wanted: Wanted, rule: KindRule, standing: Standing) -> int:
    """Days of the whole leave that this one continues, or is."""
    first, end = event(standing.spans, wanted.kind, wanted.starts_on, wanted.ends_on)
    return standing.calendar.days(first, end, working=rule.working_days)


def needs_papers(wanted: Wanted, rule: KindRule, standing: Standing) -> bool:
    least = rule.attachment_from_days
    return least is not None and event_days(wanted, rule, standing) >= least


def refusals(
    wanted: Wanted, rule: KindRule, standing: Standing, limits: Limits, *, today: date
) -> list[Refusal]:
    """Everything that stands against it but missing papers; empty when it may be asked for."""
    if wanted.ends_on <= wanted.starts_on:
        return [Refusal("last", "order", {})]
    if (wanted.ends_on - wanted.starts_on).days > limits.longest_days:
        return [Refusal("last", "too_long", {"days": limits.longest_days})]
    found = [*_of_the_kind(wanted, rule), *_of_the_time(wanted, rule, standing, limits, today)]
    for one in standing.spans:
        if one.overlaps(wanted.starts_on, wanted.ends_on):
            facts = {"kind": one.kind, "first": one.starts_on, "end": one.until_on}
            found.append(Refusal("first", "overlap", facts))
            return found  # its allowance would be counted twice
    return [*found, *_of_the_days(wanted, rule, standing)]


def _of_the_kind(wanted: Wanted, rule: KindRule):
    if not rule.by_residents and not wanted.by_office:
        yield Refusal("kind", "office_only", {})


def _of_the_time(wanted: Wanted, rule: KindRule, standing: Standing, limits: Limits, today: date):
    if standing.left_on is not None and wanted.ends_on > standing.left_on:
        if standing.left_on <= today:
            yield Refusal("first", "left", {})
        else:
            yield Refusal("last", "after_training", {"end": standing.left_on})
    if standing.starts_on is not None and wanted.starts_on < standing.starts_on:
        yield Refusal("first", "before_training", {"day": standing.starts_on})
    if standing.ends_on is not None:
        if wanted.starts_on >= standing.ends_on:
            yield Refusal("first", "after_training", {"end": standing.ends_on})
        elif wanted.ends_on > standing.ends_on and not rule.extends:
            yield Refusal("last", "after_training", {"end": standing.ends_on})
    if not wanted.by_office and wanted.starts_on < today - timedelta(days=limits.late_days):
        yield Refusal("first", "late", {"days": limits.late_days})


def _of_the_days(wanted: Wanted, rule: KindRule, standing: Standing):
    if not standing.calendar.days(wanted.starts_on, wanted.ends_on, working=rule.working_days):
        yield Refusal("first", "no_working_day", {})
    if wanted.by_office:
        return  # what has happened is recorded, whatever was allowed
    days, most = event_days(wanted, rule, standing), rule.most_days_an_event
    if most is not None and days > most:
        yield Refusal("last", "event_allowance", {"days": days, "most": most})
    for one in allowances(wanted, rule, standing):
        if one.left is not None and one.left < 0:
            facts = {"year": one.year, "left": one.left + one.asked, "most": one.most}
            yield Refusal("last", "year_allowance", facts)
            return
