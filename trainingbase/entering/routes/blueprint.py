"""The blueprint, and who opens what."""

from flask import Blueprint

from trainingbase.roles import Role

entering = Blueprint("entering", __name__, url_prefix="/entering")

CONFIRM = (Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR)
READ = (*CONFIRM, Role.AUDITOR)
SEE_GOALS = (*READ, Role.FACULTY, Role.RESIDENT)
