"""The blueprint, who reads its pages, and what they share."""

from flask import Blueprint, current_app

from trainingbase.i18n import language
from trainingbase.judging import words
from trainingbase.roles import Role

judging = Blueprint("judging", __name__, url_prefix="/judging")

SEE = (Role.FACULTY, Role.OFFICE, Role.LEADER, Role.AUDITOR)
"""Lists; which rows of them is the scope of each."""
LIST = (Role.FACULTY, Role.OFFICE, Role.AUDITOR)
"""Lists of residents; a leader comes to those of a meeting from its agenda."""
SIT = (Role.FACULTY, Role.OFFICE, Role.LEADER)
"""Who may sit in the committee."""
EVERYBODY = (Role.RESIDENT, *SEE)


@judging.app_template_global()
def judging_words():
    return words


def base_name() -> str:
    return current_app.config["BASE_NAME_EN" if language() == "en" else "BASE_NAME"]
