"""The blueprint of forms."""

from flask import Blueprint

instruments = Blueprint("instruments", __name__, url_prefix="/instruments")
