"""What leave does to placements, to the end of the training and to the graduation exam."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from trainingbase.leave.rules.counting import Span
from trainingbase.leave.rules.judging import KindRule


@dataclass(frozen=True)
class Stay:
    """A placement: `what` is whatever stands for it."""

    what: Any
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Touched:
    """A placement of which days are missed; `ends_on` is its exclusive end, `moved_to` where
    that comes when the days to be made up are made up in it."""

    stay: Stay
    missed: int
    moved_to: date

    @property
    def moved(self) -> int:
        return (self.moved_to - self.stay.ends_on).days


@dataclass(frozen=True)
class Effect:
    """`made_up` are the days by which the training becomes longer."""

    touched: Sequence[Touched]
    made_up: int
    later: int
    ends_on: date | None
    moved_to: date | None


def effect(
    stays: Iterable[Stay],
    starts_on: date,
    ends_on: date,
    *,
    made_up: int,
    training_end: date | None,
) -> Effect:
    """Days are made up where they were missed, first come first served, and everything after
    moves by as much; how the places allow it, a new plan says."""
    touched, left, shift, later = [], made_up, 0, 0
    for stay in sorted(stays, key=lambda one: one.starts_on):
        missed = (min(stay.ends_on, ends_on) - max(stay.starts_on, starts_on)).days
        if missed > 0:
            mine = min(missed, left)
            left, shift = left - mine, shift + mine
            touched.append(Touched(stay, missed, stay.ends_on + timedelta(days=shift)))
        elif stay.starts_on >= ends_on:
            later += 1
    return Effect(
        touched=touched,
        made_up=made_up,
        later=later if made_up else 0,
        ends_on=training_end,
        moved_to=training_end + timedelta(days=made_up) if training_end else None,
    )


def beyond(days: int, rule: KindRule) -> int:
    """Of so many days of a kind, those that make the training longer."""
    return max(0, days - rule.extends_after_days) if rule.extends else 0


def made_up_by(one: Span, others: Iterable[Span], rule: KindRule) -> int:
    """Days (of the calendar) by which this leave makes the training longer: those of its own
    that lie beyond what the kind allows over the whole training, counted in order of time."""
    before = sum(
        (other.until_on - other.starts_on).days
        for other in others
        if other.kind == one.kind and other.starts_on < one.starts_on
    )
    own = (one.until_on - one.starts_on).days
    return beyond(before + own, rule) - beyond(before, rule)


def total_days(spans: Iterable[Span], rules: dict[str, KindRule]) -> int:
    """Days of the calendar of all kinds that count together over the whole training."""
    return sum((one.until_on - one.starts_on).days for one in spans if rules[one.kind].in_total)
