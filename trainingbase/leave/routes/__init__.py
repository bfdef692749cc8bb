"""The pages of leave."""

from flask import Blueprint

leave = Blueprint("leave", __name__, url_prefix="/leaves")

from trainingbase.leave.routes import (  # noqa: E402, F401
    applying,
    deciding,
    end_dates,
    lists,
    office,
    one,
    returning,
    setting,
)
