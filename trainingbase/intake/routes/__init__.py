"""The office's pages about intakes, and the one on which a new resident reports in."""

from flask import Blueprint

intake = Blueprint("intake", __name__, url_prefix="/intakes")

from trainingbase.intake.routes import applicants, arriving, deciding, intakes  # noqa: E402, F401
