"""The pages about the network at work."""

from flask import Blueprint

from trainingbase.roles import Role

network = Blueprint("network", __name__, url_prefix="/network")

READERS = (Role.OFFICE, Role.AUDITOR, Role.LEADER, Role.SITE_COORDINATOR, Role.SECRETARY)
ASKERS = (Role.OFFICE, Role.SITE_COORDINATOR, Role.SECRETARY)

from trainingbase.network.routes import (  # noqa: E402, F401
    calendar,
    closing,
    county,
    courses,
    places,
    postings,
    proposals,
    readiness,
    retiring,
)
