"""The pages about the curriculum."""

from flask import Blueprint

programmes = Blueprint("programmes", __name__, url_prefix="/programmes")

from trainingbase.programmes.routes import (  # noqa: E402, F401
    competencies,
    editing,
    frameworks,
    reading,
    standards,
    versions,
    workbook,
)
