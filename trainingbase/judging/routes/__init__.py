"""The pages about residents' pictures, early warning and the competence committee."""

from trainingbase.judging.routes import (  # noqa: F401
    cases,
    conflicts,
    demanded,
    letters,
    meetings,
    members,
    own,
    panels,
    papers,
    pictures,
    warnings,
    watching,
)
from trainingbase.judging.routes.blueprint import judging

__all__ = ["judging"]
