"""Pages of leaving a department."""

from trainingbase.leaving.routes import (
    deciding,
    entering,
    gates,
    groups,
    lists,
    one,
    papers,
    signing,
)
from trainingbase.leaving.routes.blueprint import leaving

__all__ = [
    "deciding",
    "entering",
    "gates",
    "groups",
    "leaving",
    "lists",
    "one",
    "papers",
    "signing",
]
