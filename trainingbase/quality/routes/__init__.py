"""The pages of training quality."""

from trainingbase.quality.routes import figures, residents, rows, state
from trainingbase.quality.routes.blueprint import quality

__all__ = ["figures", "quality", "residents", "rows", "state"]
