"""How much waits for a supervisor."""

from datetime import date

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.months import first_of_month, months_later
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.supervision.queries.scope import placement_in_scope


def without_supervisor(viewer: Person, *, today: date) -> int:
    """Placements of this month and the next that have nobody, as far as the viewer assigns."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Placement)
            .where(
                placement_in_scope(viewer),
                Placement.cancelled_at.is_(None),
                Placement.supervisor_id.is_(None),
                Placement.ends_on > today,
                Placement.starts_on < months_later(first_of_month(today), 2),
            )
        )
        or 0
    )
