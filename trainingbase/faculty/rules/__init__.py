"""Who may supervise, judged from titles, certificates, posts and days away: values in, judgements
out."""

from trainingbase.faculty.rules.certificates import covered_until, lapse, reminder_due, years_before
from trainingbase.faculty.rules.supervising import (
    Against,
    Limits,
    Stay,
    Teacher,
    Teaching,
    Validity,
    at_once,
    standing,
    unfit,
    why_not,
)
from trainingbase.faculty.rules.titles import rank_of

__all__ = [
    "Against",
    "Limits",
    "Stay",
    "Teacher",
    "Teaching",
    "Validity",
    "at_once",
    "covered_until",
    "lapse",
    "rank_of",
    "reminder_due",
    "standing",
    "unfit",
    "why_not",
    "years_before",
]
