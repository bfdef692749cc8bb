"""Pages of ballots: a resident's own, and what was released."""

from trainingbase.ballots.routes import own, released, rounds
from trainingbase.ballots.routes.blueprint import ballots

__all__ = ["ballots", "own", "released", "rounds"]
