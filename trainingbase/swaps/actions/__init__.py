"""What happens to offers.  Each action is one transaction; see the modules."""

from trainingbase.swaps.actions.deciding import Unlawful, approve, refuse, undo
from trainingbase.swaps.actions.offering import accept, offer_swap, withdraw
from trainingbase.swaps.actions.tidying import expire, void_changed

__all__ = [
    "Unlawful",
    "accept",
    "approve",
    "expire",
    "offer_swap",
    "refuse",
    "undo",
    "void_changed",
    "withdraw",
]
