"""Pages of forms: read by who assesses, made by the office."""

from trainingbase.instruments.routes import editing, files, reading, versions
from trainingbase.instruments.routes.blueprint import instruments

__all__ = ["editing", "files", "instruments", "reading", "versions"]
