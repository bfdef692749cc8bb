"""The pages of the faculty roster."""

from trainingbase.faculty.routes import member, parts, roster
from trainingbase.faculty.routes.blueprint import faculty

__all__ = ["faculty", "member", "parts", "roster"]
