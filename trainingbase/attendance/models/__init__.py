"""What the base has chosen, what was recorded, what was appealed, and which months are closed."""

from trainingbase.attendance.models.appeals import Appeal
from trainingbase.attendance.models.choices import ChoiceRow
from trainingbase.attendance.models.records import ConfirmedDay, Mark, Month

__all__ = [
    "Appeal",
    "ChoiceRow",
    "ConfirmedDay",
    "Mark",
    "Month",
]
