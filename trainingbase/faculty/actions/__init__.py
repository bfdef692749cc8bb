"""What happens to the records of faculty.  Each action is one transaction."""

from trainingbase.faculty.actions.records import (
    AlreadyAway,
    AlreadyThere,
    NumberTaken,
    add_absence,
    add_certificate,
    add_member,
    add_post,
    edit_absence,
    edit_certificate,
    edit_member,
    edit_post,
    set_photo,
    withdraw_absence,
)
from trainingbase.faculty.actions.reminding import remind_of_certificates

__all__ = [
    "AlreadyAway",
    "AlreadyThere",
    "NumberTaken",
    "add_absence",
    "add_certificate",
    "add_member",
    "add_post",
    "edit_absence",
    "edit_certificate",
    "edit_member",
    "edit_post",
    "remind_of_certificates",
    "set_photo",
    "withdraw_absence",
]
