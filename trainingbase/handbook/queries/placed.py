"""Where the resident was, and when they were away."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.attendance.queries.days import Days, days_of
from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.entering.models import Arrival
from trainingbase.entering.queries.arrivals import arrival_of
from trainingbase.faculty.models import FacultyMember
from trainingbase.handbook.queries.course import both
from trainingbase.leaving.models import CURRENT, Leaving, Left
from trainingbase.leaving.models.deciding import VERDICTS
from trainingbase.rotations.models import Placement
from trainingbase.sites.models import Department

Facts = dict[str, Any]


def placements(resident: Resident) -> list[Facts]:
    rows = db.session.scalars(
        select(Placement)
        .where(Placement.resident_id == resident.id, Placement.cancelled_at.is_(None))
        .options(
            joinedload(Placement.department).joinedload(Department.institution),
            joinedload(Placement.standard_department),
            joinedload(Placement.supervisor).joinedload(FacultyMember.person),
        )
        .order_by(Placement.starts_on)
    ).all()
    ids = [one.id for one in rows]
    arrivals, days, reviews, left = arrival_of(ids), days_of(ids), _reviews(ids), _left(ids)
    return [
        {
            **_arrived(arrivals.get(one.id)),
            "left_on": left.get(one.id),
            "days": _days(days[one.id]),
            "review": _review(reviews.get(one.id)),
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
            "standard": both(one.standard_department),
            "department": both(one.department),
            "institution": both(one.department.institution),
            "supervisor": both(one.supervisor.person) if one.supervisor else None,
        }
        for one in rows
    ]


def _arrived(arrival: Arrival | None) -> Facts:
    return {
        "arrived_on": arrival.arrived_on if arrival else None,
        "inducted_on": arrival.inducted_on if arrival else None,
    }


def _days(days: Days) -> Facts:
    return {
        "expected": days.expected,
        "present": days.present,
        "leave": days.leave,
        "absent": days.absent,
        "unknown": days.unknown,
        "counted_by": list(days.counted_by),
    }


def _reviews(placement_ids: list[int]) -> dict[int, Leaving]:
    """What was signed about the end of each placement."""
    rows = db.session.scalars(
        select(Leaving)
        .where(Leaving.placement_id.in_(placement_ids), CURRENT, Leaving.state.in_(VERDICTS))
        .options(joinedload(Leaving.signature), joinedload(Leaving.view_signature))
    )
    return {one.placement_id: one for one in rows}


def _review(review: Leaving | None) -> Facts | None:
    if review is None:
        return None
    return {
        "verdict": review.verdict,
        "round": review.round,
        "feedback": review.feedback,
        "remark": review.remark,
        "signatures": [
            {"name": one.name, "at": one.signed_at, "digest": one.digest}
            for one in (review.signature, review.view_signature)
            if one is not None and one.stands
        ],
    }


def _left(placement_ids: list[int]) -> dict[int, date]:
    rows = db.session.execute(
        select(Left.placement_id, Left.left_on).where(
            Left.placement_id.in_(placement_ids), Left.withdrawn_at.is_(None)
        )
    )
    return dict(rows.all())


def leaves(resident: Resident) -> list[Facts]:
    """Granted leave as it was taken.  Its reason is nobody's business who reads the handbook."""
    rows = db.session.scalars(
        select(Leave)
        .where(Leave.resident_id == resident.id, Leave.granted.is_(True))
        .options(joinedload(Leave.decided_by))
        .order_by(Leave.starts_on, Leave.id)
    )
    return [
        {
            "kind": one.kind,
            "starts_on": one.starts_on,
            "until_on": one.until_on,
            "days": one.days,
            "granted_by": both(one.decided_by),
        }
        for one in rows
    ]
