"""The base sets its own numbers."""

from datetime import datetime
from decimal import Decimal

from trainingbase.db import db
from trainingbase.history.actions import change
from trainingbase.people.models import Person
from trainingbase.thresholds.models import Threshold


def set_value(
    threshold: Threshold, value: Decimal, *, version: int | None, by: Person, at: datetime
) -> None:
    """Raises `Stale` when somebody else set it since."""
    threshold.expect(version)
    change("set-threshold", threshold, {"value": value}, by=by, at=at)
    db.session.commit()
