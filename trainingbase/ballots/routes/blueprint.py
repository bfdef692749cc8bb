"""The blueprint of ballots, and who reads what was released."""

from flask import Blueprint

from trainingbase.roles import Role

ballots = Blueprint("ballots", __name__, url_prefix="/ballots")

READERS = (
    Role.FACULTY,
    Role.SECRETARY,
    Role.SITE_COORDINATOR,
    Role.OFFICE,
    Role.LEADER,
    Role.AUDITOR,
)
OVERSEERS = (Role.OFFICE, Role.LEADER, Role.AUDITOR)
