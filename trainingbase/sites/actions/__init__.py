"""What happens to institutions and departments.  Each action is one transaction."""

from trainingbase.sites.actions.agreements import add_agreement, edit_agreement
from trainingbase.sites.actions.network import (
    NameTaken,
    add_department,
    add_institution,
    edit_department,
    edit_institution,
)
from trainingbase.sites.actions.resources import (
    add_equipment,
    edit_equipment,
    keep_figures,
    keep_staff,
    remove_equipment,
)
from trainingbase.sites.actions.visits import AlreadyDone, add_visit, put_right

__all__ = [
    "AlreadyDone",
    "NameTaken",
    "add_agreement",
    "add_department",
    "add_equipment",
    "add_institution",
    "add_visit",
    "edit_agreement",
    "edit_department",
    "edit_equipment",
    "edit_institution",
    "keep_figures",
    "keep_staff",
    "put_right",
    "remove_equipment",
]
