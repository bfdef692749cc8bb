"""Intakes, those who apply, and those who have reported in."""

from trainingbase.intake.models.applicants import (
    DECISIONS,
    Applicant,
    ApplicantDocument,
    Arrival,
)
from trainingbase.intake.models.intakes import Intake

__all__ = ["DECISIONS", "Applicant", "ApplicantDocument", "Arrival", "Intake"]
