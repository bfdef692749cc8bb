"""What the portal knows of a placement, so that nobody has to type it into a form."""

from datetime import timedelta

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.programmes.models import Minimum
from trainingbase.rotations.models import Placement
from trainingbase.training.models import Activity, attendances
from trainingbase.training.queries import COUNTED


def known_of(placement: Placement) -> dict[str, int]:
    """By the `known_as` of items: days of granted leave within the placement, approved teaching
    activities attended in it, and what its standard department asks for at least."""
    leaves = _leave_days(placement)
    due = _minimums(placement)
    return {
        "sick_days": leaves.get("sick", 0),
        "personal_days": leaves.get("personal", 0),
        "activities": _activities(placement),
        **{key: due[kind] for key, kind in DUE.items() if kind in due},
    }


DUE = {
    "diseases_due": ("disease", "items"),
    "cases_due": ("disease", "count"),
    "procedures_due": ("procedure", "count"),
}


def _leave_days(placement: Placement) -> dict[str, int]:
    rows = db.session.execute(
        select(Leave.kind, Leave.starts_on, Leave.ends_on, Leave.returned_on).where(
            Leave.resident_id == placement.resident_id,
            Leave.granted.is_(True),
            Leave.starts_on < placement.ends_on,
            Leave.ends_on > placement.starts_on,
        )
    )
    days: dict[str, int] = {}
    for kind, starts_on, ends_on, returned_on in rows:
        end = min(ends_on, returned_on or ends_on, placement.ends_on)
        shared = end - max(starts_on, placement.starts_on)
        days[kind] = days.get(kind, 0) + max(0, shared // timedelta(days=1))
    return days


def _activities(placement: Placement) -> int:
    return db.session.scalar(
        select(func.count())
        .select_from(Activity)
        .join(attendances)
        .where(
            attendances.c.resident_id == placement.resident_id,
            COUNTED,
            Activity.held_on >= placement.starts_on,
            Activity.held_on < placement.ends_on,
        )
    )


def _minimums(placement: Placement) -> dict[tuple[str, str], int]:
    rows = db.session.execute(
        select(Minimum.category, func.count(), func.sum(Minimum.count))
        .where(
            Minimum.programme_id == placement.resident.programme_id,
            Minimum.standard_department_id == placement.standard_department_id,
        )
        .group_by(Minimum.category)
    )
    due = {}
    for category, items, count in rows:
        due[category, "items"] = items
        due[category, "count"] = int(count)
    return due
