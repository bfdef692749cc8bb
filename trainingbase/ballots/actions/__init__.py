"""Opening rounds, answering, mixing, and releasing."""

from trainingbase.ballots.actions.answering import (
    CannotSeal,
    NothingSaid,
    answer,
    leave_out,
    take_up,
)
from trainingbase.ballots.actions.forgetting import forget_register
from trainingbase.ballots.actions.opening import open_due, remind
from trainingbase.ballots.actions.settling import mix, settle

__all__ = [
    "CannotSeal",
    "NothingSaid",
    "answer",
    "forget_register",
    "leave_out",
    "mix",
    "open_due",
    "remind",
    "settle",
    "take_up",
]
