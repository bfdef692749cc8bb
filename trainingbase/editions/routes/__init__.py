"""Versions beside each other, and residents moved between them."""

from flask import Blueprint

editions = Blueprint("editions", __name__, url_prefix="/versions")

from trainingbase.editions.routes import comparing, moving  # noqa: E402, F401
