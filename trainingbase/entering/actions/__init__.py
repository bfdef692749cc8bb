"""What is done about arrivals.  Each action is one transaction."""

from trainingbase.entering.actions.confirming import (
    Confirmed,
    Held,
    NotADayOfIt,
    Overtaken,
    Wanted,
    confirm,
)
from trainingbase.entering.actions.correcting import TooLate, correct, undo
from trainingbase.entering.actions.inducing import (
    acknowledge,
    add_paper,
    edit_induction,
    put_back_paper,
    remove_paper,
)
from trainingbase.entering.actions.items import (
    add_item,
    edit_item,
    move_item,
    retire_item,
    use_item_again,
)
from trainingbase.entering.actions.missing import NotBegun, miss, tell_of_late
from trainingbase.supervision.actions import NotAllowed

__all__ = [
    "Confirmed",
    "Held",
    "NotADayOfIt",
    "NotAllowed",
    "NotBegun",
    "Overtaken",
    "TooLate",
    "Wanted",
    "acknowledge",
    "add_item",
    "add_paper",
    "confirm",
    "correct",
    "edit_induction",
    "edit_item",
    "miss",
    "move_item",
    "put_back_paper",
    "remove_paper",
    "retire_item",
    "tell_of_late",
    "undo",
    "use_item_again",
]
