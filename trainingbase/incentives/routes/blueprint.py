"""The blueprint, and who reads its pages."""

from flask import Blueprint

from trainingbase.roles import Role

incentives = Blueprint("incentives", __name__, url_prefix="/incentives")

READERS = (Role.OFFICE, Role.LEADER, Role.AUDITOR)
PAYEES = (Role.RESIDENT, Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR)
