"""Forms, being asked to fill one, and what was answered; and examination results."""

from trainingbase.assessments.models.examination import ExamResult, ProvincialFigure
from trainingbase.assessments.models.instrument import FormsDoNotChange, Instrument, Item
from trainingbase.assessments.models.request import AlreadyClosed, Request
from trainingbase.assessments.models.submission import (
    AlreadyAcknowledged,
    Amendment,
    Answer,
    Immutable,
    Submission,
)

__all__ = [
    "AlreadyAcknowledged",
    "AlreadyClosed",
    "Amendment",
    "Answer",
    "ExamResult",
    "FormsDoNotChange",
    "Immutable",
    "Instrument",
    "Item",
    "ProvincialFigure",
    "Request",
    "Submission",
]
