"""The pages about rotations: plans for the office, timetables for everybody concerned."""

from flask import Blueprint

rotations = Blueprint("rotations", __name__, url_prefix="/rotations")

from trainingbase.rotations.routes import (  # noqa: E402, F401
    comparing,
    editing,
    exporting,
    grid,
    mine,
    plans,
    publishing,
    why,
    wishes,
)
