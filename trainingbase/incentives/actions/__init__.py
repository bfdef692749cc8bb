"""Computing and locking months, correcting them, keeping the rules they are computed by."""

from trainingbase.incentives.actions.runs import (
    APPROVERS,
    ComputedMeanwhile,
    NotBegun,
    NotOver,
    OfficeFirst,
    SamePerson,
    approve_run,
    compute_run,
)

__all__ = [
    "APPROVERS",
    "ComputedMeanwhile",
    "NotBegun",
    "NotOver",
    "OfficeFirst",
    "SamePerson",
    "approve_run",
    "compute_run",
]
