"""Who judges, on what, and what was decided."""

from trainingbase.judging.models.committee import (
    DUTIES,
    GROUNDS,
    CommitteeMember,
    Conflict,
    Meeting,
    Sitting,
)
from trainingbase.judging.models.deciding import Appeal, Decision, LetterRead
from trainingbase.judging.models.kept import KeptComparison
from trainingbase.judging.models.own import LearningPlan, Reflection
from trainingbase.judging.models.reading import Case, Packet, ProvisionalView, Stays
from trainingbase.judging.models.watching import Contest, Signal, WatchRule

__all__ = [
    "DUTIES",
    "GROUNDS",
    "Appeal",
    "Case",
    "CommitteeMember",
    "Conflict",
    "Contest",
    "Decision",
    "KeptComparison",
    "LearningPlan",
    "LetterRead",
    "Meeting",
    "Packet",
    "ProvisionalView",
    "Reflection",
    "Signal",
    "Sitting",
    "Stays",
    "WatchRule",
]
