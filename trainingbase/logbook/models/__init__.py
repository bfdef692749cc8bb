"""Entries of the log, the kinds of work that are logged, and appeals against what is asked."""

from trainingbase.logbook.models.appeal import Appeal
from trainingbase.logbook.models.entry import CATEGORIES, LEVELS, AlreadyDecided, Entry
from trainingbase.logbook.models.kept import CompletionChange, KeptCompletion, KeptLines, KeptStay
from trainingbase.logbook.models.kind import FIELD_TYPES, MOST_A_DAY, Field, Kind
from trainingbase.logbook.models.watching import WATCHED

__all__ = [
    "CATEGORIES",
    "FIELD_TYPES",
    "LEVELS",
    "MOST_A_DAY",
    "WATCHED",
    "AlreadyDecided",
    "Appeal",
    "CompletionChange",
    "Entry",
    "Field",
    "KeptCompletion",
    "KeptLines",
    "KeptStay",
    "Kind",
]
