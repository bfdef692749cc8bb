"""The blueprint of assessments."""

from flask import Blueprint

from trainingbase.assessments.queries.instruments import by_code
from trainingbase.programmes import instruments

assessments = Blueprint("assessments", __name__, url_prefix="/assessments")
instruments.known = by_code
