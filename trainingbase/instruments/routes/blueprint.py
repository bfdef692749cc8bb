"""The blueprint of forms."""

from flask import Blueprint

from trainingbase.instruments.words import version

instruments = Blueprint("instruments", __name__, url_prefix="/instruments")
instruments.add_app_template_filter(version)
