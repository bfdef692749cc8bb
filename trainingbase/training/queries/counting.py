"""What counts, as one clause for completion, incentives, quality and every list."""

from sqlalchemy import and_

from trainingbase.training.models import Activity, attendances

HELD = and_(Activity.approved_at.is_not(None), Activity.cancelled_at.is_(None))
"""Of an activity: approved, and not cancelled."""

COUNTED = and_(HELD, attendances.c.counts.is_(True))
"""Of an attendance joined to its activity: what is not approved, was cancelled, or lacks a
signature the base asks for, counts for nobody."""
