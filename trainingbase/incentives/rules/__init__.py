"""The arithmetic of a month: facts and rates in, lines and findings out.  No database, no clock."""

from trainingbase.incentives.rules.computing import computed, unusable
from trainingbase.incentives.rules.facts import (
    Absence,
    Answer,
    Asked,
    Exam,
    Facts,
    Paper,
    Price,
    Stay,
    Taught,
    Trainee,
)
from trainingbase.incentives.rules.lines import Draft, Finding

__all__ = [
    "Absence",
    "Answer",
    "Asked",
    "Draft",
    "Exam",
    "Facts",
    "Finding",
    "Paper",
    "Price",
    "Stay",
    "Taught",
    "Trainee",
    "computed",
    "unusable",
]
