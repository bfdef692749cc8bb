"""Pages of assessments, by who comes: faculty, residents, the office."""

from trainingbase.assessments.routes import asking, examinations, faculty, feedback, forms, office
from trainingbase.assessments.routes.blueprint import assessments

__all__ = ["asking", "assessments", "examinations", "faculty", "feedback", "forms", "office"]
