"""What happens to plans.  Each action is one transaction; see the modules for each."""

from trainingbase.db import Stale
from trainingbase.rotations.actions.amending import amend_plan
from trainingbase.rotations.actions.drafting import (
    copy_plan,
    discard_plan,
    keep_grid,
    restore_plan,
)
from trainingbase.rotations.actions.editing import (
    HasBegun,
    NewBreaches,
    NothingToUndo,
    change_rows,
    undo,
)
from trainingbase.rotations.actions.publishing import Unlawful, publish_plan, withdraw_plan
from trainingbase.rotations.actions.releasing import MovedOn, release, restore
from trainingbase.rotations.actions.requesting import (
    NothingToPlan,
    ask_stop,
    request_plan,
    request_replan,
)
from trainingbase.rotations.actions.solution import (
    SILENCE,
    begin_solving,
    keep_failure,
    keep_solution,
    note_progress,
)

__all__ = [
    "SILENCE",
    "HasBegun",
    "MovedOn",
    "NewBreaches",
    "NothingToPlan",
    "NothingToUndo",
    "Stale",
    "Unlawful",
    "amend_plan",
    "ask_stop",
    "begin_solving",
    "change_rows",
    "copy_plan",
    "discard_plan",
    "keep_failure",
    "keep_grid",
    "keep_solution",
    "note_progress",
    "publish_plan",
    "release",
    "request_plan",
    "request_replan",
    "restore",
    "restore_plan",
    "undo",
    "withdraw_plan",
]
