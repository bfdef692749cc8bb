"""What a placement's leaving is judged by, who reviews it, and what was decided."""

from trainingbase.leaving.models.deciding import (
    CURRENT,
    AlreadyDone,
    Leaving,
    Left,
    NotNow,
    NotReady,
    Retake,
    Vetoed,
)
from trainingbase.leaving.models.gate import Gate, GateItem
from trainingbase.leaving.models.group import MAY_SIGN, GroupMember, TeachingGroup
from trainingbase.leaving.models.results import Appraisal, ExitExam, NotTheExaminers

__all__ = [
    "CURRENT",
    "MAY_SIGN",
    "AlreadyDone",
    "Appraisal",
    "ExitExam",
    "Gate",
    "GateItem",
    "GroupMember",
    "Leaving",
    "Left",
    "NotNow",
    "NotReady",
    "NotTheExaminers",
    "Retake",
    "TeachingGroup",
    "Vetoed",
]
