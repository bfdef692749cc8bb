"""What happens to leave.  Each action is one transaction; those of one resident wait for each
other, so that no day ever stands in two leaves."""

from trainingbase.leave.actions.applying import apply_for, record_leave, withdraw
from trainingbase.leave.actions.correcting import Correction, correct, revoke
from trainingbase.leave.actions.deciding import decide, hand_over
from trainingbase.leave.actions.extending import dismiss_change, move_end_date
from trainingbase.leave.actions.returning import confirm_return, report_return
from trainingbase.leave.actions.setting import put_day_off, remove_day_off, set_rule

__all__ = [
    "Correction",
    "apply_for",
    "confirm_return",
    "correct",
    "decide",
    "dismiss_change",
    "hand_over",
    "move_end_date",
    "put_day_off",
    "record_leave",
    "remove_day_off",
    "report_return",
    "revoke",
    "set_rule",
    "withdraw",
]
