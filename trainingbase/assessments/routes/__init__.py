"""Pages of assessments, by who comes: faculty, residents, the office."""

from trainingbase.assessments.routes import faculty, feedback
from trainingbase.assessments.routes.blueprint import assessments

__all__ = ["assessments", "faculty", "feedback"]
