"""Keeping monthly figures: counted from the rows, and checked against them."""

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime

from sqlalchemy import delete, insert, select

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person
from trainingbase.people.queries import holders_of
from trainingbase.quality.indicators import INDICATORS, Indicator
from trainingbase.quality.models import Count, MonthlyCrowd, MonthlyFigure
from trainingbase.quality.queries.counted import counts, sites_of
from trainingbase.quality.rules.facts import Fact, Kept, rolled
from trainingbase.quality.scope import months_known
from trainingbase.queue import enqueue_after_commit
from trainingbase.roles import Role

log = logging.getLogger(__name__)

YEARS_BEFORE = 5
"""Examinations and activities may be older than the first placement the base has."""
AT_ONCE = 1000


def span(today: date) -> tuple[date, date]:
    """The whole years that are kept."""
    months = [*months_known(), today]
    return date(min(months).year - YEARS_BEFORE, 1, 1), date(max(months).year + 1, 1, 1)


def count_anew(*, today: date, at: datetime, only: Iterable[str] | None = None) -> int:
    """Count every month of these indicators (all) from the rows; how many sums are kept.  One
    commit each, so that nothing is locked for long."""
    begins, ends = span(today)
    kept = 0
    for key in only if only is not None else INDICATORS:
        indicator, sites = INDICATORS[key], sites_of()
        facts = list(indicator.facts(begins, ends, today))
        kept += _keep(indicator, facts, sites, (begins, ends), today=today, at=at)
        db.session.commit()
    return kept


def ask_anew(*, by: Person, at: datetime) -> None:
    """Somebody of the office wants it now: the worker does it."""
    record("count-figures-anew", "quality_counts", by=by, at=at)
    enqueue_after_commit(db.session, "count-figures")
    db.session.commit()


def _keep(
    indicator: Indicator,
    facts: list[Fact],
    sites: dict[int, int],
    years: tuple[date, date],
    *,
    today: date,
    at: datetime,
) -> int:
    sums, crowds = rolled(facts, sites)
    for table in (MonthlyFigure, MonthlyCrowd):
        db.session.execute(delete(table).where(table.indicator == indicator.key))
    _put(
        MonthlyFigure,
        [
            {
                "indicator": indicator.key, "month_on": one.month, "level": one.level,
                "level_id": one.level_id, "cohort_id": one.cohort_id, "part": one.part,
                "amount": one.amount,
            }
            for one in sums
        ],
    )  # fmt: skip
    _put(
        MonthlyCrowd,
        [
            {
                "indicator": indicator.key, "month_on": one.month, "level": one.level,
                "level_id": one.level_id, "people": one.people,
            }
            for one in crowds
        ],
    )  # fmt: skip
    known = db.session.get(Count, indicator.key)
    if known is None:
        known = Count(indicator=indicator.key)
        db.session.add(known)
    known.counted_at, known.counted_on = at, today
    known.starts_on, known.ends_on = years
    return len(sums)


def _put(table, rows: list[dict]) -> None:
    for first in range(0, len(rows), AT_ONCE):
        db.session.execute(insert(table), rows[first : first + AT_ONCE])


def verify(*, at: datetime, warn: Callable[[str], None] = log.error) -> dict[str, int]:
    """Compare what is kept with the rows, for the day it was counted on.  A difference is loud:
    in the log, in the audit trail, and as a notice to the office.  How many sums differ, by
    indicator."""
    found = {}
    for key, count in counts().items():
        if key not in INDICATORS:
            continue
        facts = INDICATORS[key].facts(count.starts_on, count.ends_on, count.counted_on)
        should, _crowds = rolled(facts, sites_of())
        are = {
            Kept(*one)
            for one in db.session.execute(
                select(
                    MonthlyFigure.month_on, MonthlyFigure.level, MonthlyFigure.level_id,
                    MonthlyFigure.cohort_id, MonthlyFigure.part, MonthlyFigure.amount,
                ).where(MonthlyFigure.indicator == key)
            )
        }  # fmt: skip
        different = are ^ set(should)
        count.verified_at, count.differences = at, len(different)
        if different:
            found[key] = len(different)
            one = min(different)
            warn(f"monthly figures of {key}: {len(different)} differ, first {one}")
    if found:
        record("find-figures-differ", "quality_months", by=None, at=at, **found)
        told = [one.id for one in holders_of(Role.OFFICE, Role.ADMINISTRATOR)]
        leave("figures-differ", to_ids=told, at=at, path="/quality/indicators", n=len(found))
    db.session.commit()
    return found
