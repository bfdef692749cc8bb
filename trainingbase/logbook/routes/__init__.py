"""The pages of the log."""

from trainingbase.logbook.routes import (  # noqa: F401
    appealing,
    batch,
    confirming,
    entering,
    kinds,
    missing,
    own,
    reading,
)
from trainingbase.logbook.routes.blueprint import logbook

__all__ = ["logbook"]
