"""What people, and the plan itself, do about assessments.  Each action is one transaction."""

from trainingbase.assessments.actions.requests import (
    AlreadyAsked,
    NobodyToAsk,
    ask,
    ask_again,
    ask_for_exits,
    ask_midway,
    cancel,
    cancel_within,
    hand_over,
    hand_over_to,
    remind_late,
)
from trainingbase.assessments.actions.submissions import (
    AlreadyPassed,
    NotTheAssessor,
    ObservedOutsidePlacement,
    acknowledge,
    amend,
    submit,
)

__all__ = [
    "AlreadyAsked",
    "AlreadyPassed",
    "NobodyToAsk",
    "NotTheAssessor",
    "ObservedOutsidePlacement",
    "acknowledge",
    "amend",
    "ask",
    "ask_again",
    "ask_for_exits",
    "ask_midway",
    "cancel",
    "cancel_within",
    "hand_over",
    "hand_over_to",
    "remind_late",
    "submit",
]
