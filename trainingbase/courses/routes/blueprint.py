from flask import Blueprint

from trainingbase.access import viewer
from trainingbase.courses.queries.courses import of_resident
from trainingbase.courses.queries.standing import decided_of, enrolled
from trainingbase.courses.rules.states import LEAVING
from trainingbase.courses.words import STANDINGS, STATE_KINDS, STATES
from trainingbase.words import COURSE_KINDS

courses = Blueprint("courses", __name__, url_prefix="/courses")


@courses.app_template_global()
def courses_of(resident):
    """What was decided about a resident, for the section of their page."""
    return of_resident(viewer(), resident.id)


@courses.app_template_global()
def standing_of(resident):
    """How a resident stands: how it looks, and in words."""
    return STANDINGS[enrolled(resident, decided_of(resident.id)).state]


@courses.app_template_global()
def course_words():
    """Kinds, states and how states look."""
    return COURSE_KINDS, STATES, STATE_KINDS, LEAVING
