"""Monthly runs for those who look after the money; one's own lines for everybody paid."""

from trainingbase.incentives.routes import after, exports, lines, months, run
from trainingbase.incentives.routes.blueprint import incentives

__all__ = ["after", "exports", "incentives", "lines", "months", "run"]
