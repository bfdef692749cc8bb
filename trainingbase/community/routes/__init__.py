"""The pages of the medical community."""

from trainingbase.community.routes import definitions, pages
from trainingbase.community.routes.pages import community

__all__ = ["community", "definitions", "pages"]
