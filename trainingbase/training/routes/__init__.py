"""The pages of teaching activities."""

from flask import Blueprint

training = Blueprint("training", __name__, url_prefix="/training")

from trainingbase.training.routes import (  # noqa: E402, F401
    arranging,
    deciding,
    kept,
    lists,
    mine,
    one,
    opinions,
    setting,
    signing,
    yearly,
)
