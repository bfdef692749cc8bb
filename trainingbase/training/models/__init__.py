"""Teaching activities: their kinds, how often they are due, plans of a year, who came, and what
was thought of them."""

from trainingbase.training.models.activities import (
    AUDIENCES,
    Activity,
    AlreadyApproved,
    AlreadyCancelled,
    AlreadyHeld,
    Attendance,
    Material,
    NotHeldYet,
    OwnActivity,
    activity_departments,
    activity_speakers,
    attendances,
)
from trainingbase.training.models.kinds import PERIODS, SCOPES, Frequency, Kind
from trainingbase.training.models.opinions import Rating, Score
from trainingbase.training.models.plans import Planned, Slot, YearPlan

__all__ = [
    "AUDIENCES",
    "PERIODS",
    "SCOPES",
    "Activity",
    "AlreadyApproved",
    "AlreadyCancelled",
    "AlreadyHeld",
    "Attendance",
    "Frequency",
    "Kind",
    "Material",
    "NotHeldYet",
    "OwnActivity",
    "Planned",
    "Rating",
    "Score",
    "Slot",
    "YearPlan",
    "activity_departments",
    "activity_speakers",
    "attendances",
]
