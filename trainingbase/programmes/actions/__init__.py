"""What happens to programmes.  Each action is one transaction."""

from trainingbase.programmes.actions.competencies import (
    add_competencies,
    choose_frameworks,
    load_frameworks,
    serve,
    take_in_links,
)
from trainingbase.programmes.actions.editing import (
    AlreadyThere,
    StillUsed,
    add,
    alter,
    change_head,
    remove,
    shift,
)
from trainingbase.programmes.actions.standards import NameTaken, add_standard, change_standard
from trainingbase.programmes.actions.taking_in import keep_workbook, take_in
from trainingbase.programmes.actions.versions import (
    NotReady,
    begin,
    bring_back,
    discard,
    make_version,
    put_in_force,
    retire,
)

__all__ = [
    "AlreadyThere",
    "NameTaken",
    "NotReady",
    "StillUsed",
    "add",
    "add_competencies",
    "add_standard",
    "alter",
    "begin",
    "bring_back",
    "change_head",
    "change_standard",
    "choose_frameworks",
    "discard",
    "keep_workbook",
    "load_frameworks",
    "make_version",
    "put_in_force",
    "remove",
    "retire",
    "serve",
    "shift",
    "take_in",
    "take_in_links",
]
