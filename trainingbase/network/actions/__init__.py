"""What happens to places, and who is sent where.  Each action is one transaction."""

from trainingbase.network.actions.places import (
    ClosedThen,
    NoSuchNumber,
    NotConfirmed,
    OverThen,
    StillPlaced,
    change_places,
    close,
    lift,
    retire_department,
    retire_institution,
    take_back,
    use_again,
)
from trainingbase.network.actions.posting import (
    AlreadyConfirmed,
    NotADayOfIt,
    add_course,
    add_posting,
    confirm_session,
    edit_course,
    edit_posting,
)
from trainingbase.network.actions.proposals import decide, propose
from trainingbase.network.actions.readiness import edit_rule
from trainingbase.network.actions.reminders import remind_of_agreements

__all__ = [
    "AlreadyConfirmed",
    "ClosedThen",
    "NoSuchNumber",
    "NotADayOfIt",
    "NotConfirmed",
    "OverThen",
    "StillPlaced",
    "add_course",
    "add_posting",
    "change_places",
    "close",
    "confirm_session",
    "decide",
    "edit_course",
    "edit_posting",
    "edit_rule",
    "lift",
    "propose",
    "remind_of_agreements",
    "retire_department",
    "retire_institution",
    "take_back",
    "use_again",
]
