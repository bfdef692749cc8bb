"""Questions about teaching activities."""

from trainingbase.training.queries.counting import COUNTED, HELD
from trainingbase.training.queries.kept import kept

__all__ = ["COUNTED", "HELD", "kept"]
