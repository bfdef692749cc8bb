"""Pages of assessments, by who comes: faculty, residents, the office."""

from trainingbase.assessments.routes import (
    asking,
    bedside,
    examinations,
    faculty,
    feedback,
    guests,
    office,
)
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.routes.by_link import guests as by_link

__all__ = [
    "asking",
    "assessments",
    "bedside",
    "by_link",
    "examinations",
    "faculty",
    "feedback",
    "guests",
    "office",
]
