"""The arithmetic of a month: facts, rules and rates in, lines and findings out.  No database, no
clock."""

from trainingbase.incentives.rules.engine import Book, computed, unusable
from trainingbase.incentives.rules.facts import (
    Absence,
    Answer,
    Appraised,
    Asked,
    Away,
    Duty,
    Exam,
    Facts,
    Paper,
    Posted,
    Price,
    Stay,
    Taught,
    Trainee,
)
from trainingbase.incentives.rules.lines import Draft, Finding
from trainingbase.incentives.rules.scheme import Scheme, Terms, problems

__all__ = [
    "Absence",
    "Answer",
    "Appraised",
    "Asked",
    "Away",
    "Book",
    "Draft",
    "Duty",
    "Exam",
    "Facts",
    "Finding",
    "Paper",
    "Posted",
    "Price",
    "Scheme",
    "Stay",
    "Taught",
    "Terms",
    "Trainee",
    "computed",
    "problems",
    "unusable",
]
