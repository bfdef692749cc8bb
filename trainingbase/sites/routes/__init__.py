"""The pages about institutions and their departments."""

from flask import Blueprint

from trainingbase.roles import Role

sites = Blueprint("sites", __name__, url_prefix="/sites")

READERS = (Role.OFFICE, Role.AUDITOR, Role.LEADER, Role.SITE_COORDINATOR, Role.SECRETARY)
KEEPERS = (Role.OFFICE, Role.SITE_COORDINATOR)

from trainingbase.sites.routes import (  # noqa: E402, F401
    agreements,
    departments,
    institutions,
    resources,
    visits,
)
