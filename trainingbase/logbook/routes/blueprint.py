"""The log's blueprint, and the words its templates use."""

from flask import Blueprint, g

from trainingbase.i18n import in_words
from trainingbase.logbook import words
from trainingbase.logbook.queries.kinds import known_kinds
from trainingbase.logbook.words import KindWords
from trainingbase.training.words import KINDS

logbook = Blueprint("logbook", __name__, url_prefix="/log")


def kind_words() -> KindWords:
    """One for each page, however many parts of it ask."""
    if "log_kind_words" not in g:
        g.log_kind_words = KindWords(known_kinds)
    return g.log_kind_words


@logbook.context_processor
def log_words() -> dict:
    return {
        "log_words": {
            "categories": in_words(words.CATEGORIES),
            "levels": in_words(words.LEVELS),
            "states": in_words(words.STATES),
            "state_kinds": words.STATE_KINDS,
        },
        "attended_kinds": set(KINDS),
        "kind_words": kind_words,
    }
