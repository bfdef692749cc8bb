"""Research and scholarship: handing in, deciding, reading, and the base's points."""

from trainingbase.research.routes import deciding, handing_in, lists, points  # noqa: F401
from trainingbase.research.routes.blueprint import research

__all__ = ["research"]
