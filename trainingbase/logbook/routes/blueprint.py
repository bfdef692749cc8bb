"""The log's blueprint, and the words its templates use."""

from flask import Blueprint

from trainingbase.logbook import words
from trainingbase.training.words import KINDS, kind_name

logbook = Blueprint("logbook", __name__, url_prefix="/log")


@logbook.context_processor
def log_words() -> dict:
    return {
        "log_words": {
            "categories": words.CATEGORIES,
            "levels": words.LEVELS,
            "states": words.STATES,
            "state_kinds": words.STATE_KINDS,
        },
        "attended_kinds": set(KINDS),
        "item_name": kind_name,
    }
