"""The blueprint, and who reads reports."""

from flask import Blueprint

from trainingbase.roles import Role

reports = Blueprint("reports", __name__, url_prefix="/reports")

READERS = (Role.OFFICE, Role.LEADER, Role.AUDITOR)
EDIT = (Role.OFFICE,)
