"""Monthly runs for those who look after the money; one's own lines for everybody paid."""

from trainingbase.incentives.routes import exports, lines, months, run
from trainingbase.incentives.routes.blueprint import incentives

__all__ = ["exports", "incentives", "lines", "months", "run"]
