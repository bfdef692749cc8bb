"""The blueprint, and who reads reports."""

from flask import Blueprint

from trainingbase.mailing.rules import REPORT_READERS
from trainingbase.roles import Role

reports = Blueprint("reports", __name__, url_prefix="/reports")

READERS = REPORT_READERS
EDIT = (Role.OFFICE,)
