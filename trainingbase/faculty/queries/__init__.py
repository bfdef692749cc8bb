"""Questions about the faculty."""

from trainingbase.faculty.queries.certificates import last_certificates, reminders
from trainingbase.faculty.queries.roster import (
    STATES,
    Filter,
    active_on,
    count,
    departments,
    member_by_id,
    member_for,
    members,
    roster,
    seen_by,
    valid_after,
)
from trainingbase.faculty.queries.teachers import hold_members, limits, teacher_of, teachers

__all__ = [
    "STATES",
    "Filter",
    "active_on",
    "count",
    "departments",
    "hold_members",
    "last_certificates",
    "limits",
    "member_by_id",
    "member_for",
    "members",
    "reminders",
    "roster",
    "seen_by",
    "teacher_of",
    "teachers",
    "valid_after",
]
