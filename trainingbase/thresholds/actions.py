"""The base sets its own numbers."""

from datetime import datetime
from decimal import Decimal

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import note
from trainingbase.people.models import Person
from trainingbase.thresholds.models import Threshold


def set_value(
    threshold: Threshold, value: Decimal, *, version: int | None, by: Person, at: datetime
) -> None:
    """Raises `Stale` when somebody else set it since."""
    threshold.expect(version)
    before, threshold.value = threshold.value, value
    note(threshold, {"value": (before, value)}, by=by, at=at)
    record("set-threshold", threshold, by=by, at=at, before=before, after=value)
    db.session.commit()
