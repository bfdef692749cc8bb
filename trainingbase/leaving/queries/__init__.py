"""Questions about leaving: one figure of a placement's standing for every page."""

from trainingbase.leaving.queries.on_time import OnTime, on_time
from trainingbase.leaving.queries.outcomes import OUTCOMES, verdicts_of
from trainingbase.leaving.queries.standing import Standing, standing_of

__all__ = ["OUTCOMES", "OnTime", "Standing", "on_time", "standing_of", "verdicts_of"]
