"""The pages about rotations: plans for the office, timetables for everybody concerned."""

from flask import Blueprint

rotations = Blueprint("rotations", __name__, url_prefix="/rotations")

from trainingbase.rotations.routes import (  # noqa: E402, F401
    arranging,
    bottlenecks,
    comparing,
    editing,
    exporting,
    grid,
    mine,
    plans,
    publishing,
    replanning,
    what_if,
    why,
    wishes,
)
