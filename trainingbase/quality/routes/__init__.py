"""The pages of training quality."""

from trainingbase.quality.routes import compare, equity, explore, figures, residents, rows, state
from trainingbase.quality.routes.blueprint import quality

__all__ = ["compare", "equity", "explore", "figures", "quality", "residents", "rows", "state"]
