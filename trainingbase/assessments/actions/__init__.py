"""What people, and the plan itself, do about assessments.  Each action is one transaction."""

from trainingbase.assessments.actions.chasing import chase
from trainingbase.assessments.actions.declining import (
    AskedAlready,
    NotOpen,
    ask_another,
    decline,
    delegate,
    extend,
)
from trainingbase.assessments.actions.drafts import Newer, drop_draft, forget_drafts, save_draft
from trainingbase.assessments.actions.pacing import hand_over, plan_ahead, send_planned
from trainingbase.assessments.actions.reading import NotTheAssessor, acknowledge, amend, reply
from trainingbase.assessments.actions.requests import (
    AlreadyAsked,
    NobodyToAsk,
    ask,
    ask_again,
    cancel,
    cancel_within,
    hand_over_to,
)
from trainingbase.assessments.actions.submissions import (
    AlreadyPassed,
    CommentWanting,
    ObservedOutsidePlacement,
    submit,
)

__all__ = [
    "AlreadyAsked",
    "AlreadyPassed",
    "AskedAlready",
    "CommentWanting",
    "Newer",
    "NobodyToAsk",
    "NotOpen",
    "NotTheAssessor",
    "ObservedOutsidePlacement",
    "acknowledge",
    "amend",
    "ask",
    "ask_again",
    "ask_another",
    "cancel",
    "cancel_within",
    "chase",
    "decline",
    "delegate",
    "drop_draft",
    "extend",
    "forget_drafts",
    "hand_over",
    "hand_over_to",
    "plan_ahead",
    "reply",
    "save_draft",
    "send_planned",
    "submit",
]
