"""What the office does to forms.  Each action is one transaction."""

from trainingbase.instruments.actions.editing import (
    add_item,
    add_rule,
    change_head,
    change_item,
    remove_item,
    remove_rule,
    shift_item,
)
from trainingbase.instruments.actions.versions import (
    AlreadyThere,
    NotADraft,
    NotReady,
    begin,
    copy_as,
    discard,
    make_version,
    publish,
    retire,
    take_in,
)

__all__ = [
    "AlreadyThere",
    "NotADraft",
    "NotReady",
    "add_item",
    "add_rule",
    "begin",
    "change_head",
    "change_item",
    "copy_as",
    "discard",
    "make_version",
    "publish",
    "remove_item",
    "remove_rule",
    "retire",
    "shift_item",
    "take_in",
]
