"""The blueprint, who reads it, and the year that is looked at."""

from flask import Blueprint, current_app, request

from trainingbase import clock, i18n
from trainingbase.roles import Role
from trainingbase.selfassessment.models import OfficialForm
from trainingbase.selfassessment.queries import edition_by_code, edition_of

selfassessment = Blueprint("selfassessment", __name__, url_prefix="/self-assessment")

READERS = (Role.OFFICE, Role.LEADER, Role.AUDITOR)
YEARS_BACK = 5


def years() -> list[int]:
    """The newest first."""
    this = clock.today().year
    return list(range(this, this - YEARS_BACK, -1))


def year_asked() -> int:
    """This year where the address says none that is offered."""
    year = request.args.get("year", 0, type=int)
    return year if year in years() else clock.today().year


def edition_asked() -> OfficialForm:
    """That of the year where the address names none.  Raises `NoResultFound`."""
    named = request.args.get("edition")
    return edition_by_code(named) if named else edition_of(year_asked())


def base_name() -> str:
    return current_app.config["BASE_NAME_EN" if i18n.language() == "en" else "BASE_NAME"]
