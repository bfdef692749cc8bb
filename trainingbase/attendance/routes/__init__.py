"""The pages of attendance."""

from flask import Blueprint

attendance = Blueprint("attendance", __name__, url_prefix="/attendance")

from trainingbase.attendance.routes import (  # noqa: E402, F401
    appeals,
    calendar,
    choices,
    codes,
    day,
    deciding,
    filling,
    mine,
    month,
    months,
    one,
)
