"""Arrivals at placements, and what a department tells whoever arrives."""

from trainingbase.entering.models.arrival import (
    MISSED,
    AlreadyThere,
    Arrival,
    LateNotice,
    NotThere,
    arrival_items,
)
from trainingbase.entering.models.induction import (
    Induction,
    InductionItem,
    InductionPaper,
    InductionReading,
)

__all__ = [
    "MISSED",
    "AlreadyThere",
    "Arrival",
    "Induction",
    "InductionItem",
    "InductionPaper",
    "InductionReading",
    "LateNotice",
    "NotThere",
    "arrival_items",
]
