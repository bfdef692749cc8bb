"""What people do with attendance.  Each action is one transaction."""

from trainingbase.attendance.actions.appealing import appeal, decide, withdraw
from trainingbase.attendance.actions.closing import Unsettled, close_month, reopen_month
from trainingbase.attendance.actions.marking import (
    Overtaken,
    Wanted,
    confirm_day,
    mark,
    mark_many,
    take_back_day,
)
from trainingbase.attendance.actions.reminding import remind_of_months
from trainingbase.attendance.actions.setting import (
    add_choice,
    add_exception,
    declare_year,
    edit_choice,
    put_base_day,
    remove_base_day,
    remove_choice,
    remove_exception,
    take_back_year,
)
from trainingbase.attendance.actions.signing import sign_in

__all__ = [
    "Overtaken",
    "Unsettled",
    "Wanted",
    "add_choice",
    "add_exception",
    "appeal",
    "close_month",
    "confirm_day",
    "decide",
    "declare_year",
    "edit_choice",
    "mark",
    "mark_many",
    "put_base_day",
    "remind_of_months",
    "remove_base_day",
    "remove_choice",
    "remove_exception",
    "reopen_month",
    "sign_in",
    "take_back_day",
    "take_back_year",
    "withdraw",
]
