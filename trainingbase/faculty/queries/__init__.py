"""Questions about the faculty."""

from trainingbase.faculty.queries.roster import (
    STATES,
    Filter,
    count,
    member_by_id,
    member_for,
    members,
    roster,
    valid_after,
)
from trainingbase.faculty.queries.teachers import hold_members, limits, teachers

__all__ = [
    "STATES",
    "Filter",
    "count",
    "hold_members",
    "limits",
    "member_by_id",
    "member_for",
    "members",
    "roster",
    "teachers",
    "valid_after",
]
