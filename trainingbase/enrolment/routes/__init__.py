"""The pages about residents, their records and their leave."""

from flask import Blueprint

enrolment = Blueprint("enrolment", __name__)

from trainingbase.enrolment.routes import (  # noqa: E402
    credits,  # noqa: F401
    records,  # noqa: F401
    residents,  # noqa: F401
    terms,  # noqa: F401
)
