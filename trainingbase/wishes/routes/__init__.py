"""Residents' wishes and the office's rounds of them."""

from flask import Blueprint

wishes = Blueprint("wishes", __name__, url_prefix="/wishes")

from trainingbase.wishes.routes import answering, mine, rounds  # noqa: E402, F401
