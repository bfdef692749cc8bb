"""The pages of training quality."""

from trainingbase.quality.routes import equity, explore, figures, residents, rows, state
from trainingbase.quality.routes.blueprint import quality

__all__ = ["equity", "explore", "figures", "quality", "residents", "rows", "state"]
