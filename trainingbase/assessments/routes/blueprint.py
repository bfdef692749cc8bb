"""The blueprint of assessments."""

from flask import Blueprint

from trainingbase.assessments.queries.instruments import by_code
from trainingbase.i18n import named
from trainingbase.instruments.words import ASSESSORS
from trainingbase.programmes import instruments

assessments = Blueprint("assessments", __name__, url_prefix="/assessments")
instruments.known = by_code
instruments.label = lambda one: f"{named(one)} ({ASSESSORS[one.assessor]})"
