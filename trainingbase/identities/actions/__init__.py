"""Deciding who is who, and making one person of two."""

from trainingbase.identities.actions.deciding import decide_claim, decide_pair
from trainingbase.identities.actions.merging import CannotMerge, CannotUndo, merge, undo

__all__ = ["CannotMerge", "CannotUndo", "decide_claim", "decide_pair", "merge", "undo"]
