"""The pages of the self-assessment."""

from trainingbase.selfassessment.routes import answering, freezing, keeping, reading
from trainingbase.selfassessment.routes.blueprint import selfassessment

__all__ = ["answering", "freezing", "keeping", "reading", "selfassessment"]
