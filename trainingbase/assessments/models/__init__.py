"""Forms, being asked to fill one, and what was answered; and examination results."""

from trainingbase.assessments.models.comment import Coaching, CommentMark, Reply
from trainingbase.assessments.models.draft import FormDraft
from trainingbase.assessments.models.errand import Errand, ErrandLink
from trainingbase.assessments.models.examination import ExamResult, ProvincialFigure
from trainingbase.assessments.models.guest import GuestLink, GuestTry, LinkClosed
from trainingbase.assessments.models.request import AlreadyClosed, AlreadyExtended, Request
from trainingbase.assessments.models.step import RequestStep
from trainingbase.assessments.models.submission import (
    AlreadyAcknowledged,
    Amendment,
    Answer,
    Immutable,
    Submission,
)
from trainingbase.assessments.models.turn import PlannedRequest
from trainingbase.instruments.models import FormsDoNotChange, Instrument, Item

__all__ = [
    "AlreadyAcknowledged",
    "AlreadyClosed",
    "AlreadyExtended",
    "Amendment",
    "Answer",
    "Coaching",
    "CommentMark",
    "Errand",
    "ErrandLink",
    "ExamResult",
    "FormDraft",
    "FormsDoNotChange",
    "GuestLink",
    "GuestTry",
    "Immutable",
    "Instrument",
    "Item",
    "LinkClosed",
    "PlannedRequest",
    "ProvincialFigure",
    "Reply",
    "Request",
    "RequestStep",
    "Submission",
]
