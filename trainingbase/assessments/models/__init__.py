"""Forms, being asked to fill one, and what was answered; and examination results."""

from trainingbase.assessments.models.examination import ExamResult, ProvincialFigure
from trainingbase.assessments.models.guest import GuestLink, GuestTry, LinkClosed
from trainingbase.assessments.models.request import AlreadyClosed, Request
from trainingbase.assessments.models.submission import (
    AlreadyAcknowledged,
    Amendment,
    Answer,
    Immutable,
    Submission,
)
from trainingbase.instruments.models import FormsDoNotChange, Instrument, Item

__all__ = [
    "AlreadyAcknowledged",
    "AlreadyClosed",
    "Amendment",
    "Answer",
    "ExamResult",
    "FormsDoNotChange",
    "GuestLink",
    "GuestTry",
    "Immutable",
    "Instrument",
    "Item",
    "LinkClosed",
    "ProvincialFigure",
    "Request",
    "Submission",
]
