"""What people, and the portal itself, do about leaving.  Each action is one transaction."""

from trainingbase.leaving.actions.appraising import appraise
from trainingbase.leaving.actions.exams import correct_exam, enter_exam
from trainingbase.leaving.actions.finishing import close_unsigned, complete_those_over, withdraw
from trainingbase.leaving.actions.gates import give_up_gate, set_gate
from trainingbase.leaving.actions.groups import (
    AlreadyLed,
    add_member,
    change_member,
    open_group,
)
from trainingbase.leaving.actions.preparing import prepare, prepare_those_ready, send_back
from trainingbase.leaving.actions.reminding import remind
from trainingbase.leaving.actions.retaking import arrange, decide_consequence
from trainingbase.leaving.actions.reviewing import Deviates, review
from trainingbase.leaving.actions.seeing import answer_objection, see

__all__ = [
    "AlreadyLed",
    "Deviates",
    "add_member",
    "answer_objection",
    "appraise",
    "arrange",
    "change_member",
    "close_unsigned",
    "complete_those_over",
    "correct_exam",
    "decide_consequence",
    "enter_exam",
    "give_up_gate",
    "open_group",
    "prepare",
    "prepare_those_ready",
    "remind",
    "review",
    "see",
    "send_back",
    "set_gate",
    "withdraw",
]
