"""Nouns of examinations."""

from trainingbase.exams.models.appeal import AlreadyDecided, AppealsOver, ExamAppeal, ExamCorrection
from trainingbase.exams.models.kind import PARTS, ExamKind
from trainingbase.exams.models.marking import (
    MarkingClosed,
    OsceAmendment,
    OsceAnswer,
    OsceDraft,
    OsceMark,
)
from trainingbase.exams.models.outside import OsceGuestLink
from trainingbase.exams.models.session import (
    Osce,
    OsceCandidate,
    OsceExaminer,
    OsceSlot,
    OsceStation,
)
from trainingbase.exams.models.sitting import (
    FIGURES,
    AlreadyReleased,
    EntryRound,
    ExamCandidate,
    ExamEntry,
    ExamSitting,
    NotYet,
    ProvincialSource,
)
from trainingbase.exams.models.standard import (
    METHODS,
    Cut,
    Estimate,
    Panel,
    PanelJudge,
    PanelLine,
)

__all__ = [
    "FIGURES",
    "METHODS",
    "PARTS",
    "AlreadyDecided",
    "AlreadyReleased",
    "AppealsOver",
    "Cut",
    "EntryRound",
    "Estimate",
    "ExamAppeal",
    "ExamCandidate",
    "ExamCorrection",
    "ExamEntry",
    "ExamKind",
    "ExamSitting",
    "MarkingClosed",
    "NotYet",
    "Osce",
    "OsceAmendment",
    "OsceAnswer",
    "OsceCandidate",
    "OsceDraft",
    "OsceExaminer",
    "OsceGuestLink",
    "OsceMark",
    "OsceSlot",
    "OsceStation",
    "Panel",
    "PanelJudge",
    "PanelLine",
    "ProvincialSource",
]
