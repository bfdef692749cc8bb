"""How placements ended: the one answer for graduation, quality figures and the handbook."""

from collections.abc import Iterable

from sqlalchemy import and_, case, or_, select

from trainingbase.db import db
from trainingbase.leaving.models import CURRENT, Leaving, Left
from trainingbase.rotations.models import Placement

FAILED = Leaving.state == "failed"
OUTCOMES = (
    select(Leaving.placement_id, case((FAILED, 0), else_=1).label("passed"))
    .outerjoin(Left, and_(Left.leaving_id == Leaving.id, Left.withdrawn_at.is_(None)))
    .where(CURRENT, or_(FAILED, Left.id.is_not(None)))
    .subquery()
)
"""Placements that were failed (0), or passed and left (1).  The others have not ended: no review,
or one that the resident has still to sign."""


def verdicts_of(resident_ids: Iterable[int]) -> dict[int, dict[int, bool]]:
    """By resident and placement whether it was passed and left; failed ones are False."""
    found: dict[int, dict[int, bool]] = {}
    rows = db.session.execute(
        select(Placement.resident_id, Placement.id, OUTCOMES.c.passed)
        .join(OUTCOMES, OUTCOMES.c.placement_id == Placement.id)
        .where(Placement.resident_id.in_(list(resident_ids)))
    )
    for resident_id, placement_id, passed in rows:
        found.setdefault(resident_id, {})[placement_id] = bool(passed)
    return found
