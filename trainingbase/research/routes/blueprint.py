"""The blueprint, and who does what in it."""

from flask import Blueprint

from trainingbase.roles import Role

research = Blueprint("research", __name__, url_prefix="/research")

WORKERS = (Role.RESIDENT, Role.FACULTY)
"""Who has work of their own to hand in."""
READERS = (Role.FACULTY, Role.OFFICE, Role.AUDITOR)
"""Who reads a list of others' work; a faculty member that of their tutees."""
EVERY_READER = (Role.RESIDENT, *READERS)
