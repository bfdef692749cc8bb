"""Pages of assessments, by who comes: faculty, residents, the office."""

from trainingbase.assessments.routes import (
    asking,
    bedside,
    coaching,
    course,
    drafts,
    errands,
    examinations,
    faculty,
    feedback,
    guests,
    instead,
    items,
    latency,
    office,
    turns,
)
from trainingbase.assessments.routes.blueprint import assessments
from trainingbase.assessments.routes.by_link import guests as by_link

__all__ = [
    "asking",
    "assessments",
    "bedside",
    "by_link",
    "coaching",
    "course",
    "drafts",
    "errands",
    "examinations",
    "faculty",
    "feedback",
    "guests",
    "instead",
    "items",
    "latency",
    "office",
    "turns",
]
