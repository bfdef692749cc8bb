"""The blueprint, and who reads handbooks."""

from flask import Blueprint

from trainingbase.roles import Role

handbook = Blueprint("handbook", __name__, url_prefix="/handbooks")

READERS = (Role.FACULTY, Role.OFFICE, Role.AUDITOR)
"""Who sees a list; a faculty member that of their tutees, a resident has a page of their own."""
MAKERS = (Role.RESIDENT, Role.FACULTY, Role.OFFICE)
"""Who has one made, of themselves, of their tutees, of everybody."""
EVERY_READER = (Role.RESIDENT, *READERS)
