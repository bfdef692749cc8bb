"""Rules of assessments: those of the forms, and when the middle of a placement is."""

from datetime import date

from trainingbase.instruments.rules.scoring import (
    LARGEST,
    NOT_OBSERVED,
    Answers,
    AnswersAtFault,
    Fault,
    Result,
    failed,
    judged,
    months_between,
    result_of,
    total_of,
)

__all__ = [
    "LARGEST",
    "NOT_OBSERVED",
    "Answers",
    "AnswersAtFault",
    "Fault",
    "Result",
    "failed",
    "judged",
    "midway",
    "months_between",
    "result_of",
    "total_of",
]


def midway(starts_on: date, ends_on: date) -> date:
    return starts_on + (ends_on - starts_on) / 2
