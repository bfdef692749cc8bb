"""Plans, what they plan, and the placements people act on."""

from trainingbase.rotations.models.change import PlanChange
from trainingbase.rotations.models.feed import CalendarFeed
from trainingbase.rotations.models.placement import Placement
from trainingbase.rotations.models.plan import (
    AlreadyPublished,
    NotPublished,
    NotReady,
    Plan,
    PlannedPlacement,
    PlanNote,
    Progress,
    plan_wishes,
)

__all__ = [
    "AlreadyPublished",
    "CalendarFeed",
    "NotPublished",
    "NotReady",
    "Placement",
    "Plan",
    "PlanChange",
    "PlanNote",
    "PlannedPlacement",
    "Progress",
    "plan_wishes",
]
