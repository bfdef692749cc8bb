"""The pages about arriving."""

from trainingbase.entering.routes import goals, inductions, items, late, lists, one
from trainingbase.entering.routes.blueprint import entering

__all__ = ["entering", "goals", "inductions", "items", "late", "lists", "one"]
