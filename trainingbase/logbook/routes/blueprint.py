"""The log's blueprint, and the words its templates use."""

from collections.abc import Sequence

from flask import Blueprint, g

from trainingbase.logbook import words
from trainingbase.logbook.models import Kind
from trainingbase.logbook.queries.kinds import all_kinds
from trainingbase.logbook.words import KindWords
from trainingbase.training.words import KINDS

logbook = Blueprint("logbook", __name__, url_prefix="/log")


def words_of(kinds: Sequence[Kind]) -> KindWords:
    """Kinds a page has read already need not be read again for their names."""
    g.log_kind_words = KindWords(kinds)
    return g.log_kind_words


def kind_words() -> KindWords:
    return g.log_kind_words if "log_kind_words" in g else words_of(all_kinds())


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
        "kind_words": kind_words,
    }
