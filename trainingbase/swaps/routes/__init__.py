"""The pages of the swap market."""

from flask import Blueprint

swaps = Blueprint("swaps", __name__, url_prefix="/swaps")

from trainingbase.swaps.routes import deciding, offering, pages  # noqa: E402, F401
