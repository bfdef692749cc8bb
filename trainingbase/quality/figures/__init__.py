"""The figures of the page, in its order."""

from collections.abc import Callable

from trainingbase.quality.figures.assessing import (
    assessments_by_department,
    assessments_by_site,
    scores,
)
from trainingbase.quality.figures.cost import cost
from trainingbase.quality.figures.figure import Asking, Figure
from trainingbase.quality.figures.placements import (
    placements_by_department,
    placements_by_month,
    places_used,
)

FIGURES: dict[str, Callable[[Asking], Figure]] = {
    "placements-by-month": placements_by_month,
    "placements-by-department": placements_by_department,
    "assessments-by-department": assessments_by_department,
    "assessments-by-site": assessments_by_site,
    "scores": scores,
    "places": places_used,
    "cost": cost,
}

__all__ = ["FIGURES", "Asking", "Figure"]
