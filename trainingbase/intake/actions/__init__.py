"""What the office does with intakes, and how new residents report in."""

from trainingbase.intake.actions.applicants import (
    AlreadyEnrolled,
    NumberTwice,
    PlanFull,
    apply,
    change_applicant,
    decide,
    keep_documents,
    put_scores,
)
from trainingbase.intake.actions.arriving import NotExpected, report_in, take_back
from trainingbase.intake.actions.enrolling import (
    DecideFirst,
    NotAdmitted,
    NumberOfAnother,
    WasHere,
    enrol_applicant,
)
from trainingbase.intake.actions.intakes import YearTaken, change_intake, open_intake

__all__ = [
    "AlreadyEnrolled",
    "DecideFirst",
    "NotAdmitted",
    "NotExpected",
    "NumberOfAnother",
    "NumberTwice",
    "PlanFull",
    "WasHere",
    "YearTaken",
    "apply",
    "change_applicant",
    "change_intake",
    "decide",
    "enrol_applicant",
    "keep_documents",
    "open_intake",
    "put_scores",
    "report_in",
    "take_back",
]
