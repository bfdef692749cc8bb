"""What the office says, keeps and does about the self-assessment.  Each action is one
transaction."""

from trainingbase.selfassessment.actions.conditions import add_condition, edit_condition, mark
from trainingbase.selfassessment.actions.editions import (
    CodeTaken,
    InUse,
    LastInUse,
    enter_edition,
    remove_edition,
    use_edition,
)
from trainingbase.selfassessment.actions.keeping import (
    AlreadyDone,
    MoreThanThere,
    answer,
    edit_part,
    finish_task,
    freeze,
    keep_evidence,
    set_task,
    take_back_answer,
    withdraw_evidence,
)

__all__ = [
    "AlreadyDone",
    "CodeTaken",
    "InUse",
    "LastInUse",
    "MoreThanThere",
    "add_condition",
    "answer",
    "edit_condition",
    "edit_part",
    "enter_edition",
    "finish_task",
    "freeze",
    "keep_evidence",
    "mark",
    "remove_edition",
    "set_task",
    "take_back_answer",
    "use_edition",
    "withdraw_evidence",
]
