"""The pages about supervisors."""

from trainingbase.supervision.routes import arrivals, leaving, load, record
from trainingbase.supervision.routes.blueprint import supervision

__all__ = ["arrivals", "leaving", "load", "record", "supervision"]
