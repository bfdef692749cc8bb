"""What is done about supervisors.  Each action is one transaction."""

from trainingbase.supervision.actions.assigning import (
    Choice,
    NotAllowed,
    Overtaken,
    assign_supervisors,
)
from trainingbase.supervision.actions.leaving import (
    Given,
    HasLeft,
    NotHandedOver,
    close_accounts,
    deactivate,
    reactivate,
)
from trainingbase.supervision.actions.limits import TooMany, change_limit

__all__ = [
    "Choice",
    "Given",
    "HasLeft",
    "NotAllowed",
    "NotHandedOver",
    "Overtaken",
    "TooMany",
    "assign_supervisors",
    "change_limit",
    "close_accounts",
    "deactivate",
    "reactivate",
]
