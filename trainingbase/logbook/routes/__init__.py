"""The pages of the log."""

from trainingbase.logbook.routes import batch, confirming, entering, own, reading  # noqa: F401
from trainingbase.logbook.routes.blueprint import logbook

__all__ = ["logbook"]
