"""The pages of what comes after the training."""

from trainingbase.careers.routes import (
    awards,  # noqa: F401
    bonds,  # noqa: F401
    breaches,  # noqa: F401
    employment,  # noqa: F401
    following,  # noqa: F401
    lists,  # noqa: F401
    mine,  # noqa: F401
    promotion,  # noqa: F401
    retention,  # noqa: F401
    terms,  # noqa: F401
)
from trainingbase.careers.routes.blueprint import careers
from trainingbase.careers.routes.by_link import whereabouts

__all__ = ["careers", "whereabouts"]
