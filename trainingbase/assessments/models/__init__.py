"""Forms, being asked to fill one, and what was answered; and examination results."""

from trainingbase.assessments.models.examination import ExamResult, ProvincialFigure
from trainingbase.assessments.models.instrument import Instrument, Item
from trainingbase.assessments.models.request import Request
from trainingbase.assessments.models.submission import (
    AlreadyAcknowledged,
    Amendment,
    Answer,
    Submission,
)

__all__ = [
    "AlreadyAcknowledged",
    "Amendment",
    "Answer",
    "ExamResult",
    "Instrument",
    "Item",
    "ProvincialFigure",
    "Request",
    "Submission",
]
