"""The blueprint, and who opens what."""

from flask import Blueprint

from trainingbase.roles import Role

supervision = Blueprint("supervision", __name__, url_prefix="/supervision")

ASSIGN = (Role.OFFICE, Role.SECRETARY, Role.SITE_COORDINATOR)
READ = (*ASSIGN, Role.AUDITOR)
LOAD = (*READ, Role.LEADER)
"""A leader sees numbers of faculty, not the residents behind them."""
OWN = (*READ, Role.FACULTY)
