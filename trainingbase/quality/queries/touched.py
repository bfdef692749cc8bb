"""Which months have to be counted anew: those whose rows changed, and those the days changed."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select

from trainingbase.assessments.models import Request
from trainingbase.db import db
from trainingbase.months import first_of_month, months_from, months_later
from trainingbase.quality.models import Touch
from trainingbase.rotations.models import Placement
from trainingbase.training.models import Activity

QUARTER = timedelta(days=92)
"""So long after a row may end the period it counts in: a roster asks by quarters, too."""
LOOKING_BACK = 3
"""Months, before the day of the last count, in which the passing of days alone may still change
something."""
AT_ONCE = 500


class Touched(NamedTuple):
    """A `Touch` as it was read."""

    id: int
    what: str
    key: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def touches() -> list[Touched]:
    rows = select(Touch.id, Touch.what, Touch.key, Touch.starts_on, Touch.ends_on)
    return [Touched(*one) for one in db.session.execute(rows.order_by(Touch.id))]


def months_of(some: Iterable[Touched]) -> set[date] | None:
    """None: any."""
    found: set[date] = set()
    keys: dict[str, set[int]] = {"placement": set(), "activity": set()}
    for one in some:
        if one.what == "all":
            return None
        if one.what == "resident":
            found |= _with_stays(one)
        elif one.key is not None:
            keys[one.what].add(one.key)
        if one.starts_on is not None and one.ends_on is not None:
            later = QUARTER if one.what in keys else timedelta()
            found |= set(months_from(first_of_month(one.starts_on), one.ends_on + later))
    for begins, ends in (*_stays(keys["placement"]), *_activities(keys["activity"])):
        found |= set(months_from(first_of_month(begins), ends + QUARTER))
    return found


def _stays(ids: set[int]) -> list[tuple[date, date]]:
    return _spans(ids, lambda some: select(Placement.starts_on, Placement.ends_on).where(
        Placement.id.in_(some)
    ))  # fmt: skip


def _activities(ids: set[int]) -> list[tuple[date, date]]:
    """Until the last of the placements it falls into ends: the log counts it there."""
    return _spans(ids, lambda some: (
        select(Activity.held_on, func.coalesce(func.max(Placement.ends_on), Activity.held_on))
        .outerjoin(
            Placement,
            (Placement.starts_on <= Activity.held_on) & (Placement.ends_on > Activity.held_on),
        )
        .where(Activity.id.in_(some))
        .group_by(Activity.id, Activity.held_on)
    ))  # fmt: skip


def _spans(ids: set[int], asking) -> list[tuple[date, date]]:
    wanted, found = sorted(ids), []
    for first in range(0, len(wanted), AT_ONCE):
        rows = db.session.execute(asking(wanted[first : first + AT_ONCE]))
        found += [(begins, ends) for begins, ends in rows]
    return found


def _with_stays(one: Touched) -> set[date]:
    """The months of the placements of a resident that meet these days, or of all."""
    meets: list[ColumnElement[bool]] = [Placement.resident_id == one.key]
    if one.starts_on is not None:
        meets += [Placement.starts_on < one.ends_on, Placement.ends_on > one.starts_on]
    rows = db.session.execute(select(Placement.starts_on, Placement.ends_on).where(*meets))
    return {month for begins, ends in rows for month in months_from(first_of_month(begins), ends)}


def months_aged(counted_on: date, today: date) -> set[date]:
    """Where a day that has passed since says something else of the same rows."""
    if counted_on == today:
        return set()
    first, last = min(counted_on, today), max(counted_on, today)
    begins = months_later(first_of_month(first), -LOOKING_BACK)
    asked = db.session.scalars(
        select(Request.asked_on)
        .where(
            Request.answered_at.is_(None),
            Request.cancelled_at.is_(None),
            or_(
                (Request.due_on > first) & (Request.due_on <= last),
                (Request.expires_on > first) & (Request.expires_on <= last),
            ),
        )
        .distinct()
    )
    return {*months_from(begins, last + timedelta(days=1)), *map(first_of_month, asked)}
