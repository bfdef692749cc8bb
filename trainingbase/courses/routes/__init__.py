"""The pages about changes of course and graduation."""

from trainingbase.courses.routes import (  # noqa: F401
    certificates,
    changing,
    graduation,
    pages,
    reasons,
)
from trainingbase.courses.routes.blueprint import courses

__all__ = ["courses"]
