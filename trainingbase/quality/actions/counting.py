"""Keeping monthly figures: counted from the rows where these have changed, and checked against
them.

Months are counted one after another, each in a transaction of its own, and only what differs is
written: nothing is locked for long, and no more is held in memory than a year of one indicator.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, delete, func, insert, select

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.months import months_from, months_later
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.quality.actions.differences import Difference, Months, difference
from trainingbase.quality.indicators import INDICATORS, Indicator
from trainingbase.quality.models import Count, MonthlyCrowd, MonthlyFigure, Touch
from trainingbase.quality.queries.counted import counts, sites_of
from trainingbase.quality.queries.touched import Touched, months_aged, months_of, touches
from trainingbase.quality.scope import months_known
from trainingbase.queue import enqueue_after_commit
from trainingbase.roles import Role

log = logging.getLogger(__name__)

YEARS_BEFORE = 5
"""Examinations and activities may be older than the first placement the base has."""
AT_ONCE = 1000
FIGURE = ("indicator", "month_on", "level", "level_id", "cohort_id", "part", "amount")
CROWD = ("indicator", "month_on", "level", "level_id", "people")
"""Columns in the order of `Kept` and `Crowd`; all but the last are the key."""


def span(today: date) -> Months:
    """The whole years that are kept."""
    months = [*months_known(), today]
    return date(min(months).year - YEARS_BEFORE, 1, 1), date(max(months).year + 1, 1, 1)


def count_anew(*, today: date, at: datetime, only: Iterable[str] | None = None) -> int:
    """Count every month of these indicators (all) from the rows; how many sums are kept."""
    seen = touches() if only is None else []
    for key in only if only is not None else INDICATORS:
        _count(INDICATORS[key], None, today=today, at=at)
    _forget(seen)
    return db.session.scalar(select(func.count()).select_from(MonthlyFigure)) or 0


def count_changed(*, today: date, at: datetime) -> int:
    """Count what rows or days have changed since the last count, and all of an indicator that was
    not counted yet; how many months that were."""
    seen, known, years = touches(), counts(), span(today)
    touched, counted = months_of(seen), set()
    for key, indicator in INDICATORS.items():
        before = known.get(key)
        whole = touched is None or before is None or (before.starts_on, before.ends_on) != years
        months = None if whole else (touched or set()) | months_aged(before.counted_on, today)
        counted |= _count(indicator, months, today=today, at=at)
    _forget(seen)
    return len(counted)


def ask_anew(*, by: Person, at: datetime) -> None:
    """Somebody of the office wants it now: the worker does it."""
    record("count-figures-anew", "quality_counts", by=by, at=at)
    enqueue_after_commit(db.session, "count-figures", whole=True)
    db.session.commit()


def _count(
    indicator: Indicator, months: set[date] | None, *, today: date, at: datetime
) -> set[date]:
    """These months of what is kept, all without `months`; the first ones of those counted."""
    years, sites = span(today), sites_of()
    parts = _years(years) if months is None or indicator.yearly else _stretches(months, years)
    for part in parts:
        _write(indicator, difference(indicator, part, sites, today))
    if months is None:
        _drop_outside(indicator, years)
    one = db.session.get(Count, indicator.key)
    if one is None:
        one = Count(indicator=indicator.key)
        db.session.add(one)
    one.counted_at, one.counted_on = at, today
    one.starts_on, one.ends_on = years
    db.session.commit()
    return {begins for begins, _ends in parts}


def _years(months: Months) -> list[Months]:
    return [
        (date(year, 1, 1), date(year + 1, 1, 1)) for year in range(months[0].year, months[1].year)
    ]


def _stretches(months: Iterable[date], years: Months) -> list[Months]:
    return [(one, months_later(one, 1)) for one in sorted(months) if years[0] <= one < years[1]]


def _write(indicator: Indicator, found: Difference) -> None:
    """Whoever counts the same at the same time waits, and then writes the same."""
    db.session.get(Count, indicator.key, with_for_update=True)
    for table, names, gone, new in (
        (MonthlyFigure.__table__, FIGURE, found.gone, found.new),
        (MonthlyCrowd.__table__, CROWD, found.gone_crowds, found.new_crowds),
    ):
        old, rows = (
            [dict(zip(names, (indicator.key, *one), strict=True)) for one in sorted(some)]
            for some in (gone | new, new)
        )
        same = [table.c[name] == bindparam(f"is_{name}") for name in names[:-1]]
        _many(delete(table).where(*same), [{f"is_{n}": row[n] for n in names[:-1]} for row in old])
        _many(insert(table), rows)
    db.session.commit()


def _many(statement, rows: list[dict]) -> None:
    for first in range(0, len(rows), AT_ONCE):
        db.session.connection().execute(statement, rows[first : first + AT_ONCE])


def _drop_outside(indicator: Indicator, years: Months) -> None:
    for table in (MonthlyFigure, MonthlyCrowd):
        outside = (table.month_on < years[0]) | (table.month_on >= years[1])
        db.session.execute(delete(table).where(table.indicator == indicator.key, outside))


def _forget(seen: Sequence[Touched]) -> None:
    """These touches; what was touched meanwhile is for the next time."""
    ids = [one.id for one in seen]
    for first in range(0, len(ids), AT_ONCE):
        db.session.execute(delete(Touch).where(Touch.id.in_(ids[first : first + AT_ONCE])))
    db.session.commit()


def verify(*, at: datetime, warn: Callable[[str], None] = log.error) -> dict[str, int]:
    """Compare what is kept with the rows, for the day it was counted on, year by year, and mend
    what differs.  A difference is loud: in the log, in the audit trail, and as a notice to the
    office.  How many sums differ, by indicator; not those of rows that changed since the count."""
    found = {}
    for key in sorted(counts().keys() & INDICATORS.keys()):
        wrong = _verify(INDICATORS[key], at=at)
        if wrong:
            found[key] = sum(map(len, wrong))
            warn(f"monthly figures of {key}: {found[key]} differ, first {wrong[0].first}")
    if found:
        record("find-figures-differ", "quality_months", by=None, at=at, **found)
        told = [one.id for one in holders_of(Role.OFFICE, Role.ADMINISTRATOR)]
        leave("figures-differ", to_ids=told, at=at, path="/quality/indicators", n=len(found))
    db.session.commit()
    return found


def _verify(indicator: Indicator, *, at: datetime) -> list[Difference]:
    """What differs in each year, mended."""
    count, sites, wrong = db.session.get_one(Count, indicator.key), sites_of(), []
    counted_on, years = count.counted_on, (count.starts_on, count.ends_on)
    for part in _years(years):
        here = difference(indicator, part, sites, counted_on)
        touched = months_of(touches()) if here else set()
        here = here.outside(months_from(*years) if touched is None else touched)
        if here:
            wrong.append(here)
            _write(indicator, here)
    count = db.session.get_one(Count, indicator.key)
    count.verified_at, count.differences = at, sum(map(len, wrong))
    db.session.commit()
    return wrong
