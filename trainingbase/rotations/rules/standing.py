"""Where a resident stands: what is done, what has begun, what is owed, and until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from trainingbase.planner.build import (
    before_of,
    choices_of,
    requirements_of,
    with_last_window,
)
from trainingbase.planner.problem import Choice, Programme, Requirement
from trainingbase.rotations.rules.facts import PER_MONTH, Curriculum, Facts, Trainee
from trainingbase.rotations.rules.halves import end_period_of, period_of
from trainingbase.rotations.rules.rows import Row

PRIMARY = "@primary"
"""Suffix of a standard department where a primary-care site offers it: open only to what the
programme lets be done there."""


@dataclass(frozen=True)
class Standing:
    """Periods count from the first day of the plan.  `done` were finished before it began,
    `begun` are rows that stand; `first` is when new placements may start, `until` when all that
    is owed can be done without a gap, leave included."""

    done: Mapping[str, float]
    done_and_begun: Mapping[str, float]
    training_start: int
    first: int
    until: int


def standing_of(
    facts: Facts, trainee: Trainee, past: Iterable[Row], begun: Iterable[Row]
) -> Standing:
    """`past` are the resident's rows that end before the plan starts, `begun` those in the plan
    that had begun on the day it was asked for (they may have started before the plan does)."""
    begun = list(begun)
    done: dict[str, float] = {str(s): float(months) for s, months in trainee.credits}
    since = trainee.credits_until
    for row in (*past, *begun):
        if since is None or row.starts_on >= since:
            _add(done, row.standard, _clipped(facts.starts_on, row, before=True))
    after = dict(done)
    for row in begun:
        _add(after, row.standard, _clipped(facts.starts_on, row, before=False))
    start = _training_start(facts, trainee)
    ends = [end_period_of(facts.starts_on, row.ends_on) for row in begun]
    first = max(0, start, soonest(facts), *ends)
    curriculum = facts.curricula[trainee.programme]
    left = requirements_of(curriculum.sheet.rows, curriculum.sheet.rules, after, PER_MONTH)
    owed = owed_periods(left, choices_of(curriculum.sheet.rows, after))
    away = away_periods(facts.starts_on, trainee.away)
    return Standing(done, after, start, first, _until(first, owed, away) + trainee.longer)


def soonest(facts: Facts) -> int:
    """The first period that lies wholly ahead on the day the plan was asked for."""
    return max(0, period_of(facts.starts_on, facts.today) + 1)


def _training_start(facts: Facts, trainee: Trainee) -> int:
    if trainee.starts_on is None:
        return 0
    return period_of(facts.starts_on, trainee.starts_on)


def _clipped(starts_on: date, row: Row, *, before: bool) -> float:
    """Months of a row before the plan starts, or from then on."""
    first = period_of(starts_on, row.starts_on)
    end = end_period_of(starts_on, row.ends_on)
    periods = min(end, 0) - min(first, 0) if before else max(end, 0) - max(first, 0)
    return periods / PER_MONTH


def _add(months: dict[str, float], standard: int, more: float) -> None:
    if more:
        months[str(standard)] = months.get(str(standard), 0.0) + more


def away_periods(starts_on: date, months: Iterable[date]) -> frozenset[int]:
    return frozenset(
        period_of(starts_on, month) + half for month in months for half in range(PER_MONTH)
    )


def owed_periods(left: Iterable[Requirement], choices: Iterable[Choice]) -> int:
    """What must still be done; of electives not yet chosen the shortest count."""
    length = {one.id: one.length for one in left}
    elective = {of for choice in choices for of in choice.of}
    owed = sum(count for key, count in length.items() if key not in elective)
    for choice in choices:
        owed += sum(sorted(length[of] for of in choice.of if of in length)[: choice.count])
    return owed


def _until(first: int, owed: int, away: frozenset[int]) -> int:
    period = first
    while owed > 0:
        owed -= period not in away
        period += 1
    return period


def programme_left(
    curriculum: Curriculum, done: Mapping[str, float], standing: Standing, first: int
) -> Programme:
    """What is left of the programme after `done`, with windows counted from the training start.

    `first` is when the first new placement may start: the rule that something comes first is
    dropped where its time had passed by then, since nobody could keep it any more.
    """
    rows, rules = curriculum.sheet.rows, curriculum.sheet.rules
    left = requirements_of(rows, rules, done, PER_MONTH)
    left = [_while_it_can_be_kept(one, standing.training_start, first) for one in left]
    total = standing.until - standing.training_start
    left = list(with_last_window(left, rules, total, PER_MONTH))
    half_done = {one.id for one in left if done.get(one.id, 0) > 0}
    return Programme(
        "",
        tuple(_open_to_sites(one, curriculum.at_primary) for one in left),
        before_of(left, rules, half_done),
        choices_of(rows, done),
    )


def _while_it_can_be_kept(one: Requirement, training_start: int, first: int) -> Requirement:
    if one.latest_end is not None and training_start + one.latest_end < first + one.length:
        return replace(one, latest_end=None)
    return one


def _open_to_sites(one: Requirement, at_primary: frozenset[int]) -> Requirement:
    sites = tuple(name + PRIMARY for name in one.standard if int(name) in at_primary)
    return replace(one, standard=one.standard + sites)
