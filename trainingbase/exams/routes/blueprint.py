"""The blueprint, and what many of its pages say."""

from flask import Blueprint, flash

from trainingbase.exams.models import NotYet
from trainingbase.exams.words import NOT_YET
from trainingbase.roles import Role

exams = Blueprint("exams", __name__, url_prefix="/exams")

READING = (Role.OFFICE, Role.AUDITOR)


def say_not_yet(refused: NotYet) -> None:
    flash(NOT_YET[refused.why], "error")


def chosen(field):
    """What was chosen; the default where somebody typed something else into the address."""
    return field.data if field.data in {one.value for one in field.choices} else field.default
