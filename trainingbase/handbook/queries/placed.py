"""Where the resident was, and when they were away."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.entering.models import Arrival
from trainingbase.entering.queries.arrivals import arrival_of
from trainingbase.faculty.models import FacultyMember
from trainingbase.handbook.queries.course import both
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
    arrivals = arrival_of(one.id for one in rows)
    return [
        {
            **_arrived(arrivals.get(one.id)),
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
