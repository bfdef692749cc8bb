"""The pages of the self-assessment."""

from trainingbase.selfassessment.routes import (
    answering,
    conditions,
    editions,
    freezing,
    keeping,
    reading,
)
from trainingbase.selfassessment.routes.blueprint import selfassessment

__all__ = [
    "answering",
    "conditions",
    "editions",
    "freezing",
    "keeping",
    "reading",
    "selfassessment",
]
